#include "query/stories.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "corpus/date.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

/// So many words, none twice, from that number on.
std::string words(int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) text += fmt::format("word{} ", i);
  return text;
}

Article told(std::string body, std::string_view date = "2025-08-01") {
  Article article = make_article("", "", std::move(body));
  article.date = parse_date(date);
  return article;
}

bool is_one_story(const Article& one, const Article& other) {
  Stories stories;
  return stories.story_of(one) == stories.story_of(other);
}

TEST(Stories, AreArticlesThatHaveMostOfTheirTextInCommon) {
  EXPECT_TRUE(is_one_story(told(words(0, 100)), told(words(0, 100))));
  EXPECT_TRUE(is_one_story(told(words(0, 100)), told(words(30, 100))));
  EXPECT_FALSE(is_one_story(told(words(0, 100)), told(words(60, 100))));
  EXPECT_FALSE(is_one_story(told(words(0, 100)), told(words(200, 100))));
}

TEST(Stories, HaveShorterVersions) {
  EXPECT_TRUE(is_one_story(told(words(0, 400)), told(words(10, 20))));
  EXPECT_TRUE(is_one_story(told(words(10, 20)), told(words(0, 400))));
}

TEST(Stories, AreOfAFewDays) {
  const Article first = told(words(0, 100), "2025-08-01");
  EXPECT_TRUE(is_one_story(first, told(words(30, 100), "2025-08-04")));
  EXPECT_FALSE(is_one_story(first, told(words(30, 100), "2025-08-06")));
  EXPECT_FALSE(is_one_story(first, told(words(30, 100), "2025-08")));
  EXPECT_FALSE(is_one_story(first, told(words(30, 100), "")));
}

TEST(Stories, ArePrintedAgainAtAnyTime) {
  const Article first = told(words(0, 100), "2025-08-01");
  EXPECT_TRUE(is_one_story(first, told(words(3, 100), "2015-08-06")));
  EXPECT_TRUE(is_one_story(first, told(words(3, 100), "")));
}

TEST(Stories, AreReadWithoutCaseAndAccents) {
  EXPECT_TRUE(
      is_one_story(told("Élan vital at the café TODAY"), told("elan vital at the CAFE today")));
}

TEST(Stories, MayBeShorterThanAShingle) {
  EXPECT_TRUE(is_one_story(told("oil up"), told("oil up")));
  EXPECT_FALSE(is_one_story(told("oil up"), told("up oil")));
  EXPECT_FALSE(is_one_story(told("oil up"), told("oil")));
}

TEST(Stories, OfArticlesWithoutWordsAreEachTheirOwn) {
  EXPECT_FALSE(is_one_story(told(""), told("")));
}

TEST(Stories, GoOnFromVersionToVersion) {
  Stories stories;
  const Stories::Story first = stories.story_of(told(words(0, 100)));
  EXPECT_EQ(stories.story_of(told(words(30, 100))), first);
  EXPECT_EQ(stories.story_of(told(words(60, 100))), first);
  EXPECT_NE(stories.story_of(told(words(200, 100))), first);
}

TEST(Stories, TakeNoNoticeOfWhatStandsUnderEveryArticle) {
  Stories stories;
  std::vector<Stories::Story> all;
  for (int i = 0; i < 100; ++i)
    all.push_back(stories.story_of(
        told(words(1000 * i, 10) + "all rights reserved by the publisher of this page")));
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_NE(all[i], all[i - 1]);
}

}  // namespace
}  // namespace lede
