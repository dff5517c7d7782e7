package attache

import (
	"context"
	"errors"
	"io"
	"log"

	"example.com/attache/attachev1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Position is how far a watch has come. Keep it with what the changes were
// applied to.
type Position struct {
	Revision int64  `json:"revision"`
	IndexID  string `json:"index_id"`
}

// Step is what a watch saw next. Apply it as a whole.
//
// From a Reset on comes all that matches now; what is held from before and was not
// sent up to the next step with a position matches no longer. Every later step is a
// revision, complete, and comes once.
type Step struct {
	Reset bool
	// Records that match, or match no longer.
	Changes []*attachev1.TripChange
	// Where to go on from once the step is applied.
	Position *Position
}

// Watch calls take with the steps of a watch of a filter, until ctx is done or
// take returns an error. It begins with what matches now or, where a position is
// given, with what has changed since.
func Watch(
	ctx context.Context, trips attachev1.TripQueryServiceClient, filter string, position *Position,
	take func(Step) error,
) error {
	request := &attachev1.WatchTripRecordsRequest{Filter: filter}
	if position != nil {
		request.StartRevision, request.IndexId = position.Revision, position.IndexID
	}
	var again retry
	for {
		var refused error // by take
		err := watchOnce(ctx, trips, request, func(step Step) error {
			again.reset()
			if step.Position != nil {
				request.StartRevision, request.IndexId = step.Position.Revision, step.Position.IndexID
			}
			refused = take(step)
			return refused
		})
		if refused != nil {
			return refused
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		log.Printf("watch: %s", Name(err))
		switch DetailsOf(err).Reason {
		case "HISTORY_GONE", "INDEX_REPLACED":
			// There is nothing to go on from any more.
			request.StartRevision, request.IndexId = 0, ""
		default:
			if err := again.wait(ctx, err); err != nil {
				return err
			}
		}
	}
}

// One stream; never returns nil.
func watchOnce(
	ctx context.Context, trips attachev1.TripQueryServiceClient,
	request *attachev1.WatchTripRecordsRequest, take func(Step) error,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	catchingUp := request.StartRevision == 0
	stream, err := trips.WatchTripRecords(ctx, request)
	if err != nil {
		return err
	}
	reset := catchingUp
	var changes []*attachev1.TripChange
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return status.Error(codes.Unavailable, "the stream ended")
		}
		if err != nil {
			return err
		}
		changes = append(changes, response.Changes...)
		// Of an index without records `synced` comes at revision 0.
		complete := response.Revision != 0 || response.Synced
		if !complete && !catchingUp {
			continue // more of this revision follows
		}
		step := Step{Reset: reset, Changes: changes}
		if complete {
			catchingUp = false
			step.Position = &Position{response.Revision, response.IndexId}
		}
		if err := take(step); err != nil {
			return err
		}
		reset = false
		changes = nil
	}
}
