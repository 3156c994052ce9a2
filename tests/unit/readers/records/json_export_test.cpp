#include "corpus/readers/records/json_export.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/readers/read_articles.hpp"
#include "corpus/unicode.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

struct Reading {
  std::vector<Article> articles;
  std::vector<Skipped> skipped;
};

Reading read(const std::string& lines, const ReadOptions& options = {}) {
  const TemporaryFolder folder;
  Reading reading;
  read_articles(folder.write("export.jsonl", lines), options, [&](ReadResult result) {
    if (auto* skipped = std::get_if<Skipped>(&result))
      reading.skipped.push_back(std::move(*skipped));
    else
      reading.articles.push_back(std::get<Article>(std::move(result)));
    return true;
  });
  return reading;
}

TEST(ReadExport, TakesEveryFieldAsItStands) {
  const auto articles =
      read(R"({"lede_export":1,"id":"7","path":"/old/a.html","member":"x!#9","url":"not a url",)"
           R"("title":"By Anna: <b>bold</b>  &amp;","body":"Ã© \n\n\n\nDer Text ist auf Deutsch.",)"
           R"("authors":["By A and B",""],"tags":["x","X"],"language":"en","format":"html",)"
           R"("origins":{"title":"derived"}})"
           "\n")
          .articles;
  ASSERT_EQ(articles.size(), 1U);
  const Article& article = articles.front();
  EXPECT_EQ(article.path, "/old/a.html");
  EXPECT_EQ(article.member, "x!#9");
  EXPECT_EQ(article.url, "not a url");
  EXPECT_EQ(article.title, "By Anna: <b>bold</b>  &amp;");
  EXPECT_EQ(article.body, "Ã© \n\n\n\nDer Text ist auf Deutsch.");
  EXPECT_EQ(article.authors, (std::vector<std::string>{"By A and B", ""}));
  EXPECT_EQ(article.tags, (std::vector<std::string>{"x", "X"}));
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.format, "html");
  EXPECT_TRUE(article.title_is_derived());
  EXPECT_TRUE(article.container.ends_with("/export.jsonl"));
  EXPECT_TRUE(article.warnings.empty());
}

TEST(ReadExport, HeedsNoOptionThatGuessesOrFills) {
  ReadOptions options;
  options.mappings = {{Metadata::title, "section"}};
  const auto articles =
      read(R"({"lede_export":1,"id":"7","title":"One","section":"Two","status":"draft"})", options)
          .articles;
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_EQ(articles.front().title, "One");
  EXPECT_EQ(articles.front().section, "Two");
}

TEST(ReadExport, LetsNothingThroughThatNoArticleHolds) {
  const auto articles =
      read(
          "{\"lede_export\":1,\"id\":7,\"path\":[],\"title\":\"a\\u001b[0m\\u0000b\","
          "\"body\":\"e\\u0301\\u202e\\r\\n\\ud83d\\ude42\",\"tags\":[1,\"\\u0007x\"],"
          "\"language\":\"klingon\",\"date\":5,\"exact_dates\":{\"date\":{"
          "\"timestamp\":9000000000000000000,\"precision\":\"day\","
          "\"offset_minutes\":0,\"zone_assumed\":true}},\"origins\":{\"title\":\"?\"}}")
          .articles;
  ASSERT_EQ(articles.size(), 1U);
  const Article& article = articles.front();
  for (const std::string* text : {&article.title, &article.body, &article.tags.at(0)})
    EXPECT_EQ(*text, clean_text(*text));
  EXPECT_EQ(article.language, "");
  EXPECT_FALSE(article.date);
  EXPECT_EQ(article.path, article.container);
  EXPECT_EQ(article.id, article.path);
}

TEST(ReadExport, BelievesADateThatSomebodyHasChanged) {
  const std::string exact =
      R"("exact_dates":{"date":{"timestamp":1754006400,"precision":"month","offset_minutes":120,)"
      R"("zone_assumed":false}}})";
  const auto articles =
      read(R"({"lede_export":1,"id":"1","title":"T","date":"2025-08",)" + exact + "\n" +
           R"({"lede_export":1,"id":"2","title":"T","date":"2024-02-29",)" + exact + "\n" +
           R"({"lede_export":1,"id":"3","title":"T","date":null,)" + exact)
          .articles;
  ASSERT_EQ(articles.size(), 3U);
  EXPECT_EQ(articles[0].date, (Date{1754006400, DatePrecision::month, 120, false}));
  EXPECT_EQ(articles[1].date, parse_date("2024-02-29"));
  EXPECT_FALSE(articles[2].date);
}

TEST(ReadExport, SkipsWhatItCannotTake) {
  const auto reading = read(
      "{\"lede_export\":2,\"title\":\"T\"}\n"
      "{\"lede_export\":1,\"title\":\"T\",\"path\":\"" +
      std::string(100'000, '/') +
      "\"}\n"
      "{\"lede_export\":1,\"title\":\"...\"}\n"
      "{\"title\":\"T\",\"lede_export\":2}\n");
  EXPECT_EQ(reading.articles.size(), 1U);  // the last, in which the marker does not come first
  EXPECT_EQ(reading.skipped.size(), 3U);
}

}  // namespace
}  // namespace lede
