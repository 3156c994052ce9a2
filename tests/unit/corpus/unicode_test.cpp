#include "corpus/unicode.hpp"

#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <utf8proc.h>

namespace lede {
namespace {

std::string random_bytes(unsigned seed, std::size_t length) {
  std::mt19937 random(seed);
  std::string bytes(length, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() & 0xFF);
  return bytes;
}

bool has_control(const std::string& text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return true;
  return false;
}

TEST(DecodeCodePoint, ReadsEveryLength) {
  EXPECT_EQ(decode_code_point("a").value, U'a');
  EXPECT_EQ(decode_code_point("é").value, U'é');
  EXPECT_EQ(decode_code_point("’").value, U'’');
  EXPECT_EQ(decode_code_point("😀").value, U'😀');
  EXPECT_EQ(decode_code_point("😀x").length_bytes, 4U);
}

TEST(DecodeCodePoint, TakesWhatIsNotUtf8ByteByByte) {
  const std::vector<std::string> broken{"\x80",
                                        "\xC0\x80",
                                        "\xC3",
                                        "\xE2\x82",
                                        "\xED\xA0\x80",
                                        "\xF5\x80\x80\x80",
                                        "\xF4\x90\x80\x80",
                                        "\xFF",
                                        "\xE0\x80\x80"};
  for (const std::string& bytes : broken) {
    SCOPED_TRACE(testing::PrintToString(bytes));
    EXPECT_FALSE(decode_code_point(bytes).is_valid);
    EXPECT_EQ(decode_code_point(bytes).length_bytes, 1U);
  }
}

TEST(AppendCodePoint, WritesWhatDecodeCodePointReads) {
  for (char32_t c = 1; c <= 0x10FFFF; c += 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_code_point(text, c);
    const CodePoint point = decode_code_point(text);
    ASSERT_TRUE(point.is_valid) << static_cast<unsigned>(c);
    ASSERT_EQ(point.value, c);
    ASSERT_EQ(point.length_bytes, text.size());
  }
}

TEST(PrefixOf, NeverCutsACodePoint) {
  EXPECT_EQ(prefix_of("café", 4), "caf");
  EXPECT_EQ(prefix_of("café", 5), "café");
  EXPECT_EQ(prefix_of("café", 0), "");
  EXPECT_EQ(prefix_of("abc", 9), "abc");
}

TEST(CountCodePoints, CountsCharactersNotBytes) {
  EXPECT_EQ(count_code_points("café 😀"), 6U);
}

std::string nfc_of(const std::string& text) {
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> composed(
      utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str())), &std::free);
  return reinterpret_cast<const char*>(composed.get());
}

TEST(CleanText, IsInNfcForEveryCharacterInEveryNeighbourhood) {
  const std::string far = "forty bytes of text that need no composing";
  for (char32_t c = 0x300; c <= 0x2FFFF; c += c < 0x3200 ? 1 : 7) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string character;
    append_code_point(character, c);
    for (const std::string& text : {"e" + character, character + "\u0301", "\u1100" + character,
                                    "é" + character + far + character + "\u0323"}) {
      const std::string clean = clean_text(text);
      ASSERT_EQ(clean, nfc_of(clean)) << std::hex << static_cast<unsigned>(c);
      ASSERT_TRUE(!is_clean_text(text) || clean == text) << std::hex << static_cast<unsigned>(c);
    }
  }
}

TEST(IsCleanText, IsFalseForWhateverCleanTextChanges) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const std::string text = "plain " + random_bytes(seed, seed % 9) + " text of some length";
    EXPECT_TRUE(!is_clean_text(text) || clean_text(text) == text) << seed;
    EXPECT_TRUE(!is_clean_line(text) || clean_line(text) == text) << seed;
  }
  for (const char* text : {"", "a", "eight ok", "ASCII with\na line\tand a tab", "caf\u00E9 \u2019",
                           "\u0439\u0451 \u4E2D \uAC00"}) {
    EXPECT_TRUE(is_clean_text(text)) << text;
  }
}

TEST(CleanText, MendsWhatArticleFilesHold) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"plain text", "plain text"},
      {"\xEF\xBB\xBFwith a byte order mark", "with a byte order mark"},
      {"dos\r\nmac\rline", "dos\nmac\nline"},
      {"nbsp\u00A0here", "nbsp here"},
      {"soft\u00ADhyphen", "softhyphen"},
      {"zero\u200Bwidth", "zerowidth"},
      {"cafe\u0301", "café"},
      {"\x93quoted\x94 \x96 it\x92s", "“quoted” – it’s"},
      {"caf\xE9", "café"},
      {"ctrl\x01\x1B[31mred\x7F", "ctrl[31mred"},
      {"form\ffeed", "form\nfeed"},
      {"line\u2028separator", "line\nseparator"},
      {"tab\tkept", "tab\tkept"},
      {std::string("nul\0byte", 8), "nulbyte"},
      {"", ""},
  };
  for (const auto& [bytes, expected] : cases) EXPECT_EQ(clean_text(bytes), expected);
}

TEST(CleanText, IsValidAndStableWhateverTheBytes) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    const std::string text = clean_text(random_bytes(seed, 200));
    EXPECT_TRUE(is_valid_utf8(text));
    EXPECT_FALSE(has_control(text));
    EXPECT_EQ(clean_text(text), text);
  }
}

std::string nfc(const std::string& text) {
  std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> bytes(
      utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str())), &std::free);
  return reinterpret_cast<const char*>(bytes.get());
}

TEST(CleanText, ComposesEveryCharacterAsUtf8procDoes) {
  for (char32_t c = 0x300; c <= 0x2FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xF8FF) continue;
    std::string text = "a";
    append_code_point(text, c);
    for (const char* ending : {"\u0301b", "b"}) {
      const std::string clean = clean_text(text + ending);
      ASSERT_EQ(clean, nfc(clean)) << static_cast<unsigned>(c);
    }
  }
}

TEST(CleanText, TakesNoQuadraticTimeOverStackedMarks) {
  std::string zalgo = "a";
  for (int i = 0; i < 300'000; ++i) zalgo += i % 2 == 0 ? "\u0301" : "\u0323";
  EXPECT_LT(clean_text(zalgo).size(), 100U);
}

TEST(CleanLine, IsOneLineWithSingleSpaces) {
  EXPECT_EQ(clean_line("  a \n\n b\tc  "), "a b c");
  EXPECT_EQ(clean_line(" \n "), "");
}

TEST(Trimmed, TakesWhiteSpaceOffBothEnds) {
  EXPECT_EQ(trimmed(" \t a b \r\n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
}

TEST(Hex, HoldsAnyBytes) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  EXPECT_EQ(bytes_of_hex(hex_of(bytes)), bytes);
  EXPECT_EQ(hex_of("caf\xE9"), "636166e9");
  for (const auto* wrong : {"6", "6g", "-1", "+1", " 1", "0x"})
    EXPECT_EQ(bytes_of_hex(wrong), std::nullopt) << wrong;
}

TEST(ColumnsOf, CountsWideCharactersTwiceAndMarksNot) {
  EXPECT_EQ(columns_of('a'), 1U);
  EXPECT_EQ(columns_of(U'東'), 2U);
  EXPECT_EQ(columns_of(0x301), 0U);
}

}  // namespace
}  // namespace lede
