// Lists in pages, and exports.
import { type Client, ConnectError } from '@connectrpc/connect';
import { Backoff } from './backoff.js';
import type {
  ExportTripRecordsResponse,
  ListTripRecordsResponse,
  TripQueryService,
} from './generated/attache/v1/trip_query_service_pb.js';
import { STREAM } from './transport.js';

// The pages of a list as they are read. `read` asks for the page of a token.
//
// All pages show one revision of the index. Where that is held no longer, because
// nobody asked for the next page in time, the error is FAILED_PRECONDITION
// PAGE_EXPIRED: begin again. Everything but the token and page_size has to be
// the same for all pages.
export async function* pages(
  read: (pageToken: string) => Promise<ListTripRecordsResponse>,
): AsyncGenerator<ListTripRecordsResponse> {
  let pageToken = '';
  do {
    const page = await read(pageToken);
    yield page;
    pageToken = page.nextPageToken;
    // Only an empty token means the end; a page may be short, or empty.
  } while (pageToken);
}

// The responses that hold all that matches a filter.
//
// Goes on where the stream breaks; all responses are of one revision, and hold
// each record once.
export async function* exportAll(
  trips: Client<typeof TripQueryService>,
  filter: string,
): AsyncGenerator<ExportTripRecordsResponse> {
  const backoff = new Backoff(8);
  let pageToken = '';
  while (true) {
    try {
      for await (const response of trips.exportTripRecords({ filter, pageToken }, STREAM)) {
        backoff.reset();
        pageToken = response.nextPageToken;
        yield response;
        if (!pageToken) return;
      }
    } catch (error) {
      await backoff.wait(ConnectError.from(error));
    }
  }
}
