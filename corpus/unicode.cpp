#include "corpus/unicode.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include <utf8proc.h>

namespace lede {
namespace {

/// UAX #15, Stream-Safe Text Format: no real text stacks more marks on one letter, and sorting a
/// longer run takes quadratic time.
constexpr std::size_t kMaxMarks = 30;

/// Code points of the bytes 0x80-0x9F in windows-1252; 0 where it has none.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_in(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

bool is_plain_ascii(char byte) {
  const auto c = static_cast<unsigned char>(byte);
  return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t';
}

bool is_dropped(char32_t c) {
  return c < 0x20 || c == 0x7F || c == 0xAD || c == 0x180E || c == 0x200B || c == 0x2060 ||
         c == 0xFEFF || is_in(c, 0xFDD0, 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

bool is_space(char32_t c) {
  return c == 0xA0 || c == 0x1680 || is_in(c, 0x2000, 0x200A) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_line_end(char32_t c) {
  return c == '\v' || c == '\f' || c == 0x85 || is_in(c, 0x2028, 0x2029);
}

bool is_mark(const utf8proc_property_t& properties) {
  return properties.category >= UTF8PROC_CATEGORY_MN && properties.category <= UTF8PROC_CATEGORY_ME;
}

bool is_mark(char32_t c) {
  return c >= 0x300 && is_mark(*utf8proc_get_property(static_cast<utf8proc_int32_t>(c)));
}

/// False for characters that NFC leaves alone wherever they stand, which are nearly all: true for
/// marks, for Jamo, and for what decomposes (the Latin letters of 1E00-1EFF come together again).
bool may_need_composing(char32_t c) {
  if (c < 0x300 || is_in(c, 0x1E00, 0x1EFF) || is_in(c, 0xAC00, 0xD7A3)) return false;
  if (is_in(c, 0x1100, 0x11FF)) return true;
  const utf8proc_property_t& properties = *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
  const bool decomposes = properties.decomp_type == 0 && properties.decomp_seqindex != UINT16_MAX;
  return decomposes || is_mark(properties);
}

std::string composed(const std::string& text) {
  utf8proc_uint8_t* bytes = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &bytes,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return text;
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(bytes, &std::free);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

/// Builds clean text from what stands in the way of plain ASCII, one code point at a time.
class Cleaner {
 public:
  explicit Cleaner(std::size_t size_hint) { text_.reserve(size_hint); }

  void append_ascii(std::string_view run) {
    text_.append(run);
    if (!run.empty()) marks_ = 0;
  }

  void append(CodePoint point) {
    char32_t c = point.value;
    if (is_in(c, 0x80, 0x9F) && c != 0x85) c = kWindows1252[c - 0x80];
    if (is_line_end(c)) c = '\n';
    if (is_space(c)) c = ' ';
    if ((is_dropped(c) && c != '\n') || exceeds_marks(c)) return;
    needs_composing_ = needs_composing_ || may_need_composing(c);
    append_code_point(text_, c);
  }

  std::string take() { return needs_composing_ ? composed(text_) : std::move(text_); }

 private:
  bool exceeds_marks(char32_t c) {
    marks_ = is_mark(c) ? marks_ + 1 : 0;
    return marks_ > kMaxMarks;
  }

  std::string text_;
  std::size_t marks_ = 0;
  bool needs_composing_ = false;
};

std::size_t plain_ascii_length(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain_ascii) -
                                  text.begin());
}

/// How many bytes below 0x80 begin a text, counted by eights while it goes.
std::size_t ascii_length(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;
  std::size_t length = 0;
  for (std::uint64_t eight = 0; length + sizeof eight <= text.size(); length += sizeof eight) {
    std::memcpy(&eight, text.data() + length, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (length < text.size() && static_cast<unsigned char>(text[length]) < 0x80) ++length;
  return length;
}

struct SequenceShape {
  std::size_t length;
  char32_t first_bits;
  char32_t smallest;
};

SequenceShape shape_of(unsigned char lead) {
  if (lead < 0x80) return {1, lead, 0};
  if (is_in(lead, 0xC2, 0xDF)) return {2, lead & 0x1FU, 0x80};
  if (is_in(lead, 0xE0, 0xEF)) return {3, lead & 0x0FU, 0x800};
  if (is_in(lead, 0xF0, 0xF4)) return {4, lead & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

CodePoint decode_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const CodePoint broken{lead, 1, false};
  const SequenceShape shape = shape_of(lead);
  if (shape.length == 0 || shape.length > text.size()) return broken;
  char32_t value = shape.first_bits;
  for (std::size_t i = 1; i < shape.length; ++i) {
    if (!is_continuation(text[i])) return broken;
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  if (value < shape.smallest || value > 0x10FFFF || is_in(value, 0xD800, 0xDFFF)) return broken;
  return {value, shape.length, true};
}

void append_code_point(std::string& text, char32_t c) {
  const auto byte = [&](char32_t bits) { text.push_back(static_cast<char>(bits)); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      byte(0xE0 | (c >> 12));
    } else {
      byte(0xF0 | (c >> 18));
      byte(0x80 | ((c >> 12) & 0x3F));
    }
    byte(0x80 | ((c >> 6) & 0x3F));
  }
  byte(0x80 | (c & 0x3F));
}

bool is_valid_utf8(std::string_view text) {
  while (true) {
    text.remove_prefix(ascii_length(text));
    if (text.empty()) return true;
    const CodePoint point = decode_code_point(text);
    if (!point.is_valid) return false;
    text.remove_prefix(point.length_bytes);
  }
}

std::size_t count_code_points(std::string_view text) {
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_continuation));
}

std::string_view prefix_of(std::string_view text, std::size_t limit_bytes) {
  if (text.size() <= limit_bytes) return text;
  while (limit_bytes > 0 && is_continuation(text[limit_bytes])) --limit_bytes;
  return text.substr(0, limit_bytes);
}

std::string clean_text(std::string_view bytes) {
  Cleaner cleaner(bytes.size());
  while (!bytes.empty()) {
    const std::size_t plain = plain_ascii_length(bytes);
    cleaner.append_ascii(bytes.substr(0, plain));
    bytes.remove_prefix(plain);
    if (bytes.empty()) break;
    CodePoint point = decode_code_point(bytes);
    bytes.remove_prefix(point.length_bytes);
    if (point.value == '\r') {
      if (bytes.starts_with('\n')) continue;
      point.value = '\n';
    }
    cleaner.append(point);
  }
  return cleaner.take();
}

std::string clean_line(std::string_view bytes) {
  const std::string text = clean_text(bytes);
  std::string line;
  line.reserve(text.size());
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t';
    if (!is_blank) {
      line.push_back(c);
    } else if (!line.empty() && line.back() != ' ') {
      line.push_back(' ');
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace lede
