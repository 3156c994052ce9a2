#include "corpus/unicode.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
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

/// Does NFC change the character even when it stands alone, as it does the Angstrom sign?
bool changes_alone(char32_t c) {
  const utf8proc_property_t& properties = *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
  const bool decomposes = properties.decomp_type == 0 && properties.decomp_seqindex != UINT16_MAX;
  if (!decomposes) return false;
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  std::array<utf8proc_int32_t, 8> parts{};
  const auto length = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts.data(),
                                              parts.size(), kOptions, nullptr);
  return length < 0 || utf8proc_normalize_utf32(parts.data(), length, kOptions) != 1 ||
         static_cast<char32_t>(parts[0]) != c;
}

/// False for characters that NFC leaves alone wherever they stand, which are nearly all. True for
/// marks, which join the letter before them, for Jamo, and for what NFC replaces.
bool may_need_composing(char32_t c) {
  if (c < 0x300 || is_in(c, 0x1E00, 0x1EFF) || is_in(c, 0x4E00, 0x9FFF) ||
      is_in(c, 0xAC00, 0xD7A3)) {
    return false;
  }
  return is_in(c, 0x1100, 0x11FF) || is_mark(c) || changes_alone(c);
}

/// Does clean_text take the character as it is?
bool is_ordinary(char32_t c) {
  if (c < 0x80) return (c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t';
  if (is_in(c, 0xAE, 0x2FF) || is_in(c, 0x2010, 0x2027)) return true;  // most of most texts
  return c > 0xA0 && !is_dropped(c) && !is_space(c) && !is_line_end(c) && !may_need_composing(c);
}

std::string composed(std::string_view text) {
  utf8proc_uint8_t* bytes = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &bytes,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return std::string(text);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(bytes, &std::free);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

/// Builds clean text from runs that are clean already and the code points between them.
class Cleaner {
 public:
  explicit Cleaner(std::size_t size_hint) { text_.reserve(size_hint); }

  void append_clean(std::string_view run) {
    if (run.empty()) return;
    if (run.size() >= kFarEnough) compose();
    text_.append(run);
    marks_ = 0;
  }

  void append(CodePoint point) {
    char32_t c = point.value;
    if (is_in(c, 0x80, 0x9F) && c != 0x85) c = kWindows1252[c - 0x80];
    if (is_line_end(c)) c = '\n';
    if (is_space(c)) c = ' ';
    if ((is_dropped(c) && c != '\n') || exceeds_marks(c)) return;
    if (may_need_composing(c) && uncomposed_ == npos) uncomposed_ = begin_of_last();
    append_code_point(text_, c);
  }

  std::string take() {
    compose();
    return std::move(text_);
  }

 private:
  static constexpr auto npos = std::string::npos;
  static constexpr std::size_t kFarEnough = 32;  // bytes: composing shorter pieces is no quicker

  bool exceeds_marks(char32_t c) {
    marks_ = is_mark(c) ? marks_ + 1 : 0;
    return marks_ > kMaxMarks;
  }

  /// Where the last character begins: a mark joins it.
  std::size_t begin_of_last() const {
    std::size_t begin = text_.empty() ? 0 : text_.size() - 1;
    while (begin > 0 && is_continuation(text_[begin])) --begin;
    return begin;
  }

  void compose() {
    if (uncomposed_ == npos) return;
    const std::string end = composed(std::string_view(text_).substr(uncomposed_));
    text_.replace(uncomposed_, npos, end);
    uncomposed_ = npos;
  }

  std::string text_;
  std::size_t marks_ = 0;
  std::size_t uncomposed_ = npos;  // where text begins that NFC may change
};

/// The bytes of printable ASCII that `text` begins with, in whole steps of eight.
std::size_t length_of_plain_eights(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  std::size_t length = 0;
  for (; length + sizeof kOnes <= text.size(); length += sizeof kOnes) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + length, sizeof eight);
    const std::uint64_t deletes = eight ^ (0x7F * kOnes);
    const std::uint64_t has_control = (eight - 0x20 * kOnes) & ~eight;
    const std::uint64_t has_delete = (deletes - kOnes) & ~deletes;
    if (((eight | has_control | has_delete) & kHighBits) != 0) break;
  }
  return length;
}

/// The bytes that `text` begins with and that clean_text takes as they are.
std::size_t clean_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    length += length_of_plain_eights(text.substr(length));
    // To the end of the eight that holds something else, and on while more of that follows.
    const std::size_t step_end = length + 8;
    while (length < text.size() && (length < step_end || (text[length] & 0x80) != 0)) {
      const CodePoint point = decode_code_point(text.substr(length));
      if (!point.is_valid || !is_ordinary(point.value)) return length;
      length += point.length_bytes;
    }
  }
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

utf8proc_category_t category_of(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

}  // namespace

bool is_letter(char32_t c) {
  const auto category = category_of(c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_capital(char32_t c) {
  const auto category = category_of(c);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool is_letter_or_number(char32_t c) {
  const auto category = category_of(c);
  return is_letter(c) || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

std::size_t columns_of(char32_t c) {
  if (c < 0x80) return 1;
  return static_cast<std::size_t>(
      std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(c))));
}

bool is_mark(char32_t c) {
  if (c < 0x300) return false;
  const auto category = category_of(c);
  return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

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
  while (!text.empty()) {
    if (const std::size_t plain = length_of_plain_eights(text); plain > 0) {
      text.remove_prefix(plain);
      continue;
    }
    const CodePoint point = decode_code_point(text);
    if (!point.is_valid) return false;
    text.remove_prefix(point.length_bytes);
  }
  return true;
}

std::optional<char> windows_1252_byte(char32_t c) {
  constexpr char32_t kFirstOdd = 0x80;
  constexpr char32_t kBehindOdd = 0xA0;
  if (c < kFirstOdd || is_in(c, kBehindOdd, 0xFF)) return static_cast<char>(c);
  const auto found = std::find(kWindows1252.begin(), kWindows1252.end(), c);
  if (found != kWindows1252.end()) {
    return static_cast<char>(kFirstOdd + static_cast<char32_t>(found - kWindows1252.begin()));
  }
  const bool is_unused = c < kBehindOdd && kWindows1252[c - kFirstOdd] == 0;
  return is_unused ? std::optional(static_cast<char>(c)) : std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  constexpr std::uint64_t kLowBits = 0x0101010101010101;
  std::size_t continuations = 0;
  std::size_t at = 0;
  for (; at + sizeof kLowBits <= text.size(); at += sizeof kLowBits) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    continuations +=
        static_cast<std::size_t>(std::popcount((eight >> 7) & ~(eight >> 6) & kLowBits));
  }
  for (; at < text.size(); ++at) continuations += is_continuation(text[at]);
  return text.size() - continuations;
}

std::string_view prefix_of(std::string_view text, std::size_t limit_bytes) {
  if (text.size() <= limit_bytes) return text;
  while (limit_bytes > 0 && is_continuation(text[limit_bytes])) --limit_bytes;
  return text.substr(0, limit_bytes);
}

std::string clean_text(std::string_view bytes) {
  Cleaner cleaner(bytes.size());
  while (!bytes.empty()) {
    const std::size_t clean = clean_length(bytes);
    cleaner.append_clean(bytes.substr(0, clean));
    bytes.remove_prefix(clean);
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

bool is_clean_text(std::string_view bytes) {
  return clean_length(bytes) == bytes.size();
}

std::string clean_line(std::string_view bytes) {
  if (is_clean_line(bytes)) return std::string(bytes);
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

bool is_clean_line(std::string_view bytes) {
  char previous = ' ';
  for (const char c : bytes) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t';
    if (is_blank && (c != ' ' || previous == ' ')) return false;
    previous = c;
  }
  return bytes.empty() || (previous != ' ' && is_clean_text(bytes));
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += kDigits[value >> 4];
    hex += kDigits[value & 0xF];
  }
  return hex;
}

std::optional<std::string> bytes_of_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    std::uint8_t value = 0;
    const auto read = std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16);
    if (read.ec != std::errc() || read.ptr != hex.data() + at + 2) return std::nullopt;
    bytes += static_cast<char>(value);
  }
  return bytes;
}

bool is_ascii(std::string_view text) {
  constexpr std::size_t kPieceBytes = 1024;
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), kPieceBytes))) {
    unsigned char all = 0;
    for (const char c : text.substr(0, kPieceBytes)) all |= static_cast<unsigned char>(c);
    if (all >= 0x80) return false;
  }
  return true;
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ascii_lower(c);
  return lower;
}

}  // namespace lede
