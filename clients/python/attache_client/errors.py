"""What an error of Attaché says beyond its code and message."""

import dataclasses

from google.rpc import error_details_pb2, status_pb2


@dataclasses.dataclass
class Details:
    """All empty where the error does not come from a service of Attaché."""

    # One of errors.proto, without its prefix: "FILTER_INVALID".
    reason: str = ""
    # What the reason speaks of: {"position": "7", "expected": "..."}.
    metadata: dict = dataclasses.field(default_factory=dict)
    # Fields of the request that break their rules, as (path, description).
    fields: list = dataclasses.field(default_factory=list)
    # Seconds to wait before another try; 0 where nothing is said.
    retry_delay: float = 0


def details_of(error):
    """The Details of a grpc.RpcError."""
    details = Details()
    status = status_pb2.Status()
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status.ParseFromString(value)
    info = error_details_pb2.ErrorInfo()
    request = error_details_pb2.BadRequest()
    retry = error_details_pb2.RetryInfo()
    for detail in status.details:
        if detail.Unpack(info) and info.domain == "attache":
            details.reason = info.reason
            details.metadata = dict(info.metadata)
        elif detail.Unpack(request):
            details.fields = [(violation.field, violation.description)
                              for violation in request.field_violations]
        elif detail.Unpack(retry):
            details.retry_delay = retry.retry_delay.ToNanoseconds() / 1e9
    return details
