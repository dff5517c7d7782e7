#!/usr/bin/python3
"""An example of a client of Attaché.

  trips.py ingest FOLDER             send the briefings in it
  trips.py list FILTER [PAGE_SIZE]   what matches, page by page
  trips.py export FILTER             all that matches, as one stream
  trips.py watch FILTER STATE_FILE   what matches, then every change to it

ATTACHE_INGESTOR and ATTACHE_QUERY say where the services are, ATTACHE_TIMEOUT
how many seconds a call may take; attache_client/channel.py tells the rest.
"""

import collections
import os
import pathlib
import sys

# Where ./generate leaves the stubs.
sys.path.insert(0, str(pathlib.Path(__file__).parent / "generated"))

import grpc

from attache.v1 import ingest_service_pb2 as ingest_pb2
from attache.v1 import ingest_service_pb2_grpc as ingest_grpc
from attache.v1 import trip_query_service_pb2 as query_pb2
from attache.v1 import trip_query_service_pb2_grpc as query_grpc
from attache_client import channel, errors, ingest, lists, watch
from mirror import Mirror


def connect(variable, default):
    return channel.connect(os.environ.get(variable, default),
                           float(os.environ.get("ATTACHE_TIMEOUT", "30")))


def query_service():
    return query_grpc.TripQueryServiceStub(connect("ATTACHE_QUERY", "127.0.0.1:50052"))


def ingest_folder(folder):
    ingestor = ingest_grpc.IngestServiceStub(connect("ATTACHE_INGESTOR", "127.0.0.1:50051"))
    counts = collections.Counter()
    for result in ingest.send(ingestor, ingest.briefings_in(folder)):
        outcome = ingest_pb2.IngestOutcome.Name(result.outcome)
        outcome = outcome.removeprefix("INGEST_OUTCOME_").lower()
        counts[outcome] += 1
        line = f"{outcome} {result.briefing_id}"
        if outcome == "rejected":
            line += f": {result.status.reason}: {result.status.message}"
        print(line)
    print(", ".join(f"{counts[outcome]} {outcome}" for outcome in sorted(counts)))
    return 1 if counts["rejected"] else 0


def show(responses):
    count = 0
    for response in responses:
        for record in response.trip_records:
            count += 1
            print(f"{record.record_id}  {record.title}")
    print(f"total {count} at revision {response.revision}")


def list_matches(text, page_size="0"):
    request = query_pb2.SearchTripRecordsRequest(
        filter=text,
        page=query_pb2.PageOptions(page_size=int(page_size), skip_total_size=True))
    show(lists.pages(query_service().SearchTripRecords, request))


def export_matches(text):
    show(lists.export(query_service(), text))


def watch_matches(text, state_file):
    mirror = Mirror(state_file, text)
    for step in watch.watch(query_service(), text, mirror.position):
        mirror.apply(step)


def print_error(error):
    details = errors.details_of(error)
    code = error.code().name
    print(f"{code} {details.reason}: {error.details()}" if details.reason
          else f"{code}: {error.details()}", file=sys.stderr)
    for key, value in sorted(details.metadata.items()):
        print(f"  {key}: {value}", file=sys.stderr)
    for field, description in details.fields:
        print(f"  field {field}: {description}", file=sys.stderr)
    if details.retry_delay:
        print(f"  try again in {details.retry_delay:g} s", file=sys.stderr)


COMMANDS = {
    "ingest": (ingest_folder, 1, 1),
    "list": (list_matches, 1, 2),
    "export": (export_matches, 1, 1),
    "watch": (watch_matches, 2, 2),
}


def main(arguments):
    command, least, most = COMMANDS.get(arguments[0] if arguments else "", (None, 0, 0))
    if command is None or not least <= len(arguments) - 1 <= most:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return command(*arguments[1:]) or 0
    except grpc.RpcError as error:
        print_error(error)
        return 1
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main(sys.argv[1:]))
