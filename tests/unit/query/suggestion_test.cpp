#include "query/suggestion.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

/// Words that are common, each in 25 articles, and one that is rare.
std::vector<Article> articles() {
  std::vector<Article> all;
  for (int i = 0; i < 25; ++i)
    all.push_back(
        make_article(std::to_string(i), "Government",
                     "The cartel met in Vienna; crude prices rose in New York, \u00C9lys\u00E9e."));
  all.push_back(make_article("rare", "", "A carted crate."));
  return all;
}

std::string suggested(std::string_view text) {
  static const TinyIndex index(articles());
  const IndexLanguages languages(index.database(), IndexSettings().language);
  return suggest_question(text, parse_question(text), languages).value_or("nothing");
}

TEST(SuggestQuestion, PutsTheIndexesWordsInThePlaceOfMisspeltOnes) {
  EXPECT_EQ(suggested("goverment"), "government");
  EXPECT_EQ(suggested("crude pricse Viena"), "crude prices vienna");
  EXPECT_EQ(suggested("\"the cratel met\" crude"), "\"the cartel met\" crude");
  EXPECT_EQ(suggested("title:goverment OR (viena crude)"), "title:government OR (vienna crude)");
  EXPECT_EQ(suggested("elisee"), "\u00E9lys\u00E9e");
}

TEST(SuggestQuestion, TakesAWordThatIsFarMoreCommon) {
  EXPECT_EQ(suggested("carted"), "cartel");
}

TEST(SuggestQuestion, TakesTheFirstLetterForRight) {
  EXPECT_EQ(suggested("bartel"), "nothing");
}

TEST(SuggestQuestion, PartsTwoWordsThatWereWrittenAsOne) {
  EXPECT_EQ(suggested("newyork"), "new york");
  EXPECT_EQ(suggested("\"in newyork\""), "nothing");  // a phrase has room for one word only
}

TEST(SuggestQuestion, LeavesAloneWhatIsKnownShortOrNoWord) {
  for (const std::string_view text :
       {"cartel", "crude", "viex", "xyz", "9vienna", "date:2025 cartel", "zzzzzzzz", "goverm*",
        "goverment~", "=goverment", "cartel -viena", "id:viena", "cartel NOT (viena goverment)"})
    EXPECT_EQ(suggested(text), "nothing") << text;
}

}  // namespace
}  // namespace lede
