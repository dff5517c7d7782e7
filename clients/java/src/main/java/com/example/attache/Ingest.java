package com.example.attache;

import attache.v1.Briefing;
import attache.v1.Durability;
import attache.v1.IngestResult;
import attache.v1.IngestServiceGrpc;
import attache.v1.StreamBriefingsRequest;
import attache.v1.StreamBriefingsResponse;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sending a folder of briefings. */
public final class Ingest {
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(".txt", "text/plain", ".md", "text/markdown", ".html", "text/html");

  /** Briefings that one stream carries, and so the most that are held here. */
  private static final int BATCH = 64;

  private Ingest() {}

  /**
   * Sends the briefings in a folder and those below it, known by their paths; {@code take} gets
   * their results, in order, as they come.
   *
   * <p>A briefing that is refused has INGEST_OUTCOME_REJECTED and a status, and the others go on.
   * Where a stream breaks, what has no answer is sent again: that is safe, for a briefing is known
   * by its id.
   */
  public static void folder(ManagedChannel channel, Path path, Consumer<IngestResult> take)
      throws IOException, InterruptedException {
    Path folder = path.toRealPath();
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files =
          found.filter(file -> mediaType(file) != null && Files.isRegularFile(file))
              .sorted()
              .toList();
    }
    Queue<StreamBriefingsRequest> batch = new ArrayDeque<>();
    for (Path file : files) {
      Briefing briefing =
          Briefing.newBuilder()
              .setBriefingId(folder.relativize(file).toString().replace('\\', '/'))
              .setMediaType(mediaType(file))
              .setContent(ByteString.copyFrom(Files.readAllBytes(file)))
              .build();
      batch.add(
          StreamBriefingsRequest.newBuilder()
              .setBriefing(briefing)
              .setDurability(Durability.DURABILITY_INDEXED)
              .build());
      if (batch.size() == BATCH) {
        send(channel, batch, take);
      }
    }
    send(channel, batch, take);
  }

  private static String mediaType(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? null : MEDIA_TYPES.get(name.substring(dot).toLowerCase());
  }

  /** Empties the batch. */
  private static void send(
      ManagedChannel channel, Queue<StreamBriefingsRequest> batch, Consumer<IngestResult> take)
      throws InterruptedException {
    Retry retry = new Retry(channel, 8);
    while (!batch.isEmpty()) {
      Answers answers = new Answers();
      StreamObserver<StreamBriefingsRequest> requests =
          IngestServiceGrpc.newStub(channel).streamBriefings(answers);
      batch.forEach(requests::onNext);
      requests.onCompleted();
      try {
        for (IngestResult result; (result = answers.next()) != null; ) {
          retry.reset();
          batch.remove();
          take.accept(result);
        }
      } catch (StatusRuntimeException error) {
        retry.await(error);
      }
    }
  }

  /** The answers of one stream, from gRPC's thread to the reader's. */
  private static final class Answers implements StreamObserver<StreamBriefingsResponse> {
    private static final Object END = new Object();
    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();

    /** Null at the end of the stream. */
    IngestResult next() throws InterruptedException {
      Object next = queue.take();
      if (next instanceof StatusRuntimeException error) {
        throw error;
      }
      return next == END ? null : (IngestResult) next;
    }

    @Override
    public void onNext(StreamBriefingsResponse response) {
      queue.add(response.getResult());
    }

    @Override
    public void onError(Throwable error) {
      Status status = Status.fromThrowable(error);
      queue.add(status.asRuntimeException(Status.trailersFromThrowable(error)));
    }

    @Override
    public void onCompleted() {
      queue.add(END);
    }
  }
}
