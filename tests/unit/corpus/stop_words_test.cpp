#include "corpus/stop_words.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(StopWords, OfAnIndexAreAmongThoseOfAQuestion) {
  for (const auto* word : {"a", "the", "will", "into", "such"}) {
    EXPECT_TRUE(is_index_stop_word("english", word)) << word;
    EXPECT_TRUE(is_query_stop_word("english", word)) << word;
  }
}

TEST(StopWords, OfAQuestionAreMore) {
  for (const auto* word : {"what", "won't", "yourselves", "about"}) {
    EXPECT_FALSE(is_index_stop_word("english", word)) << word;
    EXPECT_TRUE(is_query_stop_word("english", word)) << word;
  }
}

TEST(StopWords, LeaveWordsOfMeaningAlone) {
  for (const auto* word : {"us", "oil", "who'd", "", "The"})
    EXPECT_FALSE(is_query_stop_word("english", word));
}

TEST(StopWords, BelongToTheirLanguage) {
  EXPECT_TRUE(is_index_stop_word("german", "war"));
  EXPECT_FALSE(is_query_stop_word("english", "war"));
  EXPECT_FALSE(is_query_stop_word("german", "the"));
  EXPECT_FALSE(is_query_stop_word("none", "the"));
}

TEST(StopWords, TellAnAccentApart) {
  EXPECT_TRUE(is_query_stop_word("swedish", "är"));   // is
  EXPECT_FALSE(is_query_stop_word("swedish", "år"));  // year
  EXPECT_TRUE(is_query_stop_word("russian", "еще"));
}

}  // namespace
}  // namespace lede
