package com.example.attache;

import attache.v1.TripChange;
import attache.v1.TripQueryServiceGrpc;
import attache.v1.WatchTripRecordsRequest;
import attache.v1.WatchTripRecordsResponse;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Follows what matches a filter, for as long as it takes. */
public final class Watch {
  /** There is nothing to go on from any more. */
  private static final Set<String> START_AFRESH = Set.of("HISTORY_GONE", "INDEX_REPLACED");

  private Watch() {}

  /** How far a watch has come. Keep it with what the changes were applied to. */
  public record Position(long revision, String indexId) {
    public static final Position NONE = new Position(0, "");
  }

  /**
   * What a watch saw next. Apply it as a whole.
   *
   * <p>From a {@code reset} on comes all that matches now; what is held from before and was not sent
   * up to the next step with a position matches no longer. Every later step is a revision,
   * complete, and comes once.
   *
   * @param changes records that match, or match no longer
   * @param position where to go on from once the step is applied, or null
   */
  public record Step(boolean reset, List<TripChange> changes, Position position) {}

  /** Applies a step. */
  public interface Take {
    void apply(Step step) throws IOException;
  }

  /**
   * Gives the steps of a watch to {@code take}, without end. Begins with what matches now or, where
   * a position is given, with what has changed since.
   */
  public static void run(ManagedChannel channel, String filter, Position position, Take take)
      throws IOException, InterruptedException {
    Retry retry = new Retry(channel, Integer.MAX_VALUE);
    Position[] at = {position};
    while (true) {
      // Ends the call where `take` throws.
      try (Context.CancellableContext call = Context.current().withCancellation()) {
        Context before = call.attach();
        try {
          runOnce(
              channel,
              filter,
              at[0],
              step -> {
                retry.reset();
                at[0] = step.position() == null ? at[0] : step.position();
                take.apply(step);
              });
        } catch (StatusRuntimeException error) {
          System.err.println("watch: " + Details.nameOf(error));
          if (START_AFRESH.contains(Details.of(error).reason())) {
            at[0] = Position.NONE;
          } else {
            retry.await(error);
          }
        } finally {
          call.detach(before);
        }
      }
    }
  }

  /** One stream; ends by an error alone. */
  private static void runOnce(ManagedChannel channel, String filter, Position position, Take take)
      throws IOException {
    boolean catchingUp = position.revision() == 0;
    Iterator<WatchTripRecordsResponse> responses =
        TripQueryServiceGrpc.newBlockingStub(channel)
            .watchTripRecords(
                WatchTripRecordsRequest.newBuilder()
                    .setFilter(filter)
                    .setStartRevision(position.revision())
                    .setIndexId(position.indexId())
                    .build());
    boolean reset = catchingUp;
    List<TripChange> changes = new ArrayList<>();
    while (responses.hasNext()) {
      WatchTripRecordsResponse response = responses.next();
      changes.addAll(response.getChangesList());
      // Of an index without records `synced` comes at revision 0.
      boolean complete = response.getRevision() != 0 || response.getSynced();
      if (!complete && !catchingUp) {
        continue; // more of this revision follows
      }
      catchingUp = catchingUp && !complete;
      Position reached =
          complete ? new Position(response.getRevision(), response.getIndexId()) : null;
      take.apply(new Step(reset, changes, reached));
      reset = false;
      changes = new ArrayList<>();
    }
    throw Status.UNAVAILABLE.withDescription("the stream ended").asRuntimeException();
  }
}
