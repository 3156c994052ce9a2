#include "console/json_writer.hpp"

#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// A strict reader of one JSON string: its text, or nothing when it is not one.
class StringReader {
 public:
  explicit StringReader(std::string_view json) : rest_(json) {}

  bool read() {
    if (!take('"') || !is_valid_utf8(rest_)) return false;
    while (!rest_.empty() && rest_.front() != '"')
      if (!read_character()) return false;
    return take('"') && rest_.empty();
  }

  const std::string& text() const { return text_; }

 private:
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool read_character() {
    if (take('\\')) return read_escape();
    if (static_cast<unsigned char>(rest_.front()) < 0x20) return false;
    text_ += rest_.front();
    rest_.remove_prefix(1);
    return true;
  }

  bool read_escape() {
    if (take('u')) return read_code_unit();
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t at = rest_.empty() ? std::string_view::npos : kLetters.find(rest_.front());
    if (at == std::string_view::npos) return false;
    text_ += kMeanings[at];
    rest_.remove_prefix(1);
    return true;
  }

  bool read_code_unit() {
    const std::string digits(rest_.substr(0, 4));
    if (digits.find_first_not_of("0123456789abcdef") != std::string::npos || digits.size() < 4)
      return false;
    append_code_point(text_, static_cast<char32_t>(std::strtoul(digits.c_str(), nullptr, 16)));
    rest_.remove_prefix(4);
    return true;
  }

  std::string_view rest_;
  std::string text_;
};

std::string json_of(std::string_view text) {
  return JsonWriter().value(text).take();
}

std::string random_bytes(unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(random() % 80, ' ');
  for (char& byte : bytes) byte = static_cast<char>(random() % 256);
  return bytes;
}

std::string random_text(unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  for (std::size_t i = random() % 40; i > 0; --i) {
    const auto c = static_cast<char32_t>(random() % (random() % 3 == 0 ? 0x110000 : 0x300));
    if (c < 0xD800 || c > 0xDFFF) append_code_point(text, c);
  }
  return text;
}

TEST(JsonWriter, PutsCommasBetweenValuesAndNowhereElse) {
  JsonWriter json;
  json.begin_object();
  json.key("hits").begin_array();
  json.begin_object().key("rank").value(1).key("tags").begin_array().end_array().end_object();
  json.begin_array().value(1).value(2).value("x").end_array();
  json.end_array();
  json.key("empty").begin_object().end_object();
  json.key("none").null();
  json.key("true").value(true).key("false").value(false);
  json.end_object();
  EXPECT_EQ(json.text(), R"({"hits":[{"rank":1,"tags":[]},[1,2,"x"]],"empty":{},"none":null,)"
                         R"("true":true,"false":false})");
}

TEST(JsonWriter, IsAsNewAfterTake) {
  JsonWriter json;
  json.begin_array().value("first").end_array();
  EXPECT_EQ(json.take(), R"(["first"])");
  json.begin_array().end_array();
  EXPECT_EQ(json.take(), "[]");
}

TEST(JsonWriter, EscapesWhatJsonAndTerminalsMind) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"", R"("")"},
      {"plain", R"("plain")"},
      {"\"quoted\" \\ /", R"("\"quoted\" \\ /")"},
      {"a\nb\rc\td", R"("a\nb\rc\td")"},
      {std::string_view("\0\x1b\x7f", 3), R"("\u0000\u001b\u007f")"},
      {"\xC2\x9B", R"("\u009b")"},
      {"\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAE\xE2\x81\xA6", R"("\u2028\u2029\u202e\u2066")"},
      {"Zürich 北京 👩‍🚀", R"("Zürich 北京 👩‍🚀")"},
      {"caf\xE9!", "\"caf\xEF\xBF\xBD!\""},
      {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
  };
  for (const auto& [text, json] : cases) EXPECT_EQ(json_of(text), json);
}

TEST(JsonWriter, WritesAStringThatParsesWhateverTheBytes) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(seed);
    const std::string json = json_of(random_bytes(seed));
    EXPECT_TRUE(StringReader(json).read()) << json;
  }
}

TEST(JsonWriter, WritesTextThatReadsBackEqual) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(seed);
    const std::string text = random_text(seed);
    const std::string json = json_of(text);
    StringReader reader(json);
    ASSERT_TRUE(reader.read());
    EXPECT_EQ(reader.text(), text);
  }
}

TEST(JsonWriter, EscapesKeysAsItDoesValues) {
  EXPECT_EQ(JsonWriter().begin_object().key("a\"\n").value(1).end_object().take(),
            R"({"a\"\n":1})");
}

TEST(JsonWriter, TakesEveryKindOfNumber) {
  JsonWriter json;
  json.begin_array();
  json.value(-1).value(2U).value(std::size_t{3}).value(std::int64_t{-4}).value(5LL).value(6ULL);
  json.value(std::numeric_limits<std::uint64_t>::max());
  json.value(std::numeric_limits<std::int64_t>::min());
  json.end_array();
  EXPECT_EQ(json.text(), "[-1,2,3,-4,5,6,18446744073709551615,-9223372036854775808]");
}

TEST(JsonWriter, WritesTheShortestNumberThatReadsBackEqual) {
  const std::vector<std::pair<double, std::string_view>> cases{
      {0, "0"},       {0.1, "0.1"},      {1.0 / 3, "0.3333333333333333"},
      {12.5, "12.5"}, {1e300, "1e+300"}, {-2, "-2"},
  };
  for (const auto& [number, json] : cases) EXPECT_EQ(JsonWriter().value(number).take(), json);
}

TEST(JsonWriter, WritesNullForANumberThatJsonDoesNotHave) {
  const double infinity = std::numeric_limits<double>::infinity();
  JsonWriter json;
  json.begin_array().value(infinity).value(-infinity).value(infinity - infinity).end_array();
  EXPECT_EQ(json.text(), "[null,null,null]");
}

}  // namespace
}  // namespace lede
