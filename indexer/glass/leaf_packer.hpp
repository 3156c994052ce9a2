#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/glass/block.hpp"

namespace lede::glass {

/// Where a leaf begins, as the branch above it tells it from the leaf before.
struct Separator {
  std::string key;
  std::size_t component = 1;  ///< of the tag that the leaf begins in
};

/// Leaf blocks of neighbouring keys. They hold no block numbers, so they can be made before it is
/// known where in the table they will stand.
struct Leaves {
  std::string blocks;
  std::vector<Separator> separators;  ///< of each block
  bool is_beginning = true;           ///< of a stretch: the first separator is the whole key
  std::string last_key;               ///< that was packed so far, in a block or not
  std::uint64_t entries = 0;          ///< keys

  bool is_empty() const { return separators.empty(); }
};

/// Takes the entries of a table.
class EntrySink {
 public:
  virtual ~EntrySink() = default;

  /// Keys have 1 to 255 bytes; each is greater than the one before it (checked: std::logic_error).
  /// `is_deflated` says that the tag is a raw deflate stream.
  virtual void add(std::string_view key, std::string_view tag, bool is_deflated) = 0;
  void add(std::string_view key, std::string_view tag) { add(key, tag, false); }
};

/// Packs entries into leaf blocks, each filled to the last byte that fits; long tags are cut into
/// parts as Xapian cuts them.
class LeafPacker final : public EntrySink {
 public:
  /// `block_bytes` is a power of two from 2048 to 65536.
  explicit LeafPacker(std::size_t block_bytes);

  /// Puts the item before all others, an empty key with an empty tag, that every table begins with.
  void add_null_item();

  using EntrySink::add;
  void add(std::string_view key, std::string_view tag, bool is_deflated) override;

  /// Bytes of the blocks that are full.
  std::size_t full_bytes() const { return leaves_.blocks.size(); }

  /// The full blocks, and only these: more may follow.
  Leaves take_full();
  /// Those that were not taken, and the open one.
  Leaves take_all();

 private:
  void add_component(std::string_view key, std::string_view part, std::size_t component,
                     unsigned flags);
  void close_leaf(std::string_view next_key, std::size_t next_component);
  void store_leaf();
  std::size_t first_part_bytes(std::string_view key, std::size_t tag_bytes) const;
  std::size_t part_bytes(std::string_view key) const;

  std::size_t largest_item_;
  Block leaf_;
  Separator separator_;  // of the open leaf
  std::string last_key_;
  bool is_beginning_ = true;
  Leaves leaves_;
};

}  // namespace lede::glass
