package com.example.attache;

import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Channels to the services: TLS, token, deadline and retries.
 *
 * <p>The settings are those of the {@code attache} command, in the same variables of the
 * environment: ATTACHE_TLS_CA, ATTACHE_CLIENT_CERTIFICATE, ATTACHE_CLIENT_KEY,
 * ATTACHE_TLS_SERVER_NAME, ATTACHE_TOKEN_FILE and ATTACHE_TOKEN. A key is one of PKCS #8
 * ("BEGIN PRIVATE KEY").
 */
public final class Connection {
  private static final String QUERY_SERVICE = "attache.v1.TripQueryService";
  private static final String INGEST_SERVICE = "attache.v1.IngestService";

  private Connection() {}

  /** A channel to {@code address}, "host:port". */
  public static ManagedChannel to(String address, double timeoutSeconds) throws IOException {
    ManagedChannelBuilder<?> builder =
        Grpc.newChannelBuilder(address, credentials())
            .defaultServiceConfig(serviceConfig(timeoutSeconds))
            .enableRetry()
            // Notice within a minute that the other side is gone without a word.
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(20, TimeUnit.SECONDS)
            // A single record may be larger than gRPC's default of 4 MiB.
            .maxInboundMessageSize(64 << 20);
    String name = System.getenv("ATTACHE_TLS_SERVER_NAME");
    return (name == null ? builder : builder.overrideAuthority(name)).build();
  }

  /**
   * Every call of one request and one answer ends within the timeout, and is tried again where the
   * service is away for a moment. Streams have no deadline: what reads them goes on by itself where
   * they break.
   */
  private static Map<String, ?> serviceConfig(double timeoutSeconds) {
    Map<String, ?> retry =
        Map.of(
            "maxAttempts", 5.0,
            "initialBackoff", "0.2s",
            "maxBackoff", "5s",
            "backoffMultiplier", 2.0,
            "retryableStatusCodes", List.of("UNAVAILABLE"));
    Map<String, ?> unary =
        Map.of(
            "name",
            List.of(Map.of("service", QUERY_SERVICE), Map.of("service", INGEST_SERVICE)),
            "timeout",
            timeoutSeconds + "s",
            "retryPolicy",
            retry);
    Map<String, ?> streams =
        Map.of(
            "name",
            List.of(
                Map.of("service", QUERY_SERVICE, "method", "ExportTripRecords"),
                Map.of("service", QUERY_SERVICE, "method", "WatchTripRecords"),
                Map.of("service", INGEST_SERVICE, "method", "StreamBriefings"),
                Map.of("service", INGEST_SERVICE, "method", "ReparseBriefings")));
    return Map.of("methodConfig", List.of(unary, streams));
  }

  private static ChannelCredentials credentials() throws IOException {
    String token = token();
    String ca = System.getenv("ATTACHE_TLS_CA");
    if (ca == null) {
      if (token != null) {
        throw new IllegalArgumentException("a token is sent over TLS alone: set ATTACHE_TLS_CA");
      }
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder tls =
        TlsChannelCredentials.newBuilder().trustManager(new File(ca));
    String key = System.getenv("ATTACHE_CLIENT_KEY");
    if (key != null) {
      tls.keyManager(new File(System.getenv("ATTACHE_CLIENT_CERTIFICATE")), new File(key));
    }
    return token == null
        ? tls.build()
        : CompositeChannelCredentials.create(tls.build(), new Bearer(token));
  }

  private static String token() throws IOException {
    String file = System.getenv("ATTACHE_TOKEN_FILE");
    return file == null
        ? System.getenv("ATTACHE_TOKEN")
        : Files.readString(Path.of(file)).strip();
  }

  /** A token that goes with every call. */
  private static final class Bearer extends CallCredentials {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private final String token;

    Bearer(String token) {
      this.token = token;
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
      Metadata metadata = new Metadata();
      metadata.put(AUTHORIZATION, "Bearer " + token);
      applier.apply(metadata);
    }

    @Override
    public void thisUsesUnstableApi() {}
  }
}
