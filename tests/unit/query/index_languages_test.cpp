#include "query/index_languages.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

Article in_language(Article article, std::string code) {
  article.language = std::move(code);
  return article;
}

std::vector<Article> articles_in(const std::vector<std::string>& codes) {
  std::vector<Article> articles;
  for (const std::string& code : codes)
    articles.push_back(
        in_language(make_article(std::to_string(articles.size()), "Title", "Text"), code));
  return articles;
}

using Filters = std::vector<std::string>;

TEST(IndexLanguages, AreOneForEachStemmerTheMostFrequentFirst) {
  const TinyIndex index(articles_in({"en", "ja", "ja", "zh", "", "de"}));
  const IndexLanguages languages(index.database(), "auto");
  ASSERT_EQ(languages.count(), 3U);
  EXPECT_EQ(languages.filters(0), (Filters{"Lja", "Lzh"}));
  EXPECT_EQ(languages.filters(1), (Filters{"Len", "Lund"}));
  EXPECT_EQ(languages.filters(2), (Filters{"Lde"}));
  EXPECT_EQ(languages.number_of("ko"), 0U);
  EXPECT_EQ(languages.number_of(""), 1U);
  EXPECT_EQ(languages.number_of("de"), 2U);
}

TEST(IndexLanguages, AreOneWhereOneStemmerIsForAll) {
  const TinyIndex index(articles_in({"en", "ja", "de"}));
  EXPECT_EQ(IndexLanguages(index.database(), "german").count(), 1U);
}

TEST(IndexLanguages, AreOneOfAnEmptyIndex) {
  const TinyIndex index;
  EXPECT_EQ(IndexLanguages(index.database(), "auto").count(), 1U);
}

}  // namespace
}  // namespace lede
