#include "query/text_map.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"
#include "query/occurrences.hpp"

namespace lede {
namespace {

using Strings = std::vector<std::string>;

std::string random_text(std::mt19937& random, std::size_t most_pieces) {
  static const Strings pieces{"oil",  "Oil", "price", "prices", "crude",   "U.S.", "Mr.", "l’oil",
                              "石油", "é",   "a.m.",  "нефть",  "O’Brien", "C++",  "3.5"};
  static const Strings gaps{" ",    " ", " ",   " ",  ". ", "! ", "。",         ".” “",
                            "\n\n", "-", " — ", ", ", "\n", "",   "\n\n***\n\n"};
  std::string text;
  for (std::size_t count = random() % most_pieces; count > 0; --count)
    text += pieces[random() % pieces.size()] + gaps[random() % gaps.size()];
  return text;
}

/// Calls `check(text, random)` for texts of any length.
template <typename Check>
void for_each_text(Check&& check) {
  std::mt19937 random(1);
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random_text(random, 200);
    SCOPED_TRACE(text);
    check(text, random);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(MapAround, HasTheWordsOfTheWholeMapAndOneOnEachSide) {
  for_each_text([](const std::string& text, std::mt19937& random) {
    const std::size_t begin = random() % (text.size() + 1);
    const std::size_t end = begin + random() % (text.size() + 1 - begin);
    const TextMap whole = map_text(text);
    const TextMap part = map_text_around(text, {begin, end});
    const auto found =
        std::search(whole.words.begin(), whole.words.end(), part.words.begin(), part.words.end());
    ASSERT_TRUE(found != whole.words.end() || part.words.empty());
    if (found != whole.words.begin()) {
      EXPECT_LE(part.words.front().end, begin);
    }
    if (found + static_cast<std::ptrdiff_t>(part.words.size()) != whole.words.end()) {
      EXPECT_GT(part.words.back().begin, end);
    }
  });
}

TEST(MapAround, HasTheSentencesOfTheWholeMapButForThoseAtItsEnds) {
  for_each_text([](const std::string& text, std::mt19937& random) {
    const std::size_t begin = random() % (text.size() + 1);
    const std::size_t end = begin + random() % (text.size() + 1 - begin);
    const TextMap whole = map_text(text);
    const TextMap part = map_text_around(text, {begin, end});
    EXPECT_TRUE(part.sentences.front().begins_paragraph);
    const auto is_inside = [&](const Sentence& sentence) {
      return sentence.begin >= begin && sentence.end <= end;
    };
    std::vector<Sentence> of_whole;
    std::vector<Sentence> of_part;
    std::ranges::copy_if(whole.sentences, std::back_inserter(of_whole), is_inside);
    std::ranges::copy_if(part.sentences, std::back_inserter(of_part), is_inside);
    EXPECT_TRUE(of_part == of_whole);
  });
}

TEST(SentenceBegins, AreThoseOfTheWholeMap) {
  for_each_text([](const std::string& text, std::mt19937& random) {
    const TextMap whole = map_text(text);
    const std::size_t reach = 1 + random() % 120;
    SentenceBegins sentences(text);
    for (std::size_t i = random() % 9; i < whole.words.size(); i += 1 + random() % 30) {
      const std::size_t at = whole.words[i].begin;
      const std::size_t floor = at - std::min(at, reach);
      const auto after = std::ranges::upper_bound(whole.sentences, at, {}, &Sentence::begin);
      const std::size_t expected = std::prev(after)->begin;
      const auto begin = sentences.of_word_at(at, floor);
      EXPECT_EQ(begin.has_value(), expected >= floor);
      if (begin) {
        EXPECT_EQ(*begin, expected);
      }
    }
  });
}

TEST(BlankLine, IsWhiteSpaceWithTwoNewlines) {
  EXPECT_TRUE(has_blank_line("one\n\ntwo"));
  EXPECT_TRUE(has_blank_line("one.\n \t\r\n two"));
  EXPECT_TRUE(has_blank_line("one\n-\n\n"));
  EXPECT_FALSE(has_blank_line("one\ntwo\nthree"));
  EXPECT_FALSE(has_blank_line("one \n"));
  EXPECT_FALSE(has_blank_line(""));
}

TEST(CharacterCounter, CountsAsDecodingDoes) {
  for_each_text([](const std::string& text, std::mt19937& random) {
    const CharacterCounter characters(text);
    std::size_t byte = random() % (text.size() + 1);
    while (byte < text.size() && is_continuation(text[byte])) ++byte;
    const std::size_t before = count_code_points(std::string_view(text).substr(0, byte));
    EXPECT_EQ(characters.before(byte), before);
    EXPECT_EQ(characters.byte_of(before), byte);
    EXPECT_EQ(characters.moved(byte, text.size()), text.size());
    EXPECT_EQ(characters.moved_back(byte, before), 0u);
  });
}

// ---- what a text has of the question ------------------------------------------------------------

struct TermsOfWord {
  std::size_t begin;
  std::size_t end;
  std::string term;
  std::string plain_term;
};

/// Looks every word up, and compares every stretch of them with all that is wanted.
std::vector<Occurrence> all_occurrences(std::string_view text, const std::vector<Wanted>& wanted,
                                        Analyzer& analyzer) {
  std::vector<TermsOfWord> words;
  analyzer.analyze(text, [&](const Token& token) {
    words.push_back(
        {token.begin, token.end, std::string(token.term()), std::string(token.plain_term())});
  });
  const auto is_of = [](const std::string& term, const TermsOfWord& word) {
    return term == word.term || term == word.plain_term;
  };
  std::vector<Occurrence> found;
  for (auto first = words.begin(); first != words.end(); ++first)
    for (std::uint32_t i = 0; i < wanted.size(); ++i) {
      const auto& terms = wanted[i].terms;
      if (terms.size() > static_cast<std::size_t>(words.end() - first)) continue;
      if (!std::equal(terms.begin(), terms.end(), first, is_of)) continue;
      const auto last = first + static_cast<std::ptrdiff_t>(terms.size()) - 1;
      found.push_back(
          {static_cast<std::uint32_t>(first->begin), static_cast<std::uint32_t>(last->end), i});
    }
  return found;
}

std::vector<Wanted> random_wanted(std::mt19937& random, Analyzer& analyzer) {
  std::vector<Wanted> all(1 + random() % 3);
  for (Wanted& wanted : all)
    while (wanted.terms.empty())
      analyzer.analyze(random_text(random, 4),
                       [&](const Token& token) { wanted.terms.emplace_back(token.term()); });
  return all;
}

void expect_all_are_found(const std::string& stemmer) {
  Analyzer analyzer(stemmer);
  for_each_text([&](const std::string& text, std::mt19937& random) {
    const std::vector<Wanted> wanted = random_wanted(random, analyzer);
    const auto in_order = [](std::vector<Occurrence> occurrences) {
      std::ranges::sort(occurrences, [](const Occurrence& a, const Occurrence& b) {
        return std::tie(a.begin, a.end, a.wanted) < std::tie(b.begin, b.end, b.wanted);
      });
      return occurrences;
    };
    const auto found = find_occurrences(text, FieldId::body, WantedTerms(wanted), analyzer);
    EXPECT_TRUE(std::ranges::is_sorted(found, {}, &Occurrence::begin));
    EXPECT_TRUE(in_order(found) == in_order(all_occurrences(text, wanted, analyzer)));
  });
}

TEST(Occurrences, AreAllThatLookingEveryWordUpFinds) {
  expect_all_are_found("english");
}

TEST(Occurrences, AreAllWhereStemsMayBeginOtherwiseThanTheirWords) {
  expect_all_are_found("arabic");
}

}  // namespace
}  // namespace lede
