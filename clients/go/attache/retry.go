package attache

import (
	"context"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	firstDelay   = 250 * time.Millisecond
	longestDelay = 10 * time.Second
)

// isPassing tells whether the same call may succeed later, without a change to it.
func isPassing(err error) bool {
	details := DetailsOf(err)
	switch status.Code(err) {
	case codes.Unavailable, codes.Canceled:
		return true
	case codes.Unknown, codes.Internal:
		// No word of the service: a connection that broke while it answered.
		_, answered := status.FromError(err)
		return answered && details.Reason == ""
	default:
		// RATE_LIMITED, TOO_MANY_STREAMS.
		return details.RetryDelay > 0
	}
}

// retry waits longer from try to try after a stream broke, until something came.
type retry struct {
	// Tries in a row after which it gives up; 0 for never.
	tries  int
	failed int
}

func (r *retry) reset() { r.failed = 0 }

// wait waits before the next try, and returns an error where there is none.
func (r *retry) wait(ctx context.Context, err error) error {
	r.failed++
	if ctx.Err() != nil || !isPassing(err) || r.failed == r.tries {
		return err
	}
	delay := longestDelay
	if r.failed < 6 {
		delay = firstDelay << (r.failed - 1)
	}
	if asked := DetailsOf(err).RetryDelay; asked > delay {
		delay = asked
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(delay):
		return nil
	}
}
