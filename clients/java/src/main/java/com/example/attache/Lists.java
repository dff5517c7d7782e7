package com.example.attache;

import attache.v1.ExportTripRecordsRequest;
import attache.v1.ExportTripRecordsResponse;
import attache.v1.ListTripRecordsResponse;
import attache.v1.TripQueryServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lists in pages, and exports. */
public final class Lists {
  private Lists() {}

  /**
   * Reads a list to its end: {@code read} asks for the page of a token, {@code take} gets each page.
   *
   * <p>All pages show one revision of the index. Where that is held no longer, because nobody asked
   * for the next page in time, the error is FAILED_PRECONDITION PAGE_EXPIRED: begin again.
   * Everything but the token and page_size has to be the same for all pages.
   */
  public static void pages(
      Function<String, ListTripRecordsResponse> read, Consumer<ListTripRecordsResponse> take) {
    String token = "";
    do {
      ListTripRecordsResponse page = read.apply(token);
      take.accept(page);
      token = page.getNextPageToken();
      // Only an empty token means the end; a page may be short, or empty.
    } while (!token.isEmpty());
  }

  /**
   * Reads all that matches a filter; {@code take} gets each response.
   *
   * <p>Goes on where the stream breaks; all responses are of one revision, and hold each record
   * once.
   */
  public static void export(
      ManagedChannel channel, String filter, Consumer<ExportTripRecordsResponse> take)
      throws InterruptedException {
    TripQueryServiceGrpc.TripQueryServiceBlockingStub trips =
        TripQueryServiceGrpc.newBlockingStub(channel);
    ExportTripRecordsRequest.Builder request =
        ExportTripRecordsRequest.newBuilder().setFilter(filter);
    Retry retry = new Retry(channel, 8);
    while (true) {
      try {
        Iterator<ExportTripRecordsResponse> responses = trips.exportTripRecords(request.build());
        while (responses.hasNext()) {
          ExportTripRecordsResponse response = responses.next();
          retry.reset();
          request.setPageToken(response.getNextPageToken());
          take.accept(response);
        }
        return;
      } catch (StatusRuntimeException error) {
        retry.await(error);
      }
    }
  }
}
