#include "corpus/words.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  WordReader reader(text);
  for (Word word; reader.next(word);) words.emplace_back(word.folded);
  return words;
}

std::vector<std::string> raw_words(std::string_view text) {
  std::vector<std::string> words;
  WordReader reader(text);
  for (Word word; reader.next(word);)
    words.emplace_back(text.substr(word.begin, word.end - word.begin));
  return words;
}

using Words = std::vector<std::string>;

struct Case {
  std::string text;
  Words words;
};

TEST(WordReader, SplitsTextAsPeopleSearchIt) {
  const std::vector<Case> cases{
      {"Central bank raises rates.", {"central", "bank", "raises", "rates"}},
      {"", {}},
      {" .,;!? -- ", {}},
      {"O'Brien O’Brien O‘Brien OʼBrien", {"o'brien", "o'brien", "o'brien", "o'brien"}},
      {"Trump won’t", {"trump", "won't"}},
      {"'quoted' “words”", {"quoted", "words"}},
      {"AT&T R&D AT & T", {"at&t", "r&d", "at", "t"}},
      {"3.5 percent", {"3.5", "percent"}},
      {"It rose 3.", {"it", "rose", "3"}},
      {"155,221 bags of 1,000,000", {"155221", "bags", "of", "1000000"}},
      {"1,2,3 and 12,34", {"1", "2", "3", "and", "12", "34"}},
      {"the U.S. and the U.S.-led", {"the", "us", "and", "the", "us", "led"}},
      {"9 a.m. in Washington, D.C.", {"9", "am", "in", "washington", "dc"}},
      {"end. Next", {"end", "next"}},
      {"www.example.com", {"www", "example", "com"}},
      {"C++ and C# but not c+d or a#b",
       {"c++", "and", "c#", "but", "not", "c", "d", "or", "a", "b"}},
      {"COVID-19 long-term", {"covid", "19", "long", "term"}},
      {"snake_case a/b", {"snake", "case", "a", "b"}},
      {"l'économie d’Europe qu'il J'ai", {"economie", "europe", "il", "ai"}},
      {"c'mon s'mores o'clock I'd", {"c'mon", "s'mores", "o'clock", "i'd"}},
  };
  for (const Case& c : cases) EXPECT_EQ(folded_words(c.text), c.words) << c.text;
}

TEST(WordReader, FoldsCaseAndAccents) {
  const std::vector<Case> cases{
      {"café CAFÉ cafe\u0301 Cafe", {"cafe", "cafe", "cafe", "cafe"}},
      {"Zürich Łódź São Tomé", {"zurich", "lodz", "sao", "tome"}},
      {"Straße STRASSE", {"strasse", "strasse"}},
      {"Ærø Øresund œuvre", {"aero", "oresund", "oeuvre"}},
      {"İstanbul ISTANBUL ırmak", {"istanbul", "istanbul", "irmak"}},
      {"ﬁne ｆｕｌｌ", {"fine", "full"}},
      {"Йод ёлка", {"йод", "елка"}},
      {"ΑΘΉΝΑ Αθήνα", {"αθηνα", "αθηνα"}},
      {"soft\u00ADhyphen zero\u200Dwidth", {"softhyphen", "zerowidth"}},
  };
  for (const Case& c : cases) EXPECT_EQ(folded_words(c.text), c.words) << c.text;
}

TEST(WordReader, TakesUnspacedScriptsCharacterByCharacter) {
  EXPECT_EQ(folded_words("北京の天気"), (Words{"北", "京", "の", "天", "気"}));
  EXPECT_EQ(folded_words("서울 날씨"), (Words{"서", "울", "날", "씨"}));
  EXPECT_EQ(folded_words("iPhone発売"), (Words{"iphone", "発", "売"}));
  EXPECT_EQ(folded_words("น้ำท่วม").size(), 5U);
}

TEST(WordReader, FindsALongRunOfUnspacedTextThatXapianDropsInSilence) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "国";
  EXPECT_EQ(folded_words(text).size(), 200U);
}

TEST(WordReader, PointsAtTheWordsInTheRawText) {
  EXPECT_EQ(raw_words("“Zürich” won’t—ever"), (Words{"Zürich", "won’t", "ever"}));
  EXPECT_EQ(raw_words("the U.S. economy, C++."), (Words{"the", "U.S.", "economy", "C++"}));
}

TEST(WordReader, TellsLongWordsApartAndKeepsThemShort) {
  const std::string one(1'000'000, 'a');
  const std::string other = one + "b";
  const std::string folded = folded_words(one).at(0);
  EXPECT_EQ(folded.size(), WordReader::kMaxWordBytes);
  EXPECT_NE(folded, folded_words(other).at(0));
  EXPECT_EQ(folded, folded_words(std::string(1'000'000, 'A')).at(0));
  EXPECT_EQ(folded_words(std::string(64, 'x')).at(0), std::string(64, 'x'));
  EXPECT_LE(folded_words(std::string(65, 'x')).at(0).size(), WordReader::kMaxWordBytes);
}

TEST(WordReader, EndsAWordAtABrokenByte) {
  EXPECT_EQ(folded_words("caf\xE9 bar\xFFxyz"), (Words{"caf", "bar", "xyz"}));
}

std::string random_text(std::mt19937& random, std::size_t pieces) {
  static constexpr std::string_view kPieces[] = {
      "a", "Z", "9",      "'",    "’",    ".",       ",",
      "&", "+", "#",      " ",    "é",    "e\u0301", "北",
      "น้", "й", "\u200D", "\xC3", "\n",   "-",       "ß",
      "İ", "٣", "😀",      "word", "U.S.", "1,000",   std::string_view("\0", 1)};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[random() % std::size(kPieces)];
  return text;
}

TEST(WordReader, GivesOrderedWordsWithinTheTextWhateverItHolds) {
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random, random() % 40);
    WordReader reader(text);
    std::size_t last_end = 0;
    for (Word word; reader.next(word); last_end = word.end) {
      ASSERT_LE(last_end, word.begin) << text;
      ASSERT_LT(word.begin, word.end) << text;
      ASSERT_LE(word.end, text.size()) << text;
      ASSERT_FALSE(word.folded.empty()) << text;
      ASSERT_LE(word.folded.size(), WordReader::kMaxWordBytes) << text;
      ASSERT_TRUE(is_valid_utf8(word.folded)) << text;
    }
  }
}

TEST(WordReader, ReadsAWordTheSameAloneAsInItsText) {
  std::mt19937 random(2);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = clean_text(random_text(random, random() % 20));
    WordReader reader(text);
    for (Word word; reader.next(word);) {
      const std::string raw = text.substr(word.begin, word.end - word.begin);
      EXPECT_EQ(folded_words(raw), Words{std::string(word.folded)}) << text;
    }
  }
}

std::vector<std::string> written_words(std::string_view text) {
  std::vector<std::string> words;
  WordReader reader(text);
  for (Word word; reader.next(word);) words.emplace_back(word.written);
  return words;
}

std::vector<std::string> pairs_of(std::string_view text) {
  std::vector<std::string> pairs;
  WordReader reader(text);
  for (Word word; reader.next(word);)
    if (!word.pair.empty()) pairs.emplace_back(word.pair);
  return pairs;
}

TEST(WordReader, KeepsTheAccentsOfLatinLettersInTheWrittenForm) {
  EXPECT_EQ(written_words("Élections, L’Économie; HÄUSER straße Plain"),
            (Words{"élections", "économie", "häuser", "straße", "plain"}));
  EXPECT_EQ(written_words("Ещё й ﬁne ＡＢ"), (Words{"еще", "й", "fine", "ab"}));
}

TEST(WordReader, PairsCharactersThatStandSideBySide) {
  EXPECT_EQ(pairs_of("東京都、水 AI技術"), (Words{"東京", "京都", "技術"}));
  EXPECT_EQ(pairs_of("경제가 회복"), (Words{"경제", "제가", "회복"}));
  EXPECT_EQ(pairs_of("水 water 水"), (Words{}));
  EXPECT_EQ(pairs_of("ปีหน้า"), (Words{"ปีห", "หน้", "น้า"}));
}

// ---- reading parts of a text -------------------------------------------------------------------

/// Words, and what stands in and between them, in any order.
std::string random_text(std::mt19937& random) {
  const Words pieces{"oil",  "Oil",  "a",  "c",      "U",  "S",     "l",      "qu", "3",
                     "155",  "221",  "é",  "É",      "石", "ต",     "\u0301", "C",  "++",
                     "#",    "'",    "’",  ".",      ",",  "&",     "-",      " ",  " ",
                     "  ",   "\n\n", "。", "\u00AD", "…",  "нефть", "“",      "/",  "international",
                     "\xFF", "ﬁ"};
  std::string text;
  for (std::size_t count = random() % 120; count > 0; --count)
    text += pieces[random() % pieces.size()];
  return text;
}

struct Place {
  std::size_t begin;
  std::size_t end;
  std::string folded;

  friend bool operator==(const Place&, const Place&) = default;
};

std::vector<Place> places_from(std::string_view text, std::size_t start) {
  std::vector<Place> places;
  WordReader reader(text, start);
  for (Word word; reader.next(word);)
    places.push_back({word.begin, word.end, std::string(word.folded)});
  return places;
}

/// Some of one byte, some of two; and whether a folded word begins so.
struct Beginnings {
  WordBeginnings beginnings;
  Words prefixes = {};

  explicit Beginnings(std::mt19937& random) {
    const auto pick = [&](std::string_view bytes) { return bytes[random() % bytes.size()]; };
    for (std::size_t count = random() % 4; count > 0; --count) {
      std::string prefix(1, pick("oacelus1qn\xE7\xD0"));
      if (random() % 2 == 0 && prefix[0] >= 'a') prefix += pick("ilnsua5");
      prefix.size() == 1 ? beginnings.add(prefix[0]) : beginnings.add(prefix[0], prefix[1]);
      prefixes.push_back(prefix);
    }
  }

  bool have(const Place& place) const {
    return std::ranges::any_of(
        prefixes, [&](const std::string& prefix) { return place.folded.starts_with(prefix); });
  }
};

TEST(WordReader, PassesOverNoWordThatBeginsAsWanted) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random);
    const Beginnings wanted(random);
    const auto is_unwanted = [&](const Place& place) { return !wanted.have(place); };
    std::vector<Place> places = places_from(text, 0);
    std::vector<Place> read;
    WordReader reader(text);
    for (Word word; reader.next_beginning_with(wanted.beginnings, word);) {
      read.push_back({word.begin, word.end, std::string(word.folded)});
      ASSERT_TRUE(std::ranges::find(places, read.back()) != places.end()) << text;
    }
    std::erase_if(places, is_unwanted);
    std::erase_if(read, is_unwanted);
    ASSERT_TRUE(read == places) << text;
  }
}

TEST(WordReader, ReadsFewWordsThatBeginOtherwise) {
  WordBeginnings beginnings;
  beginnings.add('p', 'r');
  const std::string_view text = "oil Prices and PROFITS; people pray";
  Words read;
  WordReader reader(text);
  for (Word word; reader.next_beginning_with(beginnings, word);) read.emplace_back(word.folded);
  EXPECT_EQ(read, (Words{"prices", "profits", "pray"}));
}

TEST(WordBoundary, IsAPlaceToReadTheSameWordsFrom) {
  std::mt19937 random(2);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random);
    const std::size_t at = random() % (text.size() + 1);
    const std::size_t boundary = word_boundary_before(text, at);
    ASSERT_LE(boundary, at);
    std::vector<Place> behind = places_from(text, 0);
    std::erase_if(behind, [&](const Place& place) { return place.begin < boundary; });
    ASSERT_TRUE(places_from(text, boundary) == behind) << text << '|' << boundary;
  }
}

TEST(WordBoundary, IsNear) {
  EXPECT_EQ(word_boundary_before("one two three", 10), 8u);
  EXPECT_EQ(word_boundary_before("one two three", 8), 8u);
  EXPECT_EQ(word_boundary_before("one", 2), 0u);
  EXPECT_EQ(word_boundary_before("石油。石油", 13), 9u);  // 10 would be inside a character
}

TEST(Folded, TakesAPieceOfAWord) {
  EXPECT_EQ(folded("Élect"), "elect");
  EXPECT_EQ(folded(""), "");
}

TEST(Folded, MatchesTheFoldedFormOfTheWordReader) {
  for (const std::string word : {"HÄUSER", "straße", "Ещё", "東", "øre"})
    EXPECT_EQ(folded(word), folded_words(word).at(0));
}

}  // namespace
}  // namespace lede
