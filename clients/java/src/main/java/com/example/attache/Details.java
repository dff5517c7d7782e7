package com.example.attache;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import google.rpc.ErrorDetails.BadRequest;
import google.rpc.ErrorDetails.ErrorInfo;
import google.rpc.ErrorDetails.RetryInfo;
import google.rpc.StatusOuterClass.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an error of Attaché says beyond its code and message; all empty where it does not come from
 * a service of Attaché.
 *
 * @param reason one of errors.proto, without its prefix: "FILTER_INVALID"
 * @param metadata what the reason speaks of: {position=7, expected=...}
 * @param fields those of the request that break their rules
 * @param retryDelay how long to wait before another try; zero where nothing is said
 */
public record Details(
    String reason,
    Map<String, String> metadata,
    List<BadRequest.FieldViolation> fields,
    Duration retryDelay) {
  private static final Metadata.Key<byte[]> STATUS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** The details of an error of a call. */
  public static Details of(StatusRuntimeException error) {
    String reason = "";
    Map<String, String> metadata = Map.of();
    List<BadRequest.FieldViolation> fields = List.of();
    Duration retryDelay = Duration.ZERO;
    byte[] bytes = error.getTrailers() == null ? null : error.getTrailers().get(STATUS);
    try {
      for (Any detail : Status.parseFrom(bytes == null ? new byte[0] : bytes).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          if (info.getDomain().equals("attache")) {
            reason = info.getReason();
            metadata = info.getMetadataMap();
          }
        } else if (detail.is(BadRequest.class)) {
          fields = detail.unpack(BadRequest.class).getFieldViolationsList();
        } else if (detail.is(RetryInfo.class)) {
          com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
          retryDelay = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
        }
      }
    } catch (InvalidProtocolBufferException notOurs) {
      // Somebody between us and the service answered: what was read counts.
    }
    return new Details(reason, metadata, fields, retryDelay);
  }

  /** The code of an error and, where it has one, its reason. */
  public static String nameOf(StatusRuntimeException error) {
    String reason = of(error).reason();
    return error.getStatus().getCode() + (reason.isEmpty() ? "" : " " + reason);
  }
}
