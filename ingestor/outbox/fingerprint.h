// Whether two briefings are the same, field for field.
#ifndef ATTACHE_INGESTOR_OUTBOX_FINGERPRINT_H_
#define ATTACHE_INGESTOR_OUTBOX_FINGERPRINT_H_

#include <string>

#include "attache/v1/briefing.pb.h"
#include "google/protobuf/message_lite.h"

namespace attache::outbox {

// The same bytes for equal messages, maps among their fields or not.
std::string CanonicalBytes(const google::protobuf::MessageLite& message);

// SHA-256 over the canonical bytes of all fields; 32 bytes.
std::string FingerprintOf(const v1::Briefing& briefing);

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_FINGERPRINT_H_
