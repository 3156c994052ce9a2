#include "corpus/learned_words.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "corpus/words.hpp"
#include "tests/unit/corpus/listed_words.hpp"

namespace lede {
namespace {

SortedWords words_in(std::string_view text) {
  LearnedWords words;
  WordReader reader(text);
  for (Word word; reader.next(word);) words.add(word.written, word.folded);
  return words.take();
}

TEST(LearnedWords, AreSortedAndListedOnce) {
  EXPECT_EQ(in_order({"c++", "going", "gone", "élan", "économie"}),
            words_of(words_in("Going, gone, going; l'économie, c++ & l'Élan gone")));
}

TEST(LearnedWords, AreNoneTheSecondTime) {
  LearnedWords words;
  words.add("go", "go");
  EXPECT_FALSE(words.take().is_empty());
  EXPECT_TRUE(words.take().is_empty());
}

TEST(LearnedWords, LeaveOutCharactersOfScriptsWithoutSpaces) {
  EXPECT_EQ(words_of(words_in("東京 ไทย Tokyo")), in_order({"tokyo"}));
}

TEST(LearnedWords, LeaveOutHashesOfLongWords) {
  EXPECT_EQ(words_of(words_in(std::string(500, 'x') + " short " + std::string(60, 'y'))),
            in_order({"short", std::string(60, 'y')}));
  for (std::size_t size = 1; size < 200; ++size)
    for (const char* letter : {"x", "ж", "ക", "𐐨", "é"}) {
      std::string text;
      while (text.size() < size) text += letter;
      for (const std::string& word : words_of(words_in(text))) EXPECT_EQ(word, text);
    }
}

TEST(LearnedWords, AreTheSameHoweverFewMayWait) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    LearnedWords words(1 + random() % 2000);
    WordSet wanted;
    for (auto count = random() % 5000; count > 0; --count) {
      const std::string word = "w" + random_word(random).substr(0, kLongestListedWord - 1);
      words.add(word, word);
      wanted.insert(word);
    }
    EXPECT_EQ(words_of(words.take()), in_order(wanted));
  }
}

}  // namespace
}  // namespace lede
