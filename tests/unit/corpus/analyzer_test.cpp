#include "corpus/analyzer.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

std::vector<std::string> terms_of(const std::string& text,
                                  const std::string& language = "english") {
  Analyzer analyzer(language);
  std::vector<std::string> terms;
  analyzer.analyze(text, [&](const Token& token) { terms.emplace_back(token.term); });
  return terms;
}

using Terms = std::vector<std::string>;

TEST(Analyzer, LetsTheFormsOfAWordMeet) {
  EXPECT_EQ(terms_of("Rates"), terms_of("rate"));
  EXPECT_EQ(terms_of("café"), terms_of("cafe"));
  EXPECT_EQ(terms_of("Putin's"), terms_of("PUTIN’S"));
  EXPECT_EQ(terms_of("putin’s"), terms_of("putin"));
  EXPECT_EQ(terms_of("attacks attacked attacking"), (Terms{"attack", "attack", "attack"}));
}

TEST(Analyzer, StemsCapitalisedWordsToo) {
  EXPECT_EQ(terms_of("RATES"), (Terms{"rate"}));
}

TEST(Analyzer, FollowsTheLanguage) {
  EXPECT_EQ(terms_of("Zeitungen", "german"), terms_of("Zeitung", "german"));
  EXPECT_NE(terms_of("Zeitungen"), terms_of("Zeitung"));
}

TEST(Analyzer, LeavesWordsWholeWithoutALanguage) {
  EXPECT_EQ(terms_of("Rates", "none"), (Terms{"rates"}));
}

TEST(Analyzer, KnowsBothKindsOfStopWordsInEnglishOnly) {
  std::vector<bool> weightless;
  std::vector<bool> unasked;
  Analyzer english("english");
  english.analyze("The what harbour", [&](const Token& token) {
    weightless.push_back(token.is_stop_word);
    unasked.push_back(token.is_query_stop_word);
  });
  EXPECT_EQ(weightless, (std::vector<bool>{true, false, false}));
  EXPECT_EQ(unasked, (std::vector<bool>{true, true, false}));
  Analyzer german("german");
  german.analyze("the", [](const Token& token) { EXPECT_FALSE(token.is_stop_word); });
}

TEST(Analyzer, RefusesALanguageThatXapianDoesNotKnow) {
  try {
    Analyzer analyzer("klingon");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("klingon"), std::string::npos);
    EXPECT_NE(error.hint().find("english"), std::string::npos);
  }
}

TEST(Analyzer, KeepsTheFirstByteOfEveryWordWhereItSaysSo) {
  Analyzer english("english");
  ASSERT_TRUE(english.keeps_first_bytes());
  const std::string endings[] = {"", "s", "es", "ies", "ying", "ing", "ed", "ly", "'s", "ness"};
  const std::string letters = "abcdefghijklmnopqrstuvwxyz0";
  for (const char first : letters) {
    for (const char second : letters) {
      for (const std::string& ending : endings)
        english.analyze(std::string{first, second} + ending, [&](const Token& token) {
          EXPECT_EQ(token.term.front(), first) << second << ending;
        });
    }
  }
  EXPECT_FALSE(Analyzer("arabic").keeps_first_bytes());
}

TEST(Analyzer, LeavesWordsOfNoInterestUnstemmed) {
  std::vector<std::string> terms;
  Analyzer english("english");
  english.analyze_where(
      "rising rates fall", [](std::string_view folded) { return folded.starts_with('r'); },
      [&](const Token& token) { terms.emplace_back(token.term); });
  EXPECT_EQ(terms, (Terms{"rise", "rate", ""}));
}

TEST(Analyzer, GivesTheSameTermsWhenItsMemoryWasEmptied) {
  Analyzer analyzer("english");
  const auto term_of_rates = [&] {
    std::string term;
    analyzer.analyze("rates", [&](const Token& token) { term = token.term; });
    return term;
  };
  const std::string before = term_of_rates();
  for (int i = 0; i < 310'000; ++i) analyzer.analyze("w" + std::to_string(i), [](const Token&) {});
  EXPECT_EQ(term_of_rates(), before);
}

}  // namespace
}  // namespace lede
