#include "corpus/word_memo.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

Meaning meaning(const std::string& term) {
  Meaning made;
  made.term = term;
  return made;
}

TEST(WordMemo, KnowsWordsOfAnyLengthApart) {
  std::vector<std::string> words;
  for (std::size_t size = 1; size <= 70; ++size)
    for (const char c : {'a', 'b'}) {
      words.push_back(std::string(size, c));
      words.push_back(std::string(size - 1, 'a') + 'z');
      words.push_back('z' + std::string(size - 1, 'a'));
      words.push_back(std::string(size / 2, 'a') + 'm' + std::string(size / 2, 'a'));
    }
  WordMemo memo;
  for (const std::string& word : words)
    if (memo.find(word) == nullptr) memo.add(word, meaning(word));
  for (const std::string& word : words) {
    const WordMemo::Entry* entry = memo.find(word);
    ASSERT_NE(entry, nullptr) << word;
    EXPECT_EQ(memo.meaning_of(*entry).term, word);
  }
  EXPECT_EQ(memo.find("c"), nullptr);
  EXPECT_EQ(memo.find(std::string(71, 'a')), nullptr);
}

TEST(WordMemo, TellsAWordFromItsKey) {
  for (std::size_t size = 1; size <= WordMemo::kLongestKey; ++size) {
    std::string word;
    for (std::size_t at = 0; at < size; ++at) word += static_cast<char>('a' + at);
    EXPECT_EQ(WordMemo::word_of(WordMemo::key_of(word)), word);
  }
}

TEST(WordMemo, KeepsNotesWhileItGrows) {
  WordMemo memo;
  memo.add("first", meaning("first")).note = {7, 42};
  for (int at = 0; at < 5'000; ++at) memo.add("w" + std::to_string(at), meaning("w"));
  EXPECT_EQ(memo.find("first")->note.made_in, 7U);
  EXPECT_EQ(memo.find("first")->note.term, 42U);
  EXPECT_EQ(memo.size(), 5'001U);
  memo.clear();
  EXPECT_EQ(memo.find("first"), nullptr);
  EXPECT_EQ(memo.size(), 0U);
}

TEST(WordMemo, SaysWhatIndexingAsksWithoutTheMeaning) {
  WordMemo memo;
  Meaning stop = meaning("the");
  stop.is_stop_word = true;
  EXPECT_TRUE(memo.add("the", stop).is_stop_word);
  Meaning accented = meaning("café");
  accented.plain_term = "cafe";
  EXPECT_TRUE(memo.add("café", accented).has_plain_term);
  EXPECT_FALSE(memo.add("oil", meaning("oil")).has_plain_term);
}

}  // namespace
}  // namespace lede
