#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lede {

/// What some programs write before UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

template <typename Character>
constexpr bool is_digit(Character c) {
  return c >= '0' && c <= '9';
}

/// Letters of any script (general category L), without the marks on them.
bool is_letter(char32_t c);

/// Upper and title case letters (general categories Lu and Lt).
bool is_capital(char32_t c);

/// Letters and numbers (general categories L and N).
bool is_letter_or_number(char32_t c);

/// The columns that a terminal shows it in: 2 for wide characters, 0 for marks.
std::size_t columns_of(char32_t c);

/// What stands on another character (general category M).
bool is_mark(char32_t c);

/// Is this byte of UTF-8 one of those behind the first of a code point?
constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

/// One code point and the bytes it took.
struct CodePoint {
  char32_t value;
  std::size_t length_bytes;
  bool is_valid;  ///< false: `value` is one byte that is not UTF-8 here
};

/// The code point that begins `text`, which is not empty. Overlong forms, surrogates and values
/// past U+10FFFF are not UTF-8: they come back byte by byte.
CodePoint decode_code_point(std::string_view text);

void append_code_point(std::string& text, char32_t code_point);

bool is_valid_utf8(std::string_view text);

/// The byte that is `c` in windows-1252; nullopt for what it lacks. Its unused bytes are the
/// controls of the same number.
std::optional<char> windows_1252_byte(char32_t c);

/// The number of code points in valid UTF-8.
std::size_t count_code_points(std::string_view text);

/// The longest prefix of `text` of at most `limit_bytes` bytes that ends between code points.
std::string_view prefix_of(std::string_view text, std::size_t limit_bytes);

/// Text as an Article holds it, from any bytes: valid UTF-8 in NFC, lines ended by \n alone, no
/// control characters but newline and tab, no soft hyphens, zero-width or byte order marks, other
/// Unicode spaces as plain ones. Bytes that are not UTF-8 are read as windows-1252. Never throws
/// but bad_alloc, and takes time linear in the input.
std::string clean_text(std::string_view bytes);

/// Is clean_text(bytes) the same as `bytes`? Far quicker than making it. May be false for a text in
/// NFC with combining marks in it.
bool is_clean_text(std::string_view bytes);

/// clean_text, then every run of white space one space, and none at the ends: for titles, names.
std::string clean_line(std::string_view bytes);

/// Is clean_line(bytes) the same as `bytes`? May be false where is_clean_text may.
bool is_clean_line(std::string_view bytes);

/// `text` without the ASCII white space at its ends.
std::string_view trimmed(std::string_view text);

/// Bytes as hexadecimal digits, two each.
std::string hex_of(std::string_view bytes);

/// The bytes that hex_of wrote; nullopt for anything else.
std::optional<std::string> bytes_of_hex(std::string_view hex);

/// Is every byte of it ASCII? Quick for texts that are, and most of those that are not.
bool is_ascii(std::string_view text);

/// A-Z as a-z.
constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// `text` with A-Z as a-z.
std::string ascii_lower(std::string_view text);

}  // namespace lede
