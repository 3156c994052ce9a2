#include "corpus/languages.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/analyzer.hpp"

namespace lede {
namespace {

TEST(LanguageCode, IsOneForEachLanguageHoweverItIsNamed) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"en", "en"},       {"EN-us", "en"},
      {"en_US", "en"},    {" de ", "de"},
      {"German", "de"},   {"ger", "de"},
      {"deu", "de"},      {"nb", "no"},
      {"nn-NO", "no"},    {"zh-Hant-TW", "zh"},
      {"chineset", "zh"}, {"iw", "he"},
      {"in", "id"},       {"ji", "yi"},
      {"haw", "haw"},     {"tlh", "tlh"},
      {"und", ""},        {"mul", ""},
      {"klingonese", ""}, {"e", ""},
      {"12", ""},         {"", ""},
      {"x-default", ""}};
  for (const auto& [value, code] : cases) EXPECT_EQ(language_code(value), code) << value;
}

TEST(StemmerOf, IsThatOfTheLanguageOrNone) {
  EXPECT_EQ(stemmer_of("de"), "german");
  EXPECT_EQ(stemmer_of("no"), "norwegian");
  EXPECT_EQ(stemmer_of("ja"), "none");
  EXPECT_EQ(stemmer_of("tlh"), "none");
}

TEST(StemmerOf, IsEnglishWhereNobodyKnowsTheLanguage) {
  EXPECT_EQ(stemmer_of(""), "english");
  EXPECT_EQ(stemmer_of(kUndetermined), "english");
}

TEST(StemMark, TellsTheStemmersApart) {
  const std::vector<std::string> codes{"ar", "ca", "da", "de", "en", "es", "eu", "fi", "fr",
                                       "ga", "hu", "hy", "id", "it", "lt", "ne", "nl", "no",
                                       "pt", "ro", "ru", "sv", "ta", "tr", "ja"};
  std::set<std::string> marks;
  for (const std::string& code : codes) {
    Analyzer analyzer{std::string(stemmer_of(code))};  // Xapian has it
    marks.emplace(stem_mark(stemmer_of(code)));
  }
  EXPECT_EQ(marks.size(), codes.size());
  EXPECT_EQ(stem_mark("english"), "");
}

TEST(IndexLanguages, AreAutoNoneAndTheStemmers) {
  for (const auto* name : {"auto", "none", "english", "german"})
    EXPECT_TRUE(is_index_language(name)) << name;
  for (const auto* name : {"", "klingon", "de"}) EXPECT_FALSE(is_index_language(name)) << name;
  EXPECT_EQ(std::ranges::count(index_languages(), "auto"), 1);
}

}  // namespace
}  // namespace lede
