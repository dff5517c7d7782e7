#include "query_service/service/record_export.h"

#include <utility>

#include "query_service/convert/response_bytes.h"

namespace attache {

RecordExport::RecordExport(std::shared_ptr<const Snapshot> snapshot,
                           const ExportPlan& plan, Tokens tokens)
    : basic_(plan.basic),
      tokens_(std::move(tokens)),
      exporter_(std::move(snapshot), plan) {}

RecordExport::Response RecordExport::Next() {
  const Exporter::Chunk chunk = exporter_.Next();
  const std::string token = chunk.last ? "" : TokenAfter(chunk.records.back());
  return {ExportResponseBytes(chunk.records, basic_, token,
                              exporter_.snapshot()->revision()),
          chunk.last};
}

std::string RecordExport::TokenAfter(const RecordLocation& record) {
  if (!hold_) hold_.emplace(tokens_.pins, exporter_.snapshot());
  PageToken token;
  token.revision = exporter_.snapshot()->revision();
  token.fingerprint = tokens_.fingerprint;
  token.last.record_id = std::string(record.segment->record_id(record.doc));
  return tokens_.codec.Seal(token, tokens_.index_id);
}

}  // namespace attache
