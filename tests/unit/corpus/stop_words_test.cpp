#include "corpus/stop_words.hpp"

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(StopWords, OfAnIndexAreAmongThoseOfAQuestion) {
  for (const auto* word : {"a", "the", "will", "into", "such"}) {
    EXPECT_TRUE(is_index_stop_word(word)) << word;
    EXPECT_TRUE(is_query_stop_word(word)) << word;
  }
}

TEST(StopWords, OfAQuestionAreMore) {
  for (const auto* word : {"what", "won't", "yourselves", "about"}) {
    EXPECT_FALSE(is_index_stop_word(word)) << word;
    EXPECT_TRUE(is_query_stop_word(word)) << word;
  }
}

TEST(StopWords, LeaveWordsOfMeaningAlone) {
  for (const auto* word : {"us", "oil", "who'd", "", "The"}) EXPECT_FALSE(is_query_stop_word(word));
}

}  // namespace
}  // namespace lede
