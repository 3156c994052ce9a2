#include "corpus/sorted_words.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/corpus/listed_words.hpp"

namespace lede {
namespace {

TEST(SortedWords, ComeBackAsTheyWentIn) {
  const WordSet words{"a", "ab", "abc", "b", "go", "going", "gone", "élan", "日本"};
  EXPECT_EQ(words_of(sorted(words)), in_order(words));
}

TEST(SortedWords, ComeBackWhateverTheirBytesAndLengths) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const WordSet words = random_words(random, seed);
    EXPECT_EQ(words_of(sorted(words)), in_order(words));
  }
}

TEST(SortedWords, OfAllLengthsShareAllLengths) {
  WordSet words;
  for (std::size_t size = 1; size <= kLongestListedWord; ++size) {
    words.insert(std::string(size, 'x'));
    for (std::size_t more = 1; size + more <= kLongestListedWord; ++more)
      words.insert(std::string(size, 'x') + std::string(more, 'y'));
  }
  EXPECT_EQ(words_of(sorted(words)), in_order(words));
}

TEST(SortedWords, AreListedOnce) {
  SortedWordsWriter writer;
  for (const char* word : {"go", "go", "going", "going"}) writer.add(word);
  EXPECT_EQ(words_of(writer.take()), (std::vector<std::string>{"go", "going"}));
}

TEST(SortedWords, OfAPartMayBeginWithTheWordBefore) {
  SortedWordsWriter writer("gone");
  writer.add("gone");
  writer.add("good");
  const SortedWords list = writer.take();
  SortedWordsReader reader(list.bytes, "gone");
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.word(), "gone");
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.word(), "good");
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.is_broken());
}

TEST(SortedWords, OfTwoListsAreThoseOfEither) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const WordSet one = random_words(random, random() % 200);
    const WordSet other = random_words(random, random() % 200);
    WordSet both = one;
    both.insert(other.begin(), other.end());
    EXPECT_EQ(words_of(united(sorted(one), sorted(other))), in_order(both));
  }
}

/// Reads bytes of their own, so that a sanitizer sees what is read behind them.
void expect_ascending(const std::string& bytes) {
  const std::vector<char> own(bytes.begin(), bytes.end());
  SortedWordsReader reader({own.data(), own.size()});
  for (std::string last; reader.next(); last = reader.word()) {
    ASSERT_LT(last, reader.word());
    ASSERT_LE(reader.word().size(), kLongestListedWord);
  }
  EXPECT_FALSE(reader.next());
}

TEST(SortedWords, OfAnyBytesAscendAndEnd) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::string bytes = sorted(random_words(random, 20)).bytes;
    for (auto changes = 1 + random() % 4; changes > 0; --changes)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    bytes.resize(random() % (bytes.size() + 1));
    expect_ascending(bytes);
  }
}

TEST(SortedWords, ThatAreCutOffAreBroken) {
  const std::string bytes = sorted({"government", "governments", "x"}).bytes;
  SortedWordsReader reader(std::string_view(bytes).substr(0, 5));
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.is_broken());
}

TEST(SortedWords, OutOfOrderAreBroken) {
  const std::string bytes =
      "\x01"
      "b"
      "\x01"
      "a";
  SortedWordsReader reader(bytes);
  EXPECT_TRUE(reader.next());
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.is_broken());
}

}  // namespace
}  // namespace lede
