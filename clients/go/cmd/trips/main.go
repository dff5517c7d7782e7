// An example of a client of Attaché.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"

	"example.com/attache/attache"
	"example.com/attache/attachev1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"
)

const usage = `An example of a client of Attaché.

  trips ingest FOLDER             send the briefings in it
  trips list FILTER [PAGE_SIZE]   what matches, page by page
  trips export FILTER             all that matches, as one stream
  trips watch FILTER STATE_FILE   what matches, then every change to it

ATTACHE_INGESTOR and ATTACHE_QUERY say where the services are, ATTACHE_TIMEOUT
how many seconds a call may take; attache/connect.go tells the rest.
`

func setting(variable, otherwise string) string {
	if value := os.Getenv(variable); value != "" {
		return value
	}
	return otherwise
}

func connect(variable, otherwise string) (*grpc.ClientConn, error) {
	seconds, err := strconv.ParseFloat(setting("ATTACHE_TIMEOUT", "30"), 64)
	if err != nil {
		return nil, err
	}
	return attache.Connect(setting(variable, otherwise), time.Duration(seconds*float64(time.Second)))
}

func queryService() (attachev1.TripQueryServiceClient, error) {
	connection, err := connect("ATTACHE_QUERY", "127.0.0.1:50052")
	if err != nil {
		return nil, err
	}
	return attachev1.NewTripQueryServiceClient(connection), nil
}

func ingest(ctx context.Context, arguments []string) error {
	connection, err := connect("ATTACHE_INGESTOR", "127.0.0.1:50051")
	if err != nil {
		return err
	}
	ingestor := attachev1.NewIngestServiceClient(connection)
	counts := map[string]int{}
	err = attache.IngestFolder(ctx, ingestor, arguments[0], func(result *attachev1.IngestResult) error {
		outcome := strings.ToLower(strings.TrimPrefix(result.Outcome.String(), "INGEST_OUTCOME_"))
		counts[outcome]++
		why := ""
		if result.Status != nil {
			why = fmt.Sprintf(": %s: %s", result.Status.Reason, result.Status.Message)
		}
		fmt.Printf("%s %s%s\n", outcome, result.BriefingId, why)
		return nil
	})
	if err != nil {
		return err
	}
	var parts []string
	for outcome, count := range counts {
		parts = append(parts, fmt.Sprintf("%d %s", count, outcome))
	}
	sort.Slice(parts, func(i, j int) bool {
		return strings.Fields(parts[i])[1] < strings.Fields(parts[j])[1]
	})
	fmt.Println(strings.Join(parts, ", "))
	if counts["rejected"] > 0 {
		os.Exit(1)
	}
	return nil
}

func show(records []*attachev1.TripRecord) int {
	for _, record := range records {
		fmt.Printf("%s  %s\n", record.RecordId, record.Title)
	}
	return len(records)
}

func list(ctx context.Context, arguments []string) error {
	trips, err := queryService()
	if err != nil {
		return err
	}
	page := &attachev1.PageOptions{SkipTotalSize: true}
	if len(arguments) > 1 {
		size, err := strconv.ParseInt(arguments[1], 10, 32)
		if err != nil {
			return err
		}
		page.PageSize = int32(size)
	}
	count, revision := 0, int64(0)
	err = attache.Pages(
		func(token string) (*attachev1.ListTripRecordsResponse, error) {
			page.PageToken = token
			return trips.SearchTripRecords(ctx, &attachev1.SearchTripRecordsRequest{
				Filter: arguments[0], Page: page,
			})
		},
		func(page *attachev1.ListTripRecordsResponse) error {
			count += show(page.TripRecords)
			revision = page.Revision
			return nil
		})
	if err != nil {
		return err
	}
	fmt.Printf("total %d at revision %d\n", count, revision)
	return nil
}

func export(ctx context.Context, arguments []string) error {
	trips, err := queryService()
	if err != nil {
		return err
	}
	count, revision := 0, int64(0)
	err = attache.Export(ctx, trips, arguments[0], func(response *attachev1.ExportTripRecordsResponse) error {
		count += show(response.TripRecords)
		revision = response.Revision
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("total %d at revision %d\n", count, revision)
	return nil
}

func watch(ctx context.Context, arguments []string) error {
	trips, err := queryService()
	if err != nil {
		return err
	}
	mirror, err := openMirror(arguments[1], arguments[0])
	if err != nil {
		return err
	}
	return attache.Watch(ctx, trips, arguments[0], mirror.state.Position, mirror.apply)
}

func printError(err error) {
	answer, ok := status.FromError(err)
	if !ok {
		log.Print(err)
		return
	}
	log.Printf("%s: %s", attache.Name(err), answer.Message())
	details := attache.DetailsOf(err)
	var keys []string
	for key := range details.Metadata {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		log.Printf("  %s: %s", key, details.Metadata[key])
	}
	for _, field := range details.Fields {
		log.Printf("  field %s: %s", field.Field, field.Description)
	}
	if details.RetryDelay > 0 {
		log.Printf("  try again in %g s", details.RetryDelay.Seconds())
	}
}

var commands = map[string]struct {
	run         func(context.Context, []string) error
	least, most int
}{
	"ingest": {ingest, 1, 1},
	"list":   {list, 1, 2},
	"export": {export, 1, 1},
	"watch":  {watch, 2, 2},
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	arguments := os.Args[2:]
	command, known := commands[os.Args[1]]
	if !known || len(arguments) < command.least || len(arguments) > command.most {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	if err := command.run(context.Background(), arguments); err != nil {
		printError(err)
		os.Exit(1)
	}
}
