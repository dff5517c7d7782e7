// Lists in pages, and exports.
import { Backoff } from './backoff.js';

// The pages of a list, each a ListTripRecordsResponse, as they are read.
//
// `method` is the name of any list of TripQueryService, `request` its first
// request. All pages show one revision of the index. Where that is held no
// longer, because nobody asked for the next page in time, the error is
// FAILED_PRECONDITION PAGE_EXPIRED: begin again. Who does not need total_size
// saves counting with skip_total_size; it has to be the same for all pages, as
// everything is but page_size.
export async function* pages(trips, method, request) {
  let token = '';
  do {
    const page = await new Promise((resolve, reject) => {
      trips[method]({ ...request, page: { ...request.page, page_token: token } }, (error, response) =>
        error ? reject(error) : resolve(response),
      );
    });
    yield page;
    token = page.next_page_token;
    // Only an empty token means the end; a page may be short, or empty.
  } while (token);
}

// The responses that hold all that matches a filter.
//
// Goes on where the stream breaks; all responses are of one revision, and hold
// each record once.
export async function* exportAll(trips, filter) {
  const request = { filter, page_token: '' };
  const backoff = new Backoff(8);
  while (true) {
    const call = trips.exportTripRecords(request);
    try {
      for await (const response of call) {
        backoff.reset();
        request.page_token = response.next_page_token;
        yield response;
        if (!response.next_page_token) return;
      }
    } catch (error) {
      await backoff.wait(error);
    } finally {
      call.cancel();
    }
  }
}
