#include "console/article_json.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

namespace lede {
namespace {

TEST(ArticleJson, HasEveryKeyAlsoOfAnEmptyArticle) {
  EXPECT_EQ(
      article_json({}),
      R"({"id":"","path":"","member":"","url":"","title":"","title_derived":false,"lede":"",)"
      R"("body":"","authors":[],"source":"","section":"","tags":[],"language":"","date":null,)"
      R"("date_precision":null,"timestamp":null,"modified":null,"format":"","origins":{},)"
      R"("container":"","warnings":[]})");
}

TEST(ArticleJson, ShowsWhatTheArticleHas) {
  Article article;
  article.id = "urn:1";
  article.path = "/news/a.json";
  article.member = "#2";
  article.url = "https://lede.example/1";
  article.title = "Oil \"falls\"";
  article.lede = "In short.";
  article.body = "One.\n\nTwo.";
  article.authors = {"Anna Beispiel", "Bo Ek"};
  article.source = "Coastal Wire";
  article.section = "Markets";
  article.tags = {"oil"};
  article.language = "en";
  article.date = parse_date("2025-08");
  article.modified = parse_date("2025-09-01T10:00:00Z");
  article.format = "json";
  article.warnings = {"two titles"};
  article.origin(Metadata::title) = Origin::derived;
  article.origin(Metadata::date) = Origin::record;
  EXPECT_EQ(
      article_json(article),
      R"({"id":"urn:1","path":"/news/a.json","member":"#2","url":"https://lede.example/1",)"
      R"("title":"Oil \"falls\"","title_derived":true,"lede":"In short.","body":"One.\n\nTwo.",)"
      R"("authors":["Anna Beispiel","Bo Ek"],"source":"Coastal Wire","section":"Markets",)"
      R"("tags":["oil"],"language":"en","date":"2025-08","date_precision":"month",)"
      R"("timestamp":1754006400,"modified":"2025-09-01T10:00:00Z","format":"json",)"
      R"("origins":{"title":"derived","date":"record"},"container":"",)"
      R"("warnings":["two titles"]})");
}

TEST(ExportJson, SaysAlsoWhatTextLeavesOpen) {
  Article article;
  article.id = "caf\xE9";
  article.path = "/news/caf\xE9";
  article.container = "/export.jsonl";
  article.title = "Oil";
  article.date = Date{1754006400, DatePrecision::month, 120, false};
  article.warnings = {"two titles"};
  const std::string json = export_json(article);
  EXPECT_TRUE(json.starts_with(R"({"lede_export":1,"id":"caf�",)")) << json;
  EXPECT_TRUE(json.ends_with(
      R"("origins":{},"exact_dates":{"date":{"timestamp":1754006400,"precision":"month",)"
      R"("offset_minutes":120,"zone_assumed":false}},)"
      R"("bytes":{"id":"636166e9","path":"2f6e6577732f636166e9"}})"))
      << json;
  EXPECT_EQ(json.find("export.jsonl"), std::string::npos);
  EXPECT_EQ(json.find("two titles"), std::string::npos);
}

TEST(ArticleJson, IsStrictJsonOnOneLineWhateverTheBytes) {
  Article article;
  for (int byte = 0; byte < 256; ++byte) article.body += static_cast<char>(byte);
  article.tags = {article.body, "\u2028"};
  const std::string json = article_json(article);
  EXPECT_EQ(json.find('\n'), std::string::npos);
  EXPECT_EQ(json.find('\x1b'), std::string::npos);
  simdjson::dom::parser parser;
  EXPECT_EQ(parser.parse(json).error(), simdjson::SUCCESS);
}

}  // namespace
}  // namespace lede
