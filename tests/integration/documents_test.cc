// What the documents print is what is printed: every line of a fenced block
// that begins with "$ " is run, and what follows it is held against its output.
//
// A line "..." stands for any lines. What differs from run to run (times,
// sizes, ids of an index, addresses) is not compared. Where documents are to
// follow a change of what is printed, ATTACHE_UPDATE_DOCUMENTS=1 has the test
// write what it saw into them instead.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/rpc/wire.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/integration/pair.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using Lines = std::vector<std::string>;

// Lines [begin, end) of a document, counted from 0, are what `command` prints.
struct Example {
  std::string command;
  size_t line = 0;  // of the command
  size_t begin = 0;
  size_t end = 0;
};

Lines ReadLines(const std::filesystem::path& path) {
  std::ifstream file(path);
  Lines lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// "Trips to Brazil:" after an empty line introduces the next command.
void DropTitleOfNext(const Lines& lines, Example& example) {
  if (example.end >= example.begin + 2 && lines[example.end - 2].empty() &&
      absl::EndsWith(lines[example.end - 1], ":")) {
    example.end -= 2;
  }
}

// The examples below the heading `section`, or of the whole document.
std::vector<Example> FindExamples(const Lines& lines,
                                  const std::string& section = "") {
  std::vector<Example> examples;
  bool in_section = section.empty();
  bool in_block = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (absl::StartsWith(lines[i], "```")) {
      in_block = !in_block;
      continue;
    }
    if (!in_block && absl::StartsWith(lines[i], "#") && !section.empty()) {
      in_section = lines[i] == section;
    }
    if (!in_section || !in_block || !absl::StartsWith(lines[i], "$ ")) continue;
    Example example;
    example.line = i;
    example.command = lines[i].substr(2);
    while (absl::EndsWith(example.command, "\\") && i + 1 < lines.size()) {
      absl::StrAppend(&example.command, "\n", lines[++i]);
    }
    example.begin = i + 1;
    for (example.end = i + 1; example.end < lines.size() &&
                              !absl::StartsWith(lines[example.end], "$ ") &&
                              !absl::StartsWith(lines[example.end], "```");) {
      ++example.end;
    }
    if (example.end < lines.size() &&
        absl::StartsWith(lines[example.end], "$ ")) {
      DropTitleOfNext(lines, example);
    }
    examples.push_back(std::move(example));
  }
  return examples;
}

// Without what differs from run to run.
std::string Normalized(const std::string& line) {
  static const std::pair<std::regex, const char*> kVarying[] = {
      {std::regex(R"(\b[0-9.]+ ?(ns|us|ms|s)\b)"), "TIME"},
      {std::regex(R"(\([0-9]+/s\))"), "(RATE)"},
      {std::regex(R"(\b[0-9.]+ MB\b)"), "SIZE"},
      {std::regex(R"(127\.0\.0\.1:[0-9]+)"), "ADDRESS"},
      {std::regex(R"(\b[0-9a-f]{16,32}\b)"), "ID"},
      {std::regex(
           R"re("(indexTime|startTime|duration|nextPageToken)": ?"[^"]*")re"),
       "\"$1\": VALUE"},
      {std::regex(R"(^( *started +).*)"), "$1TIME"},
  };
  std::string normalized = line;
  for (const auto& [varying, name] : kVarying) {
    normalized = std::regex_replace(normalized, varying, name);
  }
  absl::StripTrailingAsciiWhitespace(&normalized);
  return normalized;
}

// The first of `expected` that `printed` does not have where it should, or
// expected.size() where something follows; nullopt where all is as it should.
std::optional<size_t> FirstDifference(const Lines& expected,
                                      const Lines& printed) {
  const auto same = [&](size_t i, size_t at) {
    return at < printed.size() &&
           Normalized(expected[i]) == Normalized(printed[at]);
  };
  size_t at = 0;       // in `printed`
  bool skips = false;  // a "..." stands before
  for (size_t i = 0; i < expected.size();) {
    if (expected[i] == "...") {
      skips = true;
      ++i;
      continue;
    }
    // A stretch of lines without "...".
    size_t end = i;
    while (end < expected.size() && expected[end] != "...") ++end;
    const auto differs_at = [&](size_t from) {
      for (size_t k = i; k < end; ++k) {
        if (!same(k, from + k - i)) return k;
      }
      return end;
    };
    if (skips && end == expected.size()) {
      const size_t length = end - i;
      if (printed.size() < at + length) return i;
      at = printed.size() - length;
    } else if (skips) {
      while (at < printed.size() && differs_at(at) != end) ++at;
      if (at == printed.size()) return i;
    }
    if (const size_t k = differs_at(at); k != end) return k;
    at += end - i;
    i = end;
    skips = false;
  }
  if (!skips && at != printed.size()) return expected.size();
  return std::nullopt;
}

Lines LinesOf(const std::string& output) {
  Lines lines = absl::StrSplit(output, '\n');
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

// In a shell, standard error with standard output.
std::string RunInShell(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "no shell";
  std::string output;
  char buffer[4096];
  for (size_t size; (size = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) {
    output.append(buffer, size);
  }
  pclose(pipe);
  return output;
}

// As `buf curl` indents it.
std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  EXPECT_TRUE(
      google::protobuf::util::MessageToJsonString(message, &json, options)
          .ok());
  std::string indented;
  for (const std::string& line : LinesOf(json)) {
    const size_t indent = line.find_first_not_of(' ');
    absl::StrAppend(&indented, std::string(indent, ' '), line, "\n");
  }
  return indented;
}

// Calls a method that takes one request and prints its responses.
std::string Call(const std::string& address,
                 const google::protobuf::MethodDescriptor& method,
                 const std::string& json) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  const std::unique_ptr<google::protobuf::Message> request(
      factory->GetPrototype(method.input_type())->New());
  const auto parsed =
      google::protobuf::util::JsonStringToMessage(json, request.get());
  if (!parsed.ok()) return parsed.ToString();

  grpc::GenericStub stub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(60));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(
      &context,
      absl::StrCat("/", method.service()->full_name(), "/", method.name()),
      &queue);
  const auto done = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  call->StartCall(nullptr);
  done();
  call->WriteLast(rpc::Encode(*request), grpc::WriteOptions(), nullptr);
  done();
  std::string output;
  while (true) {
    grpc::ByteBuffer bytes;
    call->Read(&bytes, nullptr);
    if (!done()) break;
    const std::unique_ptr<google::protobuf::Message> response(
        factory->GetPrototype(method.output_type())->New());
    EXPECT_TRUE(rpc::Decode(bytes, response.get()).ok());
    absl::StrAppend(&output, ToJson(*response));
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  done();
  if (!status.ok()) absl::StrAppend(&output, status.error_message(), "\n");
  return output;
}

// `buf curl`, which need not be installed, by what it would send.
std::string CallAsBuf(const std::string& address, const std::string& command) {
  static const std::regex kRequest(
      R"re(-d '([^']*)'[\s\S]*http://[^/]+/([\w.]+)/(\w+)\s*$)re");
  std::smatch parts;
  if (!std::regex_search(command, parts, kRequest)) return "no request";
  const auto* method =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          absl::StrCat(parts[2].str(), ".", parts[3].str()));
  if (method == nullptr) return "no such method";
  return Call(address, *method, parts[1].str());
}

class Documents : public ::testing::Test {
 protected:
  // Examples name samples/, and may leave files behind.
  Documents() {
    std::filesystem::create_directory_symlink(
        std::string(ATTACHE_SOURCE_DIR) + "/samples",
        directory_.file("samples"));
  }

  void SetUp() override { ASSERT_FALSE(HasFailure()) << "no servers"; }

  std::string Run(const std::string& command) {
    if (absl::StartsWith(command, "buf curl ")) {
      return CallAsBuf(pair_.query_service().address(), command);
    }
    return RunInShell(absl::StrCat(
        "exec 2>&1; cd '", directory_.path(), "'; export PATH='",
        ATTACHE_BIN_DIR,
        "':\"$PATH\" ATTACHE_QUERY=", pair_.query_service().address(),
        " ATTACHE_INGESTOR=", pair_.ingestor().address(), "\n", command, "\n"));
  }

  // Runs the examples in order.
  void Check(const std::string& name, const std::string& section = "") {
    const std::filesystem::path path =
        std::filesystem::path(ATTACHE_SOURCE_DIR) / name;
    Lines lines = ReadLines(path);
    const std::vector<Example> examples = FindExamples(lines, section);
    EXPECT_FALSE(examples.empty()) << name << " has no examples";
    std::vector<std::pair<Example, Lines>> differing;
    for (const Example& example : examples) {
      const Lines printed = LinesOf(Run(example.command));
      const Lines expected(
          lines.begin() + static_cast<std::ptrdiff_t>(example.begin),
          lines.begin() + static_cast<std::ptrdiff_t>(example.end));
      const auto difference = FirstDifference(expected, printed);
      if (!difference) continue;
      differing.emplace_back(example, printed);
      if (Updates()) continue;
      ADD_FAILURE() << name << ":" << example.line + 1 << ": $ "
                    << example.command << "\n"
                    << name << ":" << example.begin + *difference + 1 << ": "
                    << (*difference == expected.size()
                            ? std::string("more is printed than stands there")
                            : absl::StrCat("is not printed: ",
                                           expected[*difference]))
                    << "\nPrinted:\n"
                    << absl::StrJoin(printed, "\n");
    }
    if (differing.empty()) return;
    for (auto it = differing.rbegin(); it != differing.rend(); ++it) {
      const auto& [example, printed] = *it;
      const auto begin =
          lines.begin() + static_cast<std::ptrdiff_t>(example.begin);
      lines.erase(begin,
                  lines.begin() + static_cast<std::ptrdiff_t>(example.end));
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(example.begin),
                   printed.begin(), printed.end());
    }
    if (Updates()) {
      std::ofstream(path) << absl::StrJoin(lines, "\n") << "\n";
    }
  }

 private:
  static bool Updates() {
    return std::getenv("ATTACHE_UPDATE_DOCUMENTS") != nullptr;
  }

  Pair pair_;
  const TempDirectory directory_;
};

TEST_F(Documents, QueryingIsTrue) { Check("docs/querying.md"); }

TEST_F(Documents, ConceptsAreTrue) { Check("docs/concepts.md"); }

TEST_F(Documents, QuickStartIsTrue) { Check("docs/quick-start.md"); }

TEST_F(Documents, ReadmeIsTrue) {
  // Its demo shows first what the session ingests.
  Check("README.md", "## A first session");
  Check("README.md", "## Two commands");
}

TEST(DocumentExamples, AreWhatFollowsACommandInABlock) {
  const Lines lines = {"$ no block", "```",    "text", "$ a \\", "  b",  "out",
                       "",           "Title:", "$ c",  "",       "more", "```",
                       "# Two",      "```",    "$ d",  "```"};
  const auto examples = FindExamples(lines);
  ASSERT_EQ(examples.size(), 3u);
  EXPECT_EQ(examples[0].command, "a \\\n  b");
  EXPECT_EQ(examples[0].begin, 5u);
  EXPECT_EQ(examples[0].end, 6u);
  EXPECT_EQ(examples[1].begin, 9u);
  EXPECT_EQ(examples[1].end, 11u);
  EXPECT_EQ(examples[2].begin, examples[2].end);
  const auto below = FindExamples(lines, "# Two");
  ASSERT_EQ(below.size(), 1u);
  EXPECT_EQ(below[0].command, "d");
}

TEST(DocumentExamples, DifferWhereALineIsMissingOrTooMany) {
  const auto difference = [](const std::string& expected,
                             const std::string& printed) {
    return FirstDifference(LinesOf(expected), LinesOf(printed));
  };
  EXPECT_EQ(difference("a\nb", "a\nb\n"), std::nullopt);
  EXPECT_EQ(difference("a\nb", "a\nc\n"), 1u);
  EXPECT_EQ(difference("a", "a\nb\n"), 1u);
  EXPECT_EQ(difference("a\nb", "a\n"), 1u);
  EXPECT_EQ(difference("...\nb\n...\nd", "a\nb\nc\nd\n"), std::nullopt);
  EXPECT_EQ(difference("a\n...", "a\nb\n"), std::nullopt);
  EXPECT_EQ(difference("a\n...\nd", "a\nb\nc\n"), 2u);
  EXPECT_EQ(difference("a\n...\nx\n...", "a\nb\nc\n"), 2u);
  EXPECT_EQ(difference("2 found in 3us at 127.0.0.1:1",
                       "2 found in 1.5ms at 127.0.0.1:22"),
            std::nullopt);
  EXPECT_EQ(difference("2 found in 3us", "3 found in 3us"), 0u);
}

}  // namespace
}  // namespace attache::testing
