#include "console/printable.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

struct Case {
  std::string_view text;
  std::string_view shown;
};

std::string random_bytes(unsigned seed) {
  std::mt19937 random(seed);
  static const std::vector<std::string> pieces{"a",
                                               " ",
                                               "\n",
                                               "\t",
                                               "\x1b",
                                               "\x1b[31m",
                                               "\x7f",
                                               "\r",
                                               "\xC2\x9b",
                                               "\xE2\x80\xAE",
                                               "\xE2\x80\xA8",
                                               "\xE2\x80\x8D",
                                               "\xF0\x9F\x91\xA9",
                                               "é",
                                               "\xD8\x9C"};
  std::string text;
  for (std::size_t i = random() % 60; i > 0; --i)
    text += random() % 2 == 0 ? pieces[random() % pieces.size()]
                              : std::string(1, static_cast<char>(random() % 256));
  return text;
}

/// The first code point that a terminal acts upon, beside the newline and tab of `allowed`.
std::string first_obeyed(std::string_view text, std::string_view allowed) {
  while (!text.empty()) {
    const CodePoint next = decode_code_point(text);
    const bool is_allowed = next.value < 0x80 && allowed.find(text[0]) != std::string_view::npos;
    if (!next.is_valid || (is_obeyed(next.value) && !is_allowed))
      return std::to_string(static_cast<unsigned>(next.value));
    text.remove_prefix(next.length_bytes);
  }
  return "";
}

TEST(Printable, ShowsWhatATerminalWouldObey) {
  const std::vector<Case> cases{
      {"", ""},
      {"plain text", "plain text"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"},
      {std::string_view("nul\0", 4), "nul\\x00"},
      {"line\r", "line\\x0d"},
      {"\x7f", "\\x7f"},
      {"\xC2\x9B"
       "31m",
       "\\u009b31m"},
      {"abc\xE2\x80\xAE"
       "cba",
       "abc\\u202ecba"},
      {"\xE2\x81\xA6isolate\xE2\x81\xA9", "\\u2066isolate\\u2069"},
      {"\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F", "\\u061c\\u200e\\u200f"},
      {"two\xE2\x80\xA8lines\xE2\x80\xA9", "two\\u2028lines\\u2029"},
      {"caf\xE9", "caf\\xe9"},
      {"\xC0\x9B overlong", "\\xc0\\x9b overlong"},
      {"cut \xE2\x80", "cut \\xe2\\x80"},
  };
  for (const Case& each : cases) EXPECT_EQ(printable(each.text), each.shown);
}

TEST(Printable, LeavesEveryOtherTextAlone) {
  for (const std::string_view text :
       {"two\nlines\tand a tab", "São Paulo, Zürich, 北京, עברית", "“quotes” – dashes…",
        "\xE2\x80\x8C", "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7", "\\x1b as it was written"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, KeepsJoinersInsideEmojiOnly) {
  const std::vector<Case> cases{
      {"👩‍🚀 and 🏳️‍🌈 and ❤️‍🔥",
       "👩‍🚀 and 🏳️‍🌈 and ❤️‍🔥"},
      {"pay\xE2\x80\x8Dpal", "pay\\u200dpal"},
      {"👩\xE2\x80\x8D", "👩\\u200d"},
      {"👩\xE2\x80\x8D!", "👩\\u200d!"},
      {"\xE2\x80\x8D👩", "\\u200d👩"},
      {"👩\xE2\x80\x8D\xE2\x80\x8D👩", "👩\\u200d\\u200d👩"},
  };
  for (const Case& each : cases) EXPECT_EQ(printable(each.text), each.shown);
}

TEST(Printable, NeverEmitsWhatATerminalObeysWhateverTheBytes) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(seed);
    const std::string bytes = random_bytes(seed);
    EXPECT_EQ(first_obeyed(printable(bytes), "\n\t"), "");
    EXPECT_EQ(first_obeyed(printable_line(bytes), ""), "");
  }
}

TEST(Printable, ChangesNothingTheSecondTime) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    const std::string once = printable(random_bytes(seed));
    EXPECT_EQ(printable(once), once);
  }
}

TEST(PrintableLine, PutsEverythingOnOneLine) {
  EXPECT_EQ(printable_line("two\nlines\tand a tab"), "two lines and a tab");
  EXPECT_EQ(printable_line("name\x1b\n.txt"), "name\\x1b .txt");
}

TEST(CutToColumns, LeavesAnEllipsisWhereSomethingIsMissing) {
  EXPECT_EQ(cut_to_columns("harbour", 7), "harbour");
  EXPECT_EQ(cut_to_columns("harbour", 4), "har…");
  EXPECT_EQ(cut_front_to_columns("harbour", 7), "harbour");
  EXPECT_EQ(cut_front_to_columns("harbour", 4), "…our");
  EXPECT_EQ(cut_to_columns("東京都", 4), "東…");
  EXPECT_EQ(cut_front_to_columns("東京都", 4), "…都");
}

TEST(CutToColumns, NeverTakesMoreColumnsThanThereAre) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const std::string text = printable_line(random_bytes(seed));
    for (const std::size_t columns : {1U, 2U, 5U, 40U}) {
      EXPECT_LE(columns_of_text(cut_to_columns(text, columns)), columns);
      EXPECT_LE(columns_of_text(cut_front_to_columns(text, columns)), columns);
    }
  }
}

}  // namespace
}  // namespace lede
