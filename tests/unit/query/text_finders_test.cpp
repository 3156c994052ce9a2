#include "query/text_finders.hpp"

#include <string>
#include <vector>

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

}  // namespace
}  // namespace lede
