#include "console/printable.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr std::string_view kEllipsis = "…";

enum class Lines : std::uint8_t { keep, join };

bool is_within(char32_t c, char32_t first, char32_t last) {
  return first <= c && c <= last;
}

bool is_control(char32_t c) {
  return c < 0x20 || is_within(c, 0x7F, 0x9F);
}

bool is_bidi_control(char32_t c) {
  return c == 0x061C || is_within(c, 0x200E, 0x200F) || is_within(c, 0x202A, 0x202E) ||
         is_within(c, 0x2066, 0x2069);
}

bool is_line_separator(char32_t c) {
  return is_within(c, 0x2028, 0x2029);
}

bool is_emoji_like(char32_t c) {
  return c >= 0x1F000 || is_within(c, 0x2600, 0x27BF) || c == 0xFE0F;
}

bool is_plain_ascii(char byte) {
  return byte >= ' ' && byte <= '~';
}

std::size_t plain_ascii_length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain_ascii) - text.begin());
}

std::string escaped_byte(char32_t byte) {
  return fmt::format("\\x{:02x}", static_cast<std::uint32_t>(byte));
}

std::string escaped(char32_t c) {
  return c < 0x80 ? escaped_byte(c) : fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c));
}

bool begins_with_emoji(std::string_view text) {
  return !text.empty() && is_emoji_like(decode_code_point(text).value);
}

bool is_line_space(char32_t c) {
  return c == '\n' || c == '\t';
}

/// Takes text apart, code point by code point, and puts it together in a form that is safe to show.
class SafeCopy {
 public:
  SafeCopy(std::string_view text, Lines lines) : rest_(text), lines_(lines) {
    copy_.reserve(text.size());
  }

  std::string make() && {
    for (copy_plain_ascii(); !rest_.empty(); copy_plain_ascii()) copy_code_point();
    return std::move(copy_);
  }

 private:
  void copy_plain_ascii() {
    const std::size_t length = plain_ascii_length(rest_);
    if (length == 0) return;
    copy_ += rest_.substr(0, length);
    rest_.remove_prefix(length);
    follows_emoji_ = false;
  }

  void copy_code_point() {
    const CodePoint next = decode_code_point(rest_);
    const std::string_view bytes = rest_.substr(0, next.length_bytes);
    rest_.remove_prefix(next.length_bytes);
    append(next, bytes);
    follows_emoji_ = next.is_valid && is_emoji_like(next.value);
  }

  void append(const CodePoint& next, std::string_view bytes) {
    if (!next.is_valid)
      copy_ += escaped_byte(next.value);
    else if (is_line_space(next.value))
      copy_ += lines_ == Lines::keep ? bytes : " ";
    else if (is_obeyed(next.value) || is_stray_joiner(next.value))
      copy_ += escaped(next.value);
    else
      copy_ += bytes;
  }

  bool is_stray_joiner(char32_t c) const {
    return c == kZeroWidthJoiner && !(follows_emoji_ && begins_with_emoji(rest_));
  }

  std::string copy_;
  std::string_view rest_;
  Lines lines_;
  bool follows_emoji_ = false;
};

}  // namespace

bool is_obeyed(char32_t c) {
  return is_control(c) || is_bidi_control(c) || is_line_separator(c);
}

std::size_t columns_of_text(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint next = decode_code_point(text);
    columns += columns_of(next.value);
    text.remove_prefix(next.length_bytes);
  }
  return columns;
}

std::string cut_to_columns(std::string_view text, std::size_t columns) {
  if (columns_of_text(text) <= columns) return std::string(text);
  std::size_t end = 0;
  for (std::size_t taken = 0; end < text.size();) {
    const CodePoint next = decode_code_point(text.substr(end));
    taken += columns_of(next.value);
    if (taken + 1 > columns) break;
    end += next.length_bytes;
  }
  return std::string(text.substr(0, end)).append(kEllipsis);
}

std::string cut_front_to_columns(std::string_view text, std::size_t columns) {
  std::size_t left = columns_of_text(text);
  if (left <= columns) return std::string(text);
  while (!text.empty() && left + 1 > columns) {
    const CodePoint next = decode_code_point(text);
    left -= columns_of(next.value);
    text.remove_prefix(next.length_bytes);
  }
  return std::string(kEllipsis).append(text);
}

std::string printable(std::string_view text) {
  return SafeCopy(text, Lines::keep).make();
}

std::string printable_line(std::string_view text) {
  return SafeCopy(text, Lines::join).make();
}

}  // namespace lede
