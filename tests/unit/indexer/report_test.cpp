#include "indexer/report.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(FormatBytes, UsesPowersOfAThousand) {
  const std::vector<std::pair<std::uint64_t, std::string>> cases{
      {0, "0.0 KB"},         {949, "0.9 KB"},     {27'636'766, "27.6 MB"},
      {999'949, "999.9 KB"}, {999'951, "1.0 MB"}, {1'500'000'000, "1.5 GB"}};
  for (const auto& [bytes, expected] : cases) EXPECT_EQ(format_bytes(bytes), expected);
}

TEST(CountOf, GroupsDigitsAndKnowsTheSingular) {
  EXPECT_EQ(count_of(1, "article", "articles"), "1 article");
  EXPECT_EQ(count_of(0, "article", "articles"), "0 articles");
  EXPECT_EQ(count_of(21578, "article", "articles"), "21,578 articles");
  EXPECT_EQ(count_of(1234567, "file", "files"), "1,234,567 files");
}

TEST(FormatSkip, NamesFileRecordAndReason) {
  EXPECT_EQ(format_skip({"a.jsonl", "line 3", "no text"}), "a.jsonl, line 3: no text");
  EXPECT_EQ(format_skip({"a.png", "", "a PNG image"}), "a.png: a PNG image");
}

TEST(FormatReport, CountsWhatWasDone) {
  Report report;
  report.added = 1200;
  report.unchanged = 3;
  report.files_found = report.files_read = 1;
  report.bytes = 2'000'000;
  report.seconds = 2;
  report.index_path = "/idx";
  report.index_articles = 1203;
  report.skipped = {{"a", "", "b"}};
  EXPECT_EQ(format_report(report),
            "1,200 added, 0 updated, 3 unchanged, 1 skipped, from 1 file in 2.0 s (2.0 MB, 1.0 "
            "MB/s)\nthe index at /idx holds 1,203 articles\n");
}

TEST(FormatReport, SaysWhatADryRunWouldDo) {
  Report report;
  report.is_dry_run = true;
  report.removed = 2;
  report.moved = 3;
  report.files_found = 1000;
  report.files_read = 3;
  report.index_path = "/idx";
  EXPECT_EQ(
      format_report(report),
      "nothing is written; this would be done: 0 added, 0 updated, 3 moved, 2 removed, 0 "
      "unchanged, 0 skipped, from 3 of 1,000 files in 0.0 s (0.0 KB)\nthe index at /idx would "
      "hold 0 articles\n");
}

TEST(ClosingMessages, TellOfWhatWasNotNamed) {
  Report report;
  EXPECT_TRUE(closing_messages(report, false).empty());
  report.skipped.resize(kNamedSkips + 2);
  report.repeated = 1;
  EXPECT_EQ(closing_messages(report, false),
            (std::vector<std::string>{
                "skipped 2 more; --verbose names them all",
                "1 article gave way to another of the same id; --verbose names them"}));
  EXPECT_TRUE(closing_messages(report, true).empty());
}

TEST(FormatReportJson, IsOneObjectOnALine) {
  Report report;
  report.added = 2;
  report.seconds = 0.5;
  report.index_path = "/a\"b";
  report.skipped = {{"x", "line 1", "no text"}};
  EXPECT_EQ(format_report_json(report),
            R"({"version":1,"added":2,"updated":0,"moved":0,"removed":0,"unchanged":0,)"
            R"("repeated":0,"files":0,"bytes":0,"seconds":0.5,"interrupted":false,)"
            R"("dry_run":false,)"
            R"("skipped":[{"path":"x","record":"line 1","reason":"no text"}],)"
            R"("index":{"path":"/a\"b","articles":0}})"
            "\n");
}

TEST(FormatChanges, NamesWhatChangedAndNothingElse) {
  Report report;
  report.unchanged = 7;
  EXPECT_EQ(format_changes(report), "");
  report.added = 1200;
  report.removed = 1;
  EXPECT_EQ(format_changes(report), "1,200 added, 1 removed");
}

}  // namespace
}  // namespace lede
