#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lede::glass {

// The numbers and strings of Xapian's glass tables. Each function appends to `out`.

/// 7 bits a byte, least significant first; the high bit says that more follow.
inline void append_vint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

/// Bytes of the longest vint.
inline constexpr std::size_t kLongestVint = 10;

/// The same into memory that has room; returns the end.
inline char* put_vint(char* at, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
  *at++ = static_cast<char>(value);
  return at;
}

/// How many bytes that takes.
inline std::size_t vint_bytes(std::uint64_t value) {
  std::size_t bytes = 1;
  for (; value >= 0x80; value >>= 7) ++bytes;
  return bytes;
}

/// Its length as a vint, then the bytes.
inline void append_string(std::string& out, std::string_view text) {
  append_vint(out, text.size());
  out.append(text);
}

/// Little-endian without zeros at the end; 0 is no byte. Only where a field's end is known.
inline void append_last_int(std::string& out, std::uint64_t value) {
  for (; value != 0; value >>= 8) out += static_cast<char>(value & 0xFF);
}

/// Big-endian, in as few bytes as sort like the numbers: two below 2^15, and 7 bits more with each
/// further byte, of which the leading ones of the first byte tell the number.
inline void append_sortable_int(std::string& out, std::uint32_t value) {
  const auto bits = static_cast<int>(std::bit_width(value));
  int bytes = 2;
  while (bytes < 5 && bits > 7 * bytes + 1) ++bytes;
  std::uint64_t marked = value;
  for (int ones = 0; ones < bytes - 2; ++ones) marked |= std::uint64_t{1} << (8 * bytes - 1 - ones);
  for (int at = bytes - 1; at >= 0; --at) out += static_cast<char>((marked >> (8 * at)) & 0xFF);
}

/// Bytes that sort like `text` when others follow: a zero byte becomes 00 FF. The end of a string
/// that something follows is marked by kStringEnd.
inline void append_sortable(std::string& out, std::string_view text) {
  for (const char c : text) {
    out += c;
    if (c == '\0') out += '\xFF';
  }
}
inline constexpr char kStringEnd = '\0';

/// Writes big-endian numbers into a block.
inline void put_u16(char* at, std::size_t value) {
  at[0] = static_cast<char>(value >> 8);
  at[1] = static_cast<char>(value);
}
inline void put_u32(char* at, std::size_t value) {
  put_u16(at, value >> 16);
  put_u16(at + 2, value & 0xFFFF);
}

}  // namespace lede::glass
