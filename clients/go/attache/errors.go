package attache

import (
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Details is what an error of Attaché says beyond its code and message. It is
// empty where the error does not come from a service of Attaché.
type Details struct {
	// One of errors.proto, without its prefix: "FILTER_INVALID".
	Reason string
	// What the reason speaks of: {"position": "7", "expected": "..."}.
	Metadata map[string]string
	// Fields of the request that break their rules.
	Fields []*errdetails.BadRequest_FieldViolation
	// How long to wait before another try; 0 where nothing is said.
	RetryDelay time.Duration
}

// DetailsOf returns the details of an error of a call.
func DetailsOf(err error) Details {
	var details Details
	for _, detail := range status.Convert(err).Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			if detail.Domain == "attache" {
				details.Reason = detail.Reason
				details.Metadata = detail.Metadata
			}
		case *errdetails.BadRequest:
			details.Fields = detail.FieldViolations
		case *errdetails.RetryInfo:
			delay := detail.RetryDelay
			details.RetryDelay = time.Duration(delay.GetSeconds())*time.Second +
				time.Duration(delay.GetNanos())
		}
	}
	return details
}

// The names of codes as other languages write them.
var codeNames = map[codes.Code]string{
	codes.Canceled:           "CANCELLED",
	codes.Unknown:            "UNKNOWN",
	codes.InvalidArgument:    "INVALID_ARGUMENT",
	codes.DeadlineExceeded:   "DEADLINE_EXCEEDED",
	codes.NotFound:           "NOT_FOUND",
	codes.AlreadyExists:      "ALREADY_EXISTS",
	codes.PermissionDenied:   "PERMISSION_DENIED",
	codes.ResourceExhausted:  "RESOURCE_EXHAUSTED",
	codes.FailedPrecondition: "FAILED_PRECONDITION",
	codes.Aborted:            "ABORTED",
	codes.OutOfRange:         "OUT_OF_RANGE",
	codes.Unimplemented:      "UNIMPLEMENTED",
	codes.Internal:           "INTERNAL",
	codes.Unavailable:        "UNAVAILABLE",
	codes.DataLoss:           "DATA_LOSS",
	codes.Unauthenticated:    "UNAUTHENTICATED",
}

// Name returns the code of an error and, where it has one, its reason.
func Name(err error) string {
	name := codeNames[status.Code(err)]
	if reason := DetailsOf(err).Reason; reason != "" {
		name += " " + reason
	}
	return name
}
