"""Following what matches a filter, for as long as it takes."""

import dataclasses
import sys

import grpc

from attache.v1 import trip_query_service_pb2 as query
from attache_client import backoff, errors

# There is nothing to go on from any more.
_START_AFRESH = ("HISTORY_GONE", "INDEX_REPLACED")


@dataclasses.dataclass
class Position:
    """How far a watch has come. Keep it with what the changes were applied to."""

    revision: int = 0
    index_id: str = ""


@dataclasses.dataclass
class Step:
    """What a watch saw next. Apply it as a whole.

    From a `reset` on comes all that matches now; what is held from before and was
    not sent up to the next step with a position matches no longer. Every later
    step is a revision, complete, and comes once.
    """

    reset: bool = False
    # attache.v1.TripChange: records that match, or match no longer.
    changes: list = dataclasses.field(default_factory=list)
    # Where to go on from once the step is applied.
    position: Position = None


def watch(trips, text, position=None):
    """Yields the Steps of a watch of the filter `text`, without end.

    Begins with what matches now or, where a `position` is given, with what has
    changed since.
    """
    request = query.WatchTripRecordsRequest(filter=text)
    if position and position.revision:
        request.start_revision = position.revision
        request.index_id = position.index_id
    retry = backoff.Backoff()
    while True:
        try:
            for step in _steps(trips, request):
                retry.reset()
                if step.position:
                    request.start_revision = step.position.revision
                    request.index_id = step.position.index_id
                yield step
        except grpc.RpcError as error:
            reason = errors.details_of(error).reason
            print("watch:", error.code().name, *filter(None, [reason]), file=sys.stderr)
            if reason in _START_AFRESH:
                request.start_revision = 0
                request.index_id = ""
            else:
                retry.wait(error)


def _steps(trips, request):
    """The steps of one stream."""
    catching_up = request.start_revision == 0
    reset = catching_up
    changes = []
    for response in trips.WatchTripRecords(request):
        changes.extend(response.changes)
        # Of an index without records `synced` comes at revision 0.
        if response.revision or response.synced:
            position = Position(response.revision, response.index_id)
        elif catching_up:
            position = None
        else:
            continue  # more of this revision follows
        catching_up = catching_up and not position
        yield Step(reset, changes, position)
        reset = False
        changes = []
