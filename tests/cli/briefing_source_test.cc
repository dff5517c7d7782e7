#include "cli/briefing_source.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_directory.h"

namespace attache::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class BriefingSourceTest : public ::testing::Test {
 protected:
  BriefingSourceTest() { fs::create_directories(folder_ / "sub"); }

  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  static std::vector<SourceItem> ReadAll(
      const std::string& path, const BriefingDefaults& defaults = {}) {
    auto source = BriefingSource::Open(path, defaults);
    EXPECT_TRUE(source.ok()) << source.status();
    std::vector<SourceItem> items;
    if (!source.ok()) return items;
    const size_t size = (*source)->size();
    while (auto item = (*source)->Next()) items.push_back(*std::move(item));
    EXPECT_EQ(items.size(), size);
    return items;
  }

  const testing::TempDirectory directory_;
  const fs::path folder_ = directory_.path();
};

TEST_F(BriefingSourceTest, AFolderGivesItsFilesByRelativePath) {
  Write("b.txt", "two");
  Write("a page.html", "<p>one</p>");
  Write("sub/c.md", "# three");
  Write("notes.bin", "not a briefing");
  Write(".hidden.txt", "not seen");
  const auto items = ReadAll(folder_);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].briefing->briefing_id(), "a%20page.html");
  EXPECT_EQ(items[0].briefing->media_type(), "text/html");
  EXPECT_EQ(items[1].briefing->briefing_id(), "b.txt");
  EXPECT_EQ(items[1].briefing->content(), "two");
  EXPECT_EQ(items[2].briefing->briefing_id(), "sub/c.md");
  EXPECT_EQ(items[2].briefing->media_type(), "text/markdown");
}

TEST_F(BriefingSourceTest, AnyFileNameMakesAnIdThatIsAccepted) {
  Write("caf\xE9.txt", "Latin-1");
  Write(
      "no\xC2\xA0"
      "break.txt",
      "no-break space");
  const auto items = ReadAll(folder_);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].briefing->briefing_id(), "caf%E9.txt");
  EXPECT_EQ(items[1].briefing->briefing_id(), "no%C2%A0break.txt");
}

TEST_F(BriefingSourceTest, DefaultsFillWhatIsMissingOnly) {
  Write(
      "x.jsonl",
      "{\"briefingId\":\"1\",\"content\":\"eA==\"}\n\n"
      "{\"briefingId\":\"2\",\"content\":\"eA==\",\"languageCode\":\"fr\"}\n");
  BriefingDefaults defaults;
  defaults.language = "es";
  defaults.publish_time = *ParsePublishTime("2024-05-13");
  const auto items = ReadAll((folder_ / "x.jsonl").string(), defaults);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].briefing->language_code(), "es");
  EXPECT_EQ(items[1].briefing->language_code(), "fr");
  EXPECT_EQ(items[0].briefing->publish_time().seconds(), 1715558400);
}

TEST_F(BriefingSourceTest, ABrokenLineIsNamedAndTheRestIsRead) {
  Write("x.jsonl",
        "{\"briefingId\":\"1\",\"content\":\"eA==\"}\n{\"briefingId\":}\n"
        "{\"briefingId\":\"3\",\"content\":\"eA==\"}\n");
  const auto items = ReadAll((folder_ / "x.jsonl").string());
  ASSERT_EQ(items.size(), 3u);
  EXPECT_TRUE(items[0].briefing.ok());
  EXPECT_FALSE(items[1].briefing.ok());
  EXPECT_EQ(items[1].name, "x.jsonl:2");
  EXPECT_TRUE(items[2].briefing.ok());
}

TEST_F(BriefingSourceTest, AFeedGivesItsItems) {
  Write("news.rss", R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Newsroom</title><language>en</language>
<item><title>One</title><link>https://example.org/1</link><guid>tag:1</guid>
<pubDate>Mon, 13 May 2024 09:30:00 +0200</pubDate><content:encoded><![CDATA[<p>Text &amp; more</p>]]></content:encoded></item>
<item><title>Two</title><link>https://example.org/2</link><description>Short</description></item>
</channel></rss>)");
  const auto items = ReadAll((folder_ / "news.rss").string());
  ASSERT_EQ(items.size(), 2u);
  const v1::Briefing& one = *items[0].briefing;
  EXPECT_EQ(one.briefing_id(), "tag:1");
  EXPECT_EQ(one.title(), "One");
  EXPECT_EQ(one.publisher(), "Newsroom");
  EXPECT_EQ(one.language_code(), "en");
  EXPECT_EQ(one.media_type(), "text/html");
  EXPECT_EQ(one.content(), "<p>Text &amp; more</p>");
  EXPECT_EQ(one.publish_time().seconds(), 1715585400);
  EXPECT_EQ(one.publish_utc_offset_minutes(), 120);
  EXPECT_EQ(items[1].briefing->briefing_id(), "https://example.org/2");
  EXPECT_EQ(items[1].briefing->content(), "Short");
}

TEST_F(BriefingSourceTest, AGuidThatIsTooLongGivesWayToTheLink) {
  Write("news.rss", "<rss version=\"2.0\"><channel><item><guid>" +
                        std::string(300, 'g') +
                        "</guid><link>https://example.org/1</link>"
                        "<description>x</description></item></channel></rss>");
  const auto items = ReadAll((folder_ / "news.rss").string());
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].briefing->briefing_id(), "https://example.org/1");
}

TEST_F(BriefingSourceTest, AnAtomFeedToo) {
  Write(
      "news.xml",
      R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pt"><title>Sala</title>
<entry><id>urn:1</id><title>Um</title><link rel="alternate" href="https://example.org/um"/>
<updated>2024-05-13T09:30:00Z</updated><summary>curto</summary>
<content type="html">&lt;p&gt;longo&lt;/p&gt;</content></entry></feed>)");
  const auto items = ReadAll((folder_ / "news.xml").string());
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].briefing->briefing_id(), "urn:1");
  EXPECT_EQ(items[0].briefing->uri(), "https://example.org/um");
  EXPECT_EQ(items[0].briefing->language_code(), "pt");
  EXPECT_EQ(items[0].briefing->content(), "<p>longo</p>");
  EXPECT_EQ(items[0].briefing->publish_time().seconds(), 1715592600);
}

TEST_F(BriefingSourceTest, ABrokenFeedSaysWhere) {
  Write("news.rss", "<rss><channel>\n<item>\n</channel></rss>");
  const auto items = ReadAll((folder_ / "news.rss").string());
  ASSERT_EQ(items.size(), 1u);
  EXPECT_THAT(std::string(items[0].briefing.status().message()),
              HasSubstr("line 3"));
}

TEST_F(BriefingSourceTest, AnExternalEntityIsNotLoaded) {
  Write("secret", "hidden words");
  Write("news.rss", "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file://" +
                        (folder_ / "secret").string() +
                        "\">]><rss><channel><item><title>a&x;b</title><guid>1</"
                        "guid></item></channel></rss>");
  const auto items = ReadAll((folder_ / "news.rss").string());
  ASSERT_EQ(items.size(), 1u);
  if (items[0].briefing.ok()) {
    EXPECT_EQ(items[0].briefing->title(), "ab");
  }
}

TEST_F(BriefingSourceTest, WhatIsNotThereIsSaidSo) {
  EXPECT_THAT(std::string(BriefingSource::Open((folder_ / "none").string(), {})
                              .status()
                              .message()),
              HasSubstr("there is no file"));
  EXPECT_THAT(std::string(BriefingSource::Open((folder_ / "sub").string(), {})
                              .status()
                              .message()),
              HasSubstr("holds no briefings"));
}

TEST(ParsePublishTime, TakesADateOrATime) {
  EXPECT_EQ(absl::ToUnixSeconds(*ParsePublishTime("2024-05-13T09:30:00+02:00")),
            1715585400);
  EXPECT_FALSE(ParsePublishTime("13.5.2024").ok());
  EXPECT_FALSE(ParsePublishTime("").ok());
}

}  // namespace
}  // namespace attache::cli
