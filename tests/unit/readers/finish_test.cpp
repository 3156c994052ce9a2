#include "corpus/readers/finish.hpp"

#include <gtest/gtest.h>

#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

const ReadContext context = context_of("/news/a.txt");

Article finished(Article article) {
  return std::get<Article>(finish_article(std::move(article), context));
}

Article with_body(std::string body) {
  Article article;
  article.body = std::move(body);
  return article;
}

TEST(FinishArticle, DerivesATitleAndSaysSo) {
  const Article article = finished(with_body("One sentence. Another."));
  EXPECT_EQ(article.title, "One sentence.");
  EXPECT_TRUE(article.title_is_derived());
}

TEST(FinishArticle, DerivesTheTitleFromTheLedeWhenThereIsNoBody) {
  Article article;
  article.lede = "A summary. More.";
  EXPECT_EQ(finished(article).title, "A summary.");
}

TEST(FinishArticle, TakesTheOwnIdThenTheUrlThenThePlace) {
  Article article = with_body("text");
  article.member = "#3";
  EXPECT_EQ(finished(article).id, "/news/a.txt#3");
  EXPECT_EQ(finished(article).origin(Metadata::id), Origin::path);
  article.url = "https://x.example/1";
  article.origin(Metadata::url) = Origin::header;
  EXPECT_EQ(finished(article).id, "https://x.example/1");
  EXPECT_EQ(finished(article).origin(Metadata::id), Origin::header);
  article.id = " own ";
  article.origin(Metadata::id) = Origin::record;
  EXPECT_EQ(finished(article).id, "own");
  EXPECT_EQ(finished(article).origin(Metadata::id), Origin::record);
}

TEST(FinishArticle, SkipsAnArticleWithoutAWord) {
  Article article = with_body(" \n—…!\n");
  article.member = "#7";
  article.authors = {"Ada Writer"};
  const auto result = finish_article(article, context);
  ASSERT_TRUE(std::holds_alternative<Skipped>(result));
  EXPECT_EQ(std::get<Skipped>(result).path, "/news/a.txt");
  EXPECT_EQ(std::get<Skipped>(result).record, "record 7");
}

TEST(FinishArticle, TidiesParagraphs) {
  EXPECT_EQ(finished(with_body("\n\n  a  \r\nb\t\r\n\r\n\r\n\r\n\r\nc\n \n")).body, "a\nb\n\nc");
}

TEST(FinishArticle, CleansEveryText) {
  Article article = with_body("caf\xe9 \x1b[31m");
  article.title = "a\x01 \n  b";
  article.source = "  The\tWire ";
  article = finished(article);
  EXPECT_EQ(article.body, "café [31m");
  EXPECT_EQ(article.title, "a b");
  EXPECT_EQ(article.source, "The Wire");
}

TEST(FinishArticle, DropsEmptyAndRepeatedNames) {
  Article article = with_body("text");
  article.authors = {"Ada Writer", " ", "ADA  WRITER", "Bo Other"};
  article.tags = {"x", "X", ""};
  article = finished(article);
  EXPECT_EQ(article.authors, (std::vector<std::string>{"Ada Writer", "Bo Other"}));
  EXPECT_EQ(article.tags, std::vector<std::string>{"x"});
}

TEST(FinishArticle, SettlesTheLanguage) {
  Article article = with_body("text");
  article.language = "pt_BR";
  EXPECT_EQ(finished(article).language, "pt");
}

TEST(FinishArticle, NamesNoOriginForWhatIsNotThere) {
  Article article = with_body("text");
  article.source = " ";
  article.origin(Metadata::source) = Origin::header;
  EXPECT_EQ(finished(article).origin(Metadata::source), Origin::none);
}

}  // namespace
}  // namespace lede
