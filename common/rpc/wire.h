// Requests and responses as bytes. gRPC answers a request that it cannot read
// with UNIMPLEMENTED, and takes one on a stream for the stream's end; so the
// services read requests that hold text themselves, and say what is wrong.
#ifndef ATTACHE_COMMON_RPC_WIRE_H_
#define ATTACHE_COMMON_RPC_WIRE_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_utils.h"

namespace attache::rpc {

// FIELD_INVALID where `bytes` are no such message, or where a text of it is not
// UTF-8; `message` is then of no use.
template <typename Message>
absl::Status Decode(const grpc::ByteBuffer& bytes, Message* message) {
  // Decoding uses the buffer up, and the call still owns it.
  grpc::ByteBuffer copy(bytes);
  if (grpc::SerializationTraits<Message>::Deserialize(&copy, message).ok()) {
    return absl::OkStatus();
  }
  return FieldError("request",
                    absl::StrCat("is no ", message->GetTypeName(),
                                 ", or holds text that is not UTF-8"));
}

template <typename Message>
grpc::ByteBuffer Encode(const Message& message) {
  grpc::ByteBuffer bytes;
  bool own_buffer = false;
  grpc::SerializationTraits<Message>::Serialize(message, &bytes, &own_buffer);
  return bytes;
}

// One slice that owns the bytes; they are not copied again.
inline grpc::ByteBuffer OwnedBuffer(std::string bytes) {
  auto owned = std::make_unique<std::string>(std::move(bytes));
  char* data = owned->data();
  const size_t size = owned->size();
  const grpc::Slice slice(
      data, size,
      [](void* string) { delete static_cast<std::string*>(string); },
      owned.release());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_WIRE_H_
