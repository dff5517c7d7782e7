package attache

import (
	"context"
	"errors"
	"io"

	"example.com/attache/attachev1"
)

// Pages reads a list to its end; read asks for the page of a token, and take is
// called with each page.
//
// All pages show one revision of the index. Where that is held no longer, because
// nobody asked for the next page in time, the error is FAILED_PRECONDITION
// PAGE_EXPIRED: begin again. Everything but the token and page_size has to be the
// same for all pages.
func Pages(
	read func(token string) (*attachev1.ListTripRecordsResponse, error),
	take func(*attachev1.ListTripRecordsResponse) error,
) error {
	token := ""
	for {
		page, err := read(token)
		if err != nil {
			return err
		}
		if err := take(page); err != nil {
			return err
		}
		// Only an empty token means the end; a page may be short, or empty.
		if token = page.NextPageToken; token == "" {
			return nil
		}
	}
}

// Export reads all that matches a filter; take is called with each response.
//
// It goes on where the stream breaks; all responses are of one revision, and hold
// each record once.
func Export(
	ctx context.Context, trips attachev1.TripQueryServiceClient, filter string,
	take func(*attachev1.ExportTripRecordsResponse) error,
) error {
	request := &attachev1.ExportTripRecordsRequest{Filter: filter}
	again := retry{tries: 8}
	for {
		err := exportOnce(ctx, trips, request, func(response *attachev1.ExportTripRecordsResponse) error {
			again.reset()
			request.PageToken = response.NextPageToken
			return take(response)
		})
		if err == nil {
			return nil
		}
		if err := again.wait(ctx, err); err != nil {
			return err
		}
	}
}

// One stream.
func exportOnce(
	ctx context.Context, trips attachev1.TripQueryServiceClient,
	request *attachev1.ExportTripRecordsRequest,
	take func(*attachev1.ExportTripRecordsResponse) error,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := trips.ExportTripRecords(ctx, request)
	if err != nil {
		return err
	}
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := take(response); err != nil {
			return err
		}
	}
}
