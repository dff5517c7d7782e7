package com.example.attache;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Tries again after a stream broke; waits longer from try to try, until something came. */
final class Retry {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final ManagedChannel channel;
  private final int tries;
  private int failed = 0;

  /** Gives up after {@code tries} in a row. */
  Retry(ManagedChannel channel, int tries) {
    this.channel = channel;
    this.tries = tries;
  }

  void reset() {
    failed = 0;
  }

  /** Waits before the next try; throws {@code error} where there is none. */
  void await(StatusRuntimeException error) throws InterruptedException {
    ++failed;
    if (!isPassing(error) || failed == tries) {
      throw error;
    }
    Duration delay = failed < 6 ? FIRST.multipliedBy(1L << (failed - 1)) : LONGEST;
    Duration asked = Details.of(error).retryDelay();
    Thread.sleep((asked.compareTo(delay) > 0 ? asked : delay).toMillis());
    // The channel itself would wait for up to two minutes.
    channel.resetConnectBackoff();
  }

  /** Whether the same call may succeed later, without a change to it. */
  private static boolean isPassing(StatusRuntimeException error) {
    Details details = Details.of(error);
    return switch (error.getStatus().getCode()) {
      case UNAVAILABLE, CANCELLED -> true;
      // No word of the service: a connection that broke while it answered.
      case UNKNOWN, INTERNAL -> details.reason().isEmpty();
      // RATE_LIMITED, TOO_MANY_STREAMS.
      default -> !details.retryDelay().isZero();
    };
  }
}
