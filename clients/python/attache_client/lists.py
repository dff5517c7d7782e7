"""Lists in pages, and exports."""

import grpc

from attache.v1 import trip_query_service_pb2 as query
from attache_client import backoff


def pages(method, request):
    """The pages of a list, each a ListTripRecordsResponse, as they are read.

    `method` is any list of TripQueryService, `request` its first request. All
    pages show one revision of the index. Where that is held no longer, because
    nobody asked for the next page in time, the error is FAILED_PRECONDITION
    PAGE_EXPIRED: begin again. Who does not need total_size saves counting with
    skip_total_size; it has to be the same for all pages, as everything is but
    page_size.
    """
    while True:
        page = method(request)
        yield page
        # Only an empty token means the end; a page may be short, or empty.
        if not page.next_page_token:
            return
        request.page.page_token = page.next_page_token


def export(trips, text):
    """The responses that hold all that matches the filter `text`.

    Goes on where the stream breaks; all responses are of one revision, and hold
    each record once.
    """
    request = query.ExportTripRecordsRequest(filter=text)
    retry = backoff.Backoff(tries=8)
    while True:
        try:
            for response in trips.ExportTripRecords(request):
                retry.reset()
                request.page_token = response.next_page_token
                yield response
                if not response.next_page_token:
                    return
        except grpc.RpcError as error:
            retry.wait(error)
