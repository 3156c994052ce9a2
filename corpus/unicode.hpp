#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lede {

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

/// The number of code points in valid UTF-8.
std::size_t count_code_points(std::string_view text);

/// The longest prefix of `text` of at most `limit_bytes` bytes that ends between code points.
std::string_view prefix_of(std::string_view text, std::size_t limit_bytes);

/// Text as an Article holds it, from any bytes: valid UTF-8 in NFC, lines ended by \n alone, no
/// control characters but newline and tab, no soft hyphens, zero-width or byte order marks, other
/// Unicode spaces as plain ones. Bytes that are not UTF-8 are read as windows-1252. Never throws
/// but bad_alloc, and takes time linear in the input.
std::string clean_text(std::string_view bytes);

/// clean_text, then every run of white space one space, and none at the ends: for titles, names.
std::string clean_line(std::string_view bytes);

/// `text` without the ASCII white space at its ends.
std::string_view trimmed(std::string_view text);

/// `text` with A-Z as a-z.
std::string ascii_lower(std::string_view text);

}  // namespace lede
