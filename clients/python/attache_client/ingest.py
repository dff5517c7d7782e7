"""Sending a folder of briefings."""

import itertools
import pathlib

import grpc

from attache.v1 import briefing_pb2, ingest_service_pb2 as ingest
from attache_client import backoff

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
}

# Briefings that one stream carries, and so the most that are held here.
_BATCH = 64


def briefings_in(folder):
    """The briefings in a folder and those below it, known by their paths."""
    root = pathlib.Path(folder)
    for path in sorted(root.rglob("*")):
        media_type = MEDIA_TYPES.get(path.suffix.lower())
        if media_type and path.is_file():
            yield briefing_pb2.Briefing(
                briefing_id=path.relative_to(root).as_posix(),
                media_type=media_type,
                content=path.read_bytes())


def send(ingestor, briefings, durability=ingest.DURABILITY_INDEXED):
    """Sends `briefings`; yields their IngestResults, in order, as they come.

    A briefing that is refused has INGEST_OUTCOME_REJECTED and a status, and the
    others go on. Where a stream breaks, what has no answer is sent again: that
    is safe, for a briefing is known by its id.
    """
    requests = (
        ingest.StreamBriefingsRequest(briefing=briefing, durability=durability)
        for briefing in briefings)
    retry = backoff.Backoff(tries=8)
    while batch := list(itertools.islice(requests, _BATCH)):
        while batch:
            try:
                for response in ingestor.StreamBriefings(iter(tuple(batch))):
                    retry.reset()
                    del batch[0]
                    yield response.result
            except grpc.RpcError as error:
                retry.wait(error)
