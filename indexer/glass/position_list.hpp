#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace lede::glass {

/// Appends the tag of a position table entry for ascending positions, at least one. They are coded
/// by interpolation: Moffat and Stuiver, Binary Interpolative Coding (2000), in Xapian's variant of
/// the bounds and of the minimal binary codes.
void append_positions(std::string& tag, std::span<const std::uint32_t> positions);

}  // namespace lede::glass
