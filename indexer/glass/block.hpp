#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lede::glass {

/// The revision of a fresh build. 0 would make libxapian empty the tables when it opens them.
inline constexpr std::uint32_t kRevision = 1;

/// What the blocks of an index have, as libxapian's own.
inline constexpr std::size_t kIndexBlockBytes = 8192;

/// The length of what `a` and `b` begin with alike.
std::size_t common_prefix(std::string_view a, std::string_view b);

/// A block that is being filled: its directory grows upwards, its items downwards from the end.
class Block {
 public:
  Block(std::size_t bytes, unsigned level) : bytes_(bytes, '\0'), level_(level), lowest_(bytes) {}

  bool has_room(std::size_t item_bytes) const {
    return item_bytes + kDirectoryEntryBytes <= lowest_ - directory_end_;
  }
  std::size_t free_bytes() const { return lowest_ - directory_end_; }
  std::size_t size_bytes() const { return bytes_.size(); }
  bool is_empty() const { return directory_end_ == kHeaderBytes; }

  /// Room for one more item, to be filled by the caller; has_room() must be true.
  char* add(std::size_t item_bytes);

  /// The block as it is written.
  std::string_view finished();

  void clear();

 private:
  static constexpr std::size_t kHeaderBytes = 11;
  static constexpr std::size_t kDirectoryEntryBytes = 2;

  std::string bytes_;
  unsigned level_;
  std::size_t lowest_;
  std::size_t directory_end_ = kHeaderBytes;
};

}  // namespace lede::glass
