#include "query/text_finders.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace lede {
namespace {

std::vector<std::string> terms_of(std::string_view phrase, Analyzer& analyzer) {
  std::vector<std::string> terms;
  analyzer.analyze(phrase, [&](const Token& token) { terms.emplace_back(token.term()); });
  return terms;
}

bool has_phrase(std::string_view text, std::string_view phrase,
                const std::string& stemmer = "english") {
  Analyzer analyzer(stemmer);
  const std::vector<std::string> terms = terms_of(phrase, analyzer);
  return PhraseFinder(terms, analyzer).is_in(text);
}

TEST(PhraseFinder, FindsWordsSideBySideInTheirOrder) {
  EXPECT_TRUE(has_phrase("The price of crude oil rose.", "crude oil"));
  EXPECT_TRUE(has_phrase("crude oil", "crude oil"));
  EXPECT_TRUE(has_phrase("CRUDE-OILS", "crude oil"));
  EXPECT_FALSE(has_phrase("oil crude", "crude oil"));
  EXPECT_FALSE(has_phrase("crude and oil", "crude oil"));
  EXPECT_FALSE(has_phrase("crude", "crude oil"));
  EXPECT_FALSE(has_phrase("", "crude oil"));
}

TEST(PhraseFinder, BeginsAnewWithinAFailedBeginning) {
  EXPECT_TRUE(has_phrase("run run run home", "run run home"));
  EXPECT_TRUE(has_phrase("to be or to be or not to be", "to be or not"));
  EXPECT_TRUE(has_phrase("a b a b a c", "a b a c"));
  EXPECT_FALSE(has_phrase("a b a b a", "a b a c"));
}

TEST(PhraseFinder, TakesAWordWithItsAccentsOrWithout) {
  EXPECT_TRUE(has_phrase("les élections locales", "elections locales", "french"));
  EXPECT_TRUE(has_phrase("les élections locales", "élections locales", "french"));
  EXPECT_TRUE(has_phrase("dans l'économie locale", "economie locale", "french"));
}

TEST(PhraseFinder, FindsCharactersOfScriptsWithoutSpaces) {
  EXPECT_TRUE(has_phrase("東京都の経済", "都の経"));
  EXPECT_FALSE(has_phrase("東京都。の経済", "都経"));
}

TEST(PhraseFinder, FindsWordsWhoseFrontTheStemmerTakesOff) {
  EXPECT_TRUE(has_phrase("harga memperbaiki jalan raya", "perbaiki jalan", "indonesian"));
}

TEST(PhraseFinder, FindsThePhraseAnywhereInALongText) {
  for (std::size_t before = 1000; before < 1060; ++before) {
    const std::string text = std::string(before, '.') + " the crude oil, and so on. ";
    EXPECT_TRUE(has_phrase(text, "crude oil")) << before;
    EXPECT_TRUE(has_phrase(text + text, "so on the crude")) << before;
    EXPECT_FALSE(has_phrase(text + text, "the oil")) << before;
  }
}

TEST(PhraseFinder, ForgetsTheTextBefore) {
  Analyzer analyzer("english");
  const std::vector<std::string> terms = terms_of("crude oil", analyzer);
  PhraseFinder finder(terms, analyzer);
  EXPECT_FALSE(finder.is_in("the price of crude"));
  EXPECT_FALSE(finder.is_in("oil rose"));
  EXPECT_TRUE(finder.is_in("crude oil"));
  EXPECT_FALSE(finder.is_in("crude"));
}

// Words as they are written ---------------------------------------------------------------------

/// Of words that may be followed by others: `crude oil` is one operand, of one sequence.
Operand written_operand(const std::vector<std::vector<std::string>>& sequences) {
  Operand operand;
  for (const std::vector<std::string>& words : sequences) {
    operand.emplace_back();
    for (const std::string& word : words) operand.back().push_back({{}, {word}});
  }
  return operand;
}

WrittenFinder::Found found_of(std::string_view text, std::vector<Operand> operands) {
  const WrittenFinder::Found all = (WrittenFinder::Found{1} << operands.size()) - 1;
  return WrittenFinder(std::move(operands)).found_in(text, all);
}

TEST(WrittenFinder, TellsWhichOfTheOperandsATextHas) {
  const std::vector<Operand> operands{written_operand({{"prices"}}),
                                      written_operand({{"crude", "oil"}, {"gas"}}),
                                      written_operand({{"price"}})};
  EXPECT_EQ(found_of("Prices of crude oil", operands), 0b011U);
  EXPECT_EQ(found_of("the PRICE of gas", operands), 0b110U);
  EXPECT_EQ(found_of("crude and oil, priced", operands), 0U);
  EXPECT_EQ(found_of("", operands), 0U);
}

TEST(WrittenFinder, LooksOnlyForWhatIsWanted) {
  std::vector<Operand> operands{written_operand({{"oil"}}), written_operand({{"gas"}})};
  const WrittenFinder finder(std::move(operands));
  EXPECT_EQ(finder.found_in("oil and gas", 0b10), 0b10U);
  EXPECT_EQ(finder.found_in("oil and gas", 0b01), 0b01U);
}

/// By reading every word.
bool has_slowly(std::string_view text, const WordSequence& sequence) {
  std::vector<std::string> words;
  WordReader reader(text);
  for (Word word; reader.next(word);) words.emplace_back(word.folded);
  const auto is_word = [](const WordTest& test, const std::string& word) {
    return std::ranges::find(test.forms, word) != test.forms.end();
  };
  return std::search(words.begin(), words.end(), sequence.begin(), sequence.end(),
                     [&](const std::string& word, const WordTest& test) {
                       return is_word(test, word);
                     }) != words.end();
}

TEST(WrittenFinder, FindsWhatReadingEveryWordFinds) {
  constexpr std::array<std::string_view, 18> kWords{
      "the",      "The",    "they", "U.S.", "us",   "l'économie", "economie", "O'Brien",  "AT&T",
      "1,500.25", "150025", "C++",  "c",    "東京", "京都",       "Élan",     "élection", "\377a"};
  constexpr std::array<std::string_view, 6> kJoints{" ", "-", ", ", ". ", "\n", "'"};
  constexpr std::array<std::string_view, 14> kForms{
      "the",    "they", "us", "economie", "o'brien", "at&t", "1500.25",
      "150025", "c++",  "c",  "東",       "京",      "elan", "election"};
  std::mt19937 random(3);
  const auto pick = [&](const auto& values) {
    return std::string(values[random() % values.size()]);
  };
  std::size_t found = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto words = random() % 40; words > 0; --words) text += pick(kWords) + pick(kJoints);
    std::vector<Operand> operands(1 + random() % 4);
    WrittenFinder::Found expected = 0;
    for (std::size_t at = 0; at < operands.size(); ++at) {
      std::vector<std::vector<std::string>> sequences(1 + random() % 2);
      for (auto& sequence : sequences)
        for (auto words = 1 + random() % 2; words > 0; --words) sequence.push_back(pick(kForms));
      operands[at] = written_operand(sequences);
      const auto has = [&](const WordSequence& sequence) { return has_slowly(text, sequence); };
      if (std::ranges::any_of(operands[at], has)) expected |= WrittenFinder::Found{1} << at;
    }
    ASSERT_EQ(found_of(text, operands), expected) << text;
    if (expected != 0) ++found;
  }
  EXPECT_GT(found, 5'000U);
}

}  // namespace
}  // namespace lede
