#include "common/access/access_file.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log.h"
#include "common/status_macros.h"

namespace attache {

absl::StatusOr<std::unique_ptr<AccessFile>> AccessFile::Open(
    const std::string& path) {
  std::unique_ptr<AccessFile> file(new AccessFile(path));
  // The stamp first: what is written in between is seen at the next look.
  file->file_.Changed();
  ATTACHE_ASSIGN_OR_RETURN(file->list_, file->Read());
  return file;
}

std::shared_ptr<const AccessList> AccessFile::Current() const {
  const std::scoped_lock lock(mutex_);
  return list_;
}

void AccessFile::Refresh() {
  if (!file_.Changed()) return;
  auto read = Read();
  if (!read.ok()) {
    Log(LogLevel::kError,
        "cannot read the access file again; the last good list stays",
        {{"reason", std::string(read.status().message())}});
    return;
  }
  Log(LogLevel::kInfo, "read the access file again",
      {{"access_file", file_.path()},
       {"lines", absl::StrCat((*read)->size())}});
  const std::scoped_lock lock(mutex_);
  list_ = *std::move(read);
}

absl::StatusOr<std::shared_ptr<const AccessList>> AccessFile::Read() const {
  ATTACHE_ASSIGN_OR_RETURN(const std::string text, file_.Read());
  ATTACHE_ASSIGN_OR_RETURN(AccessList list,
                           AccessList::Parse(text, file_.path()));
  return std::make_shared<const AccessList>(std::move(list));
}

}  // namespace attache
