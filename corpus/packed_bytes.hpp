#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace lede {

/// Writes what an index holds in few bytes: numbers are 7 bits a byte, least significant
/// first; texts are their length, then their bytes.
class PackedWriter {
 public:
  void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<std::uint8_t>(value | 0x80));
    byte(static_cast<std::uint8_t>(value));
  }
  /// How far `value` lies from `base`, either way: near ones stay short.
  void difference(std::uint64_t value, std::uint64_t base) {
    const std::uint64_t distance = value - base;
    number((distance << 1) ^ (~(distance >> 63) + 1));
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
  }
  void hash(std::uint64_t value) {
    for (unsigned at = 0; at < 8; ++at) byte(static_cast<std::uint8_t>(value >> (8 * at)));
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what PackedWriter wrote, and of any other bytes zeros and empty texts: is_broken() tells.
/// Never reads past them.
class PackedReader {
 public:
  explicit PackedReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint8_t byte() {
    if (bytes_.empty()) return fail();
    const auto value = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t bits = byte();
      value |= static_cast<std::uint64_t>(bits & 0x7F) << shift;
      if (bits < 0x80) return value;
    }
    return fail();
  }
  std::uint64_t difference(std::uint64_t base) {
    const std::uint64_t value = number();
    return base + ((value >> 1) ^ (~(value & 1) + 1));
  }
  std::string_view text() {
    const std::uint64_t length = number();
    if (length > bytes_.size()) return fail(), std::string_view();
    const std::string_view value = bytes_.substr(0, static_cast<std::size_t>(length));
    bytes_.remove_prefix(value.size());
    return value;
  }
  std::uint64_t hash() {
    std::uint64_t value = 0;
    for (unsigned at = 0; at < 8; ++at) value |= std::uint64_t{byte()} << (8 * at);
    return value;
  }
  /// How many items follow; each takes a byte at least.
  std::size_t count() {
    const std::uint64_t value = number();
    return value <= bytes_.size() ? static_cast<std::size_t>(value) : fail();
  }

  bool is_at_end() const { return bytes_.empty(); }
  bool is_broken() const { return is_broken_; }

 private:
  std::uint8_t fail() {
    is_broken_ = true;
    bytes_ = {};
    return 0;
  }

  std::string_view bytes_;
  bool is_broken_ = false;
};

}  // namespace lede
