// RSS 2.0 and Atom feeds, split into their items.
#ifndef ATTACHE_INGESTOR_READERS_FEED_READER_H_
#define ATTACHE_INGESTOR_READERS_FEED_READER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace attache {

struct FeedItem {
  std::string guid;  // RSS guid or Atom id; may be empty
  std::string link;
  std::string title;
  std::string publisher;  // the feed's title
  std::string language;   // the feed's, BCP-47; may be empty
  std::optional<absl::Time> publish_time;
  int utc_offset_minutes = 0;  // of publish_time as written
  // The item's body: content:encoded or Atom content where there is one, else
  // description or summary. HTML, or plain text where the feed says so.
  std::string content;
  std::string media_type;
  // Line of the feed where the item begins.
  int line = 0;
};

// True where `text` begins as an RSS or Atom document does.
bool LooksLikeFeed(absl::string_view text);

// The items in the feed's order. INVALID_ARGUMENT with line and reason where it
// is no well-formed XML or neither RSS 2.0 nor Atom. External entities are
// never loaded. Thread-safe.
absl::StatusOr<std::vector<FeedItem>> ReadFeed(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_FEED_READER_H_
