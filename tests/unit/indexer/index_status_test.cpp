#include "indexer/index_status.hpp"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "console/printable.hpp"
#include "indexer/article_writer.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

Article article(const std::string& id, const std::string& source, const std::string& date) {
  Article made;
  made.id = id;
  made.path = "/" + id;
  made.body = "a harbour and pilots";
  made.source = source;
  made.date = parse_date(date);
  made.language = "en";
  return made;
}

IndexStatus status_of_three(const TemporaryFolder& folder, Engine engine) {
  FileRegistry registry;
  const auto writer =
      open_writer(folder.path("idx"), {{}, {}, engine, 1, kUsualMemory, false, false, {}}, registry,
                  [](const Article&, const Outcome&) {});
  writer->add_or_update(article("a", "Wire", "1987-02-26"));
  writer->add_or_update(article("b", "Courier", "2025-08"));
  writer->add_or_update(article("c", "Wire", ""));
  writer->commit();
  return read_status(folder.path("idx"));
}

TEST(IndexStatus, SaysWhatTheIndexHoldsWhateverMadeIt) {
  for (const Engine engine : {Engine::bulk, Engine::api}) {
    const TemporaryFolder folder;
    const IndexStatus status = status_of_three(folder, engine);
    EXPECT_EQ(status.articles, 3U);
    EXPECT_EQ(status.words, 6U);  // stop words apart
    EXPECT_EQ(status.sources, (std::vector<ValueCount>{{"Wire", 2}, {"Courier", 1}}));
    EXPECT_EQ(status.sources_count, 2U);
    EXPECT_EQ(status.undated, 1U);
    ASSERT_TRUE(status.dates);
    EXPECT_EQ(status.dates->first, "1987-02-26");
    EXPECT_EQ(status.dates->last, "2025-08-01");
    EXPECT_EQ(status.languages, (std::vector<LanguageCount>{{"en", 3}}));
    EXPECT_GT(status.bytes(), 0U);
  }
}

TEST(IndexStatus, FindsTheTablesInTheFolderOrInOneInIt) {
  const TemporaryFolder folder;
  status_of_three(folder, Engine::api);
  const auto table = [](const IndexStatus& status) {
    for (const TableSize& each : status.tables)
      if (each.table == "position") return each.bytes;
    return std::uint64_t{0};
  };
  const std::uint64_t before = table(read_status(folder.path("idx")));
  EXPECT_GT(before, 0U);
  folder.write("idx/build-2/position.glass", "12345");
  folder.write("idx/build-2/deeper/position.glass", "123456789");
  EXPECT_EQ(table(read_status(folder.path("idx"))), before + 5);
}

TEST(FormatStatus, StaysInTheWidthAndObeysNothing) {
  IndexStatus status;
  status.path = "/idx";
  status.sources = {{"\x1b[2J" + std::string(300, 's'), 12'345}, {"Wire", 9}};
  status.sources_count = 14;
  for (int at = 0; at < 30; ++at) status.languages.push_back({"l" + std::to_string(at), 1000});
  status.tables = {{"position", 60'000}, {"postlist", 40'000}};
  status.dates = DateRange{"1987-02-26", "2025-08-01"};
  std::istringstream lines(format_status(status, 60));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(columns_of_text(line), 60U) << line;
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
  }
  const std::string text = format_status(status, 60);
  for (const auto* expected : {"dates      1987-02-26 to 2025-08-01\n", "  9  Wire\n",
                               "and 12 others\n", "and 18 more\n", "60.0 KB  60 %  position\n"})
    EXPECT_NE(text.find(expected), std::string::npos) << expected << text;
}

TEST(FormatStatus, HasNothingToSayOfAnEmptyIndex) {
  const std::string text = format_status({}, 80);
  EXPECT_NE(text.find("dates      none\n"), std::string::npos) << text;
  EXPECT_NE(text.find("sources    none\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace lede
