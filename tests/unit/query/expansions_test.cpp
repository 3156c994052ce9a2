#include "query/expansions.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

/// An article with as many different words with a beginning as are asked for.
Article article_of_words(const std::string& beginning, std::size_t count) {
  Article article = make_article(beginning, "", "");
  for (std::size_t number = 0; number < count; ++number)
    article.body += fmt::format("{}{} ", beginning, number);
  return article;
}

TEST(Expander, TakesTheWordsOfMostArticlesByTheirTerms) {
  const TinyIndex index({make_article("a", "", "price prices pride"),
                         make_article("b", "", "prices print"), make_article("c", "", "print")});
  const IndexLanguages languages(index.database(), "english");
  const auto written = [&](std::size_t limit) {
    std::vector<std::string> words;
    for (const IndexWord& word : Expander(languages).matching("pri*", {}, limit))
      words.push_back(word.written);
    return words;
  };
  EXPECT_EQ(written(1), (std::vector<std::string>{"price", "prices"}));
  EXPECT_EQ(written(2), (std::vector<std::string>{"price", "prices", "print"}));
  EXPECT_EQ(written(9), (std::vector<std::string>{"price", "prices", "print", "pride"}));
}

TEST(Expander, CountsTheArticlesThatHaveAWordInTheField) {
  Article named = make_article("named", "", "rain");
  named.source = "Priory Post";
  const TinyIndex index({make_article("a", "pride", "price"), make_article("b", "print", "price"),
                         make_article("c", "pride", "print"), named});
  const IndexLanguages languages(index.database(), "english");
  const auto written = [&](std::optional<FieldId> field, std::size_t limit) {
    std::vector<std::string> words;
    for (const IndexWord& word : Expander(languages).matching("pri*", field, limit))
      words.push_back(word.written);
    return words;
  };
  EXPECT_EQ(written({}, 1), (std::vector<std::string>{"price"}));
  EXPECT_EQ(written(FieldId::title, 9), (std::vector<std::string>{"pride", "print"}));
  EXPECT_EQ(written(FieldId::title, 1), (std::vector<std::string>{"pride"}));
  EXPECT_EQ(written(FieldId::source, 9), (std::vector<std::string>{"priory"}));
  Expander expander(languages);
  EXPECT_EQ(expander.similar("priori", 1, FieldId::source, 5).at(0).written, "priory");
  EXPECT_TRUE(expander.similar("priori", 1, {}, 5).empty());
}

TEST(Expander, RefusesPatternsThatTogetherMatchTooManyWords) {
  const std::size_t most = Expander::kMostMatches;
  const TinyIndex index({article_of_words("oil", most), article_of_words("gas", 1)});
  const IndexLanguages languages(index.database(), "english");
  Expander expander(languages);
  EXPECT_EQ(expander.matching("oil*", {}, 5).size(), 5U);
  EXPECT_EQ(expander.matching("oil*", {}, 5).size(), 5U);  // known by now
  EXPECT_THROW(expander.matching("gas*", {}, 5), Error);
  EXPECT_EQ(Expander(languages).matching("gas*", {}, 5).size(), 1U);
  EXPECT_THROW(Expander(languages).matching("*", {}, 5), Error);
}

}  // namespace
}  // namespace lede
