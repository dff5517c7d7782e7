package com.example.attache;

import attache.v1.ListTripRecordsResponse;
import attache.v1.PageOptions;
import attache.v1.SearchTripRecordsRequest;
import attache.v1.TripQueryServiceGrpc;
import attache.v1.TripRecord;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An example of a client of Attaché. */
public final class Trips {
  private static final String USAGE =
      """
      An example of a client of Attaché.

        trips ingest FOLDER             send the briefings in it
        trips list FILTER [PAGE_SIZE]   what matches, page by page
        trips export FILTER             all that matches, as one stream
        trips watch FILTER STATE_FILE   what matches, then every change to it

      ATTACHE_INGESTOR and ATTACHE_QUERY say where the services are, ATTACHE_TIMEOUT
      how many seconds a call may take; Connection.java tells the rest.
      """;

  private interface Action {
    int run(String[] arguments) throws IOException, InterruptedException;
  }

  private record Command(Action action, int least, int most) {}

  private static final Map<String, Command> COMMANDS =
      Map.of(
          "ingest", new Command(Trips::ingest, 1, 1),
          "list", new Command(Trips::list, 1, 2),
          "export", new Command(Trips::export, 1, 1),
          "watch", new Command(Trips::watch, 2, 2));

  public static void main(String[] arguments) throws Exception {
    Command command = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    int count = arguments.length - 1;
    if (command == null || count < command.least() || count > command.most()) {
      System.err.print(USAGE);
      System.exit(2);
    }
    String[] rest = List.of(arguments).subList(1, arguments.length).toArray(new String[0]);
    try {
      System.exit(command.action().run(rest));
    } catch (StatusRuntimeException error) {
      print(error);
    } catch (IOException | IllegalArgumentException error) {
      System.err.println(error.getMessage());
    }
    System.exit(1);
  }

  private static String setting(String variable, String otherwise) {
    return System.getenv().getOrDefault(variable, otherwise);
  }

  private static ManagedChannel connect(String variable, String otherwise) throws IOException {
    double timeout = Double.parseDouble(setting("ATTACHE_TIMEOUT", "30"));
    return Connection.to(setting(variable, otherwise), timeout);
  }

  private static ManagedChannel queryService() throws IOException {
    return connect("ATTACHE_QUERY", "127.0.0.1:50052");
  }

  private static int ingest(String[] arguments) throws IOException, InterruptedException {
    Map<String, Integer> counts = new TreeMap<>();
    Ingest.folder(
        connect("ATTACHE_INGESTOR", "127.0.0.1:50051"),
        Path.of(arguments[0]),
        result -> {
          String outcome =
              result.getOutcome().name().replace("INGEST_OUTCOME_", "").toLowerCase();
          counts.merge(outcome, 1, Integer::sum);
          String why =
              result.hasStatus()
                  ? ": " + result.getStatus().getReason() + ": " + result.getStatus().getMessage()
                  : "";
          System.out.println(outcome + " " + result.getBriefingId() + why);
        });
    System.out.println(
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", ")));
    return counts.containsKey("rejected") ? 1 : 0;
  }

  /** What was shown so far. */
  private static final class Shown {
    int count = 0;
    long revision = 0;

    void add(List<TripRecord> records, long revision) {
      for (TripRecord record : records) {
        System.out.println(record.getRecordId() + "  " + record.getTitle());
      }
      count += records.size();
      this.revision = revision;
    }

    void sum() {
      System.out.printf("total %d at revision %d%n", count, revision);
    }
  }

  private static int list(String[] arguments) throws IOException {
    TripQueryServiceGrpc.TripQueryServiceBlockingStub trips =
        TripQueryServiceGrpc.newBlockingStub(queryService());
    PageOptions.Builder page = PageOptions.newBuilder().setSkipTotalSize(true);
    if (arguments.length > 1) {
      page.setPageSize(Integer.parseInt(arguments[1]));
    }
    SearchTripRecordsRequest.Builder request =
        SearchTripRecordsRequest.newBuilder().setFilter(arguments[0]);
    Shown shown = new Shown();
    Lists.pages(
        token -> trips.searchTripRecords(request.setPage(page.setPageToken(token)).build()),
        (ListTripRecordsResponse response) ->
            shown.add(response.getTripRecordsList(), response.getRevision()));
    shown.sum();
    return 0;
  }

  private static int export(String[] arguments) throws IOException, InterruptedException {
    Shown shown = new Shown();
    Lists.export(
        queryService(),
        arguments[0],
        response -> shown.add(response.getTripRecordsList(), response.getRevision()));
    shown.sum();
    return 0;
  }

  private static int watch(String[] arguments) throws IOException, InterruptedException {
    Mirror mirror = new Mirror(Path.of(arguments[1]), arguments[0]);
    Watch.run(queryService(), arguments[0], mirror.position(), mirror);
    return 0;
  }

  private static void print(StatusRuntimeException error) {
    Details details = Details.of(error);
    System.err.println(Details.nameOf(error) + ": " + error.getStatus().getDescription());
    new TreeMap<>(details.metadata()).forEach((key, value) -> line(key + ": " + value));
    details.fields().forEach(f -> line("field " + f.getField() + ": " + f.getDescription()));
    if (!details.retryDelay().isZero()) {
      line("try again in " + details.retryDelay().toNanos() / 1e9 + " s");
    }
  }

  private static void line(String text) {
    System.err.println("  " + text);
  }
}
