package attache

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/attache/attachev1"
)

var mediaTypes = map[string]string{
	".txt":  "text/plain",
	".md":   "text/markdown",
	".html": "text/html",
}

// Briefings that one stream carries, and so the most that are held here.
const batchSize = 64

// IngestFolder sends the briefings in a folder and those below it, known by their
// paths; take is called with their results, in order, as they come.
//
// A briefing that is refused has INGEST_OUTCOME_REJECTED and a status, and the
// others go on. Where a stream breaks, what has no answer is sent again: that is
// safe, for a briefing is known by its id.
func IngestFolder(
	ctx context.Context, ingestor attachev1.IngestServiceClient, folder string,
	take func(*attachev1.IngestResult) error,
) error {
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return err
	}
	var batch []*attachev1.StreamBriefingsRequest
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		mediaType := mediaTypes[strings.ToLower(filepath.Ext(path))]
		if err != nil || !entry.Type().IsRegular() || mediaType == "" {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		batch = append(batch, &attachev1.StreamBriefingsRequest{
			Item: &attachev1.StreamBriefingsRequest_Briefing{Briefing: &attachev1.Briefing{
				BriefingId: filepath.ToSlash(name), MediaType: mediaType, Content: content,
			}},
			Durability: attachev1.Durability_DURABILITY_INDEXED,
		})
		if len(batch) < batchSize {
			return nil
		}
		full := batch
		batch = nil
		return send(ctx, ingestor, full, take)
	})
	if err != nil {
		return err
	}
	return send(ctx, ingestor, batch, take)
}

func send(
	ctx context.Context, ingestor attachev1.IngestServiceClient,
	batch []*attachev1.StreamBriefingsRequest, take func(*attachev1.IngestResult) error,
) error {
	again := retry{tries: 8}
	for len(batch) > 0 {
		err := sendOnce(ctx, ingestor, batch, func(result *attachev1.IngestResult) error {
			again.reset()
			batch = batch[1:]
			return take(result)
		})
		if err == nil {
			continue
		}
		if err := again.wait(ctx, err); err != nil {
			return err
		}
	}
	return nil
}

// One stream.
func sendOnce(
	ctx context.Context, ingestor attachev1.IngestServiceClient,
	batch []*attachev1.StreamBriefingsRequest, take func(*attachev1.IngestResult) error,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := ingestor.StreamBriefings(ctx)
	if err != nil {
		return err
	}
	go func() {
		for _, request := range batch {
			if stream.Send(request) != nil {
				return // Recv says why
			}
		}
		stream.CloseSend()
	}()
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := take(response.Result); err != nil {
			return err
		}
	}
}
