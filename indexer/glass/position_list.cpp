#include "indexer/glass/position_list.hpp"

#include <bit>
#include <cstring>

#include "indexer/glass/encoding.hpp"

namespace lede::glass {
namespace {

/// Bits into bytes, least significant first.
class BitWriter {
 public:
  explicit BitWriter(char* at) : at_(at) {}

  /// `value` below `outcomes`, in as few bits as tell it: short codes in the middle of the range.
  void put(std::uint32_t value, std::uint64_t outcomes) {
    if (outcomes <= 1) return;
    const auto bits = static_cast<int>(std::bit_width(outcomes - 1));
    const std::uint64_t spare = (std::uint64_t{1} << bits) - outcomes;
    const std::uint64_t middle = (outcomes - spare) / 2;
    if (spare == 0 || value < middle) {
      put_bits(value, bits);
    } else if (value < middle + spare) {
      put_bits(value, bits - 1);
    } else {
      put_bits(value - middle - spare + (std::uint64_t{1} << (bits - 1)), bits);
    }
  }

  /// `positions` without the first and the last: each middle one within what its neighbours leave.
  void put_between(std::span<const std::uint32_t> positions) {
    std::size_t first = 0;
    const std::size_t last = positions.size() - 1;
    while (first + 1 < last) {
      const std::size_t middle = first + (last - first) / 2;
      const auto lowest = static_cast<std::uint32_t>(positions[first] + (middle - first));
      put(positions[middle] - lowest,
          std::uint64_t{positions[last]} - positions[first] - (last - first) + 1);
      put_between(positions.subspan(first, middle - first + 1));
      first = middle;
    }
  }

  /// Returns the end.
  char* finish() {
    std::memcpy(at_, &bits_, sizeof bits_);
    return at_ + (filled_ + 7) / 8;
  }

 private:
  void put_bits(std::uint64_t value, int count) {
    bits_ |= value << filled_;
    filled_ += count;
    if (filled_ < kWord) return;
    std::memcpy(at_, &bits_, sizeof bits_);
    at_ += kWord / 8;
    bits_ >>= kWord;
    filled_ -= kWord;
  }

  static constexpr int kWord = 32;  // the most bits that one code has

  char* at_;
  std::uint64_t bits_ = 0;
  int filled_ = 0;
};
static_assert(std::endian::native == std::endian::little);

}  // namespace

char* put_positions(char* at, std::span<const std::uint32_t> positions) {
  const std::uint32_t first = positions.front();
  const std::uint32_t last = positions.back();
  at = put_vint(at, last);
  if (positions.size() == 1) return at;
  BitWriter bits(at);
  bits.put(first, last);
  bits.put(static_cast<std::uint32_t>(positions.size() - 2), last - first);
  bits.put_between(positions);
  return bits.finish();
}

}  // namespace lede::glass
