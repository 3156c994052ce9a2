#include "query/word_matchers.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/unit/query/tiny_index.hpp"

namespace lede {
namespace {

bool matches(std::string_view pattern, std::string_view word) {
  return WordPattern(pattern).look_at(word).is_match;
}

TEST(WordPattern, TakesAnyLettersForAStarAndOneForAQuestionMark) {
  EXPECT_TRUE(matches("wo*d", "word"));
  EXPECT_TRUE(matches("wo*d", "wod"));
  EXPECT_FALSE(matches("wo*d", "words"));
  EXPECT_TRUE(matches("w?rd", "ward"));
  EXPECT_FALSE(matches("w?rd", "wrd"));
  EXPECT_FALSE(matches("w?rd", "weird"));
  EXPECT_TRUE(matches("*ing", "ing"));
  EXPECT_TRUE(matches("*ing", "singing"));
  EXPECT_TRUE(matches("a*b*c", "axbxbxc"));
  EXPECT_TRUE(matches("W?RD*", "words"));
  EXPECT_TRUE(matches("caf?", "cafe"));
  EXPECT_TRUE(matches("\u65E5?", "\u65E5\u672C"));
}

/// By trying out what a star may stand for.
bool matches_slowly(std::string_view pattern, std::string_view word) {
  if (pattern.empty()) return word.empty();
  if (pattern[0] == '*')
    return matches_slowly(pattern.substr(1), word) ||
           (!word.empty() && matches_slowly(pattern, word.substr(1)));
  return !word.empty() && (pattern[0] == '?' || pattern[0] == word[0]) &&
         matches_slowly(pattern.substr(1), word.substr(1));
}

std::size_t errors_slowly(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const std::size_t other = errors_slowly(a.substr(1), b.substr(1)) + (a[0] == b[0] ? 0 : 1);
  std::size_t least =
      std::min({other, errors_slowly(a.substr(1), b) + 1, errors_slowly(a, b.substr(1)) + 1});
  if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0])
    least = std::min(least, errors_slowly(a.substr(2), b.substr(2)) + 1);
  return least;
}

std::string random_letters(std::mt19937& random, std::string_view letters, std::size_t most) {
  std::string word;
  const auto size = std::uniform_int_distribution<std::size_t>(1, most)(random);
  std::uniform_int_distribution<std::size_t> letter(0, letters.size() - 1);
  while (word.size() < size) word += letters[letter(random)];
  return word;
}

TEST(WordPattern, MatchesWhatTryingOutMatches) {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string pattern = random_letters(random, "ab?*", 6);
    const std::string word = random_letters(random, "abc", 7);
    const Verdict verdict = WordPattern(pattern).look_at(word);
    ASSERT_EQ(verdict.is_match, matches_slowly(pattern, word)) << pattern << ' ' << word;
    if (verdict.hopeless_bytes == 0) continue;
    const std::string longer =
        word.substr(0, verdict.hopeless_bytes) + random_letters(random, "abc", 5);
    ASSERT_FALSE(matches_slowly(pattern, longer)) << pattern << ' ' << longer;
  }
}

TEST(TypingErrors, CountsLettersTooManyTooFewOthersAndChangedNeighbours) {
  const auto errors = [](std::string_view a, std::string_view b) {
    TypingErrors matcher(a, 2);
    return matcher.look_at(b).is_match ? std::to_string(matcher.distance()) : "more";
  };
  EXPECT_EQ(errors("cartel", "cartel"), "0");
  EXPECT_EQ(errors("cratel", "cartel"), "1");
  EXPECT_EQ(errors("cartl", "cartel"), "1");
  EXPECT_EQ(errors("caartel", "cartel"), "1");
  EXPECT_EQ(errors("kartel", "cartel"), "1");
  EXPECT_EQ(errors("kratel", "cartel"), "2");
  EXPECT_EQ(errors("kratl", "cartel"), "more");
  EXPECT_EQ(errors("caf\u00E9", "cafe"), "1");
}

TEST(TypingErrors, CountsWhatTryingOutCountsInWhateverOrderWordsCome) {
  std::mt19937 random(2);
  for (int i = 0; i < 300; ++i) {
    const std::string wanted = random_letters(random, "abc", 6);
    const std::size_t most = std::uniform_int_distribution<std::size_t>(0, 2)(random);
    TypingErrors matcher(wanted, most);
    for (int j = 0; j < 30; ++j) {
      const std::string word = random_letters(random, "abc", 7);
      const std::size_t errors = errors_slowly(wanted, word);
      const Verdict verdict = matcher.look_at(word);
      ASSERT_EQ(verdict.is_match, errors <= most) << wanted << ' ' << word;
      if (verdict.is_match) {
        ASSERT_EQ(matcher.distance(), errors);
      }
      if (verdict.hopeless_bytes == 0) continue;
      const std::string longer =
          word.substr(0, verdict.hopeless_bytes) + random_letters(random, "abc", 4);
      ASSERT_GT(errors_slowly(wanted, longer), most) << wanted << ' ' << longer;
    }
  }
}

TEST(ForEachMatch, FindsInTheLexiconWhatLookingAtEachWordFinds) {
  std::mt19937 random(3);
  std::set<std::string> words{"\u00E9lan", "\u00E9t\u00E9"};
  while (words.size() < 3000) words.insert(random_letters(random, "abcde", 6));
  const TinyIndex index({make_article("1", "", fmt::format("{}", fmt::join(words, " ")))});
  Lexicon lexicon(index.database());
  for (const std::string_view pattern : {"a*", "*a", "b?c*", "ab*de", "?t?", "e*", "*", "dead"}) {
    WordPattern matcher(pattern);
    std::vector<std::string> expected;
    for (const std::string& word : words)
      if (matcher.look_at(folded(word)).is_match) expected.push_back(word);
    std::vector<std::string> seen;
    for_each_match(lexicon, matcher, {}, [&](std::string_view word) {
      seen.emplace_back(word);
      return true;
    });
    EXPECT_EQ(seen, expected) << pattern;
  }
  TypingErrors matcher("abcde", 2);
  std::vector<std::string> expected;
  for (const std::string& word : words)
    if (TypingErrors("abcde", 2).look_at(folded(word)).is_match) expected.push_back(word);
  std::vector<std::string> seen;
  for_each_match(lexicon, matcher, {}, [&](std::string_view word) {
    seen.emplace_back(word);
    return true;
  });
  EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace lede
