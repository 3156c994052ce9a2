#include "query/sentences.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/words.hpp"

namespace lede {
namespace {

/// The text with `|` where a sentence begins and `||` where a paragraph does.
std::string split(std::string_view text) {
  std::string marked;
  std::size_t done = 0;
  WordReader words(text);
  std::optional<Word> last;
  for (Word word; words.next(word); last = word) {
    if (!last) continue;
    const auto found = find_sentence_break(text, last->begin, last->end, word.begin);
    if (!found) continue;
    marked += text.substr(done, found->end - done);
    marked += found->is_paragraph ? "||" : "|";
    done = found->begin;
  }
  return marked + std::string(text.substr(done));
}

struct Case {
  std::string text;
  std::string expected;
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& each : cases) EXPECT_EQ(split(each.text), each.expected);
}

TEST(SentenceBreak, ComesAfterAStopAndWhiteSpace) {
  expect_all({{"Oil fell. Gold rose.", "Oil fell.|Gold rose."},
              {"Oil fell! Gold? Yes… no", "Oil fell!|Gold?|Yes…|no"},
              {"Oil fell.\nGold rose", "Oil fell.|Gold rose"},
              {"Oil fell... Gold rose", "Oil fell...|Gold rose"},
              {"It cost 3.5 crowns, then 4.", "It cost 3.5 crowns, then 4."},
              {"See lede.example/a for more", "See lede.example/a for more"}});
}

TEST(SentenceBreak, LeavesTheQuotesWithTheirSentences) {
  expect_all({{"“Oil fell.” “Gold rose.”", "“Oil fell.”|“Gold rose.”"},
              {"(Oil fell.) 'Gold' rose", "(Oil fell.)|'Gold' rose"},
              {"»Öl fällt.« Gold steigt", "»Öl fällt.«|Gold steigt"},
              {"He said: “Oil fell”. Gold", "He said: “Oil fell”.|Gold"}});
}

TEST(SentenceBreak, ComesAtABlankLineWhateverStandsBeforeIt) {
  expect_all({{"A headline\n\nThe text", "A headline||The text"},
              {"Oil fell.\n \t\n“Gold” rose", "Oil fell.||“Gold” rose"},
              {"Oil fell.\n\n* * *\n\nGold", "Oil fell.\n\n* * *||Gold"},
              {"one line\nanother line", "one line\nanother line"}});
}

TEST(SentenceBreak, IsNotAtTheDotOfAnAbbreviation) {
  expect_all({{"Mr. Quist met Dr. O’Brien", "Mr. Quist met Dr. O’Brien"},
              {"J. K. Rowling", "J. K. Rowling"},
              {"in the U.S. Senate at 6 a.m. on Monday", "in the U.S. Senate at 6 a.m. on Monday"},
              {"Pier No. 5 or No. Never", "Pier No. 5 or No.|Never"},
              {"the year 5. It ended", "the year 5.|It ended"},
              {"It was Mr.! Really", "It was Mr.!|Really"}});
}

TEST(SentenceBreak, NeedsNoSpaceAfterAFullWidthStop) {
  expect_all({{"油价下跌。黄金上涨！是吗？是", "油价下跌。|黄金上涨！|是吗？|是"},
              {"他说：“油价下跌。”黄金", "他说：“油价下跌。”|黄金"},
              {"彼は言った。「石油」", "彼は言った。|「石油」"}});
}

}  // namespace
}  // namespace lede
