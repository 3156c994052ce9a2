#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lede::glass {

/// Writes the tag of a position table entry for ascending positions, at least one, into memory that
/// has room for most_position_bytes() of them; returns the end. They are coded by interpolation:
/// Moffat and Stuiver, Binary Interpolative Coding (2000), in Xapian's variant of the bounds and of
/// the minimal binary codes.
char* put_positions(char* at, std::span<const std::uint32_t> positions);

/// What so many positions can take at most, and eight bytes for stores that are wider than needed.
constexpr std::size_t most_position_bytes(std::size_t count) {
  constexpr std::size_t kEnds = 24;
  return kEnds + 5 * count;
}

}  // namespace lede::glass
