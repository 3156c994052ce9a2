#include "corpus/analyzer.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "corpus/languages.hpp"

namespace lede {
namespace {

std::vector<std::string> terms_of(const std::string& text,
                                  const std::string& language = "english") {
  Analyzer analyzer(language);
  std::vector<std::string> terms;
  analyzer.analyze(text, [&](const Token& token) { terms.emplace_back(token.term()); });
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
    weightless.push_back(token.is_stop_word());
    unasked.push_back(token.is_query_stop_word());
  });
  EXPECT_EQ(weightless, (std::vector<bool>{true, false, false}));
  EXPECT_EQ(unasked, (std::vector<bool>{true, true, false}));
  Analyzer german("german");
  german.analyze("the", [](const Token& token) { EXPECT_FALSE(token.is_stop_word()); });
}

TEST(Analyzer, StemsWordsWithTheirAccents) {
  EXPECT_EQ(terms_of("élections élection", "french"), (Terms{"elect", "elect"}));
  EXPECT_EQ(terms_of("comunicación comunicaciones", "spanish"), (Terms{"comun", "comun"}));
  EXPECT_EQ(terms_of("Häuser Haus", "german"), (Terms{"haus", "haus"}));
}

TEST(Analyzer, KnowsWhatAWordIsWithoutItsAccents) {
  Analyzer spanish("spanish");
  std::vector<std::string> plain_terms;
  spanish.analyze("comunicación comunicacion río",
                  [&](const Token& token) { plain_terms.emplace_back(token.plain_term()); });
  EXPECT_EQ(plain_terms, (Terms{terms_of("comunicacion", "spanish").at(0), "", ""}));
}

TEST(Analyzer, MarksWhatAStemmerCanTouch) {
  Analyzer german("german", "DE");
  std::vector<std::string> terms;
  german.analyze("Häuser 2025 3.5 COVID-19 東京",
                 [&](const Token& token) { terms.emplace_back(token.term()); });
  EXPECT_EQ(terms, (Terms{"hausDE", "2025", "3.5", "covidDE", "19", "東", "京"}));
}

TEST(Analyzers, GiveEachLanguageItsStemmerAndItsMark) {
  Analyzers analyzers("auto");
  const auto term = [&](const std::string& code, const std::string& text) {
    std::string found;
    analyzers.with(analyzers.stemmer_for(code)).analyze(text, [&](const Token& token) {
      found = token.term();
    });
    return found;
  };
  EXPECT_EQ(term("en", "rates"), "rate");
  EXPECT_EQ(term("", "rates"), "rate");
  EXPECT_EQ(term("fr", "rates"), "ratFR");
  EXPECT_EQ(term("ja", "rates"), "ratesXX");
}

TEST(Analyzers, HaveOneForAllWhereTheIndexHas) {
  Analyzers analyzers("german");
  EXPECT_EQ(analyzers.stemmer_for("fr"), "german");
  EXPECT_EQ(&analyzers.with("german"), &analyzers.with(analyzers.stemmer_for("")));
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

void expect_first_bytes_are_kept(const std::string& language) {
  SCOPED_TRACE(language);
  Analyzer analyzer(language);
  if (!analyzer.keeps_first_bytes()) return;
  const std::string endings[] = {"", "s", "es", "ies", "ying", "ing", "ed", "ly", "'s", "ness"};
  const std::string letters = "abcdefghijklmnopqrstuvwxyz0";
  for (const char first : letters) {
    for (const char second : letters) {
      for (const std::string& ending : endings)
        analyzer.analyze(std::string{first, second} + ending, [&](const Token& token) {
          EXPECT_EQ(token.term().front(), first) << second << ending;
        });
    }
  }
}

TEST(Analyzer, KeepsTheFirstByteOfEveryWordWhereItSaysSo) {
  for (const std::string& language : index_languages())
    if (language != kEachItsOwn) expect_first_bytes_are_kept(language);
  EXPECT_TRUE(Analyzer("english").keeps_first_bytes());
  EXPECT_FALSE(Analyzer("arabic").keeps_first_bytes());
}

TEST(Analyzer, TellsHowWordsOfATermBegin) {
  Analyzer english("english");
  const std::string letters = "abcdefghijklmnopqrstuvwxyz";
  for (const char first : letters)
    for (const char second : letters)
      for (const char third : letters)
        for (const char* ending :
             {"", "s", "ies", "ying", "ing", "ed", "eed", "ly", "'s", "ness"}) {
          const std::string word = std::string{first, second, third} + ending;
          for (const std::string& each : {word, std::string{first, second} + ending})
            english.analyze(each, [&](const Token& token) {
              WordBeginnings beginnings;
              english.add_beginnings_of(token.term(), beginnings);
              ASSERT_TRUE(beginnings.have(first) && beginnings.may_have(first, second)) << each;
            });
        }
}

TEST(Analyzer, LeavesWordsOfNoInterestUnstemmed) {
  std::vector<std::string> terms;
  Analyzer english("english");
  english.analyze_where(
      "rising rates fall", [](std::string_view folded) { return folded.starts_with('r'); },
      [&](const Token& token) { terms.emplace_back(token.term()); });
  EXPECT_EQ(terms, (Terms{"rise", "rate", ""}));
}

TEST(Analyzer, GivesTheSameTermsWhenItsMemoryWasEmptied) {
  Analyzer analyzer("english");
  const auto term_of_rates = [&] {
    std::string term;
    analyzer.analyze("rates", [&](const Token& token) { term = token.term(); });
    return term;
  };
  const std::string before = term_of_rates();
  for (int i = 0; i < 310'000; ++i) analyzer.analyze("w" + std::to_string(i), [](const Token&) {});
  EXPECT_EQ(term_of_rates(), before);
}

}  // namespace
}  // namespace lede
