#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace lede {

/// The first eight bytes of a term or a word as a number that sorts like them.
inline std::uint64_t sort_key_of(std::string_view term) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t key = 0;
  std::memcpy(&key, term.data(), std::min(term.size(), sizeof key));
  return __builtin_bswap64(key);
}

}  // namespace lede
