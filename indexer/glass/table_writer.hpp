#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/glass/block.hpp"
#include "indexer/glass/leaf_packer.hpp"

namespace lede::glass {

/// What iamglass says of a table.
struct TableRoot {
  std::uint32_t root_block = 0;
  unsigned level = 0;         ///< of the root: 0 where it is a leaf
  std::uint64_t entries = 0;  ///< keys; 0: the table is empty and has no file
  std::uint32_t blocks = 0;
  std::size_t block_bytes = 0;
};

/// Writes a table of a glass database: a B-tree in a file, each block once, front to back. Keys
/// come in ascending order. Without start() the file is made with the first of them.
class TableWriter final : public EntrySink {
 public:
  /// `block_bytes` is a power of two from 2048 to 65536.
  TableWriter(std::string path, std::size_t block_bytes);
  ~TableWriter() override;
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  /// Makes the file: of the postlist and termlist tables also when they are empty.
  void start();

  using EntrySink::add;
  /// Throws Error (resources) when the file cannot be written.
  void add(std::string_view key, std::string_view tag, bool is_deflated) override;

  /// Puts leaves that were packed elsewhere behind all that was added.
  void append(const Leaves& leaves);

  std::size_t block_bytes() const { return block_bytes_; }

  /// Writes what is open, and waits until the file is on the disk.
  TableRoot finish();

 private:
  struct OpenBranch {
    Block block;
    Separator separator;  // of its first child
  };

  bool has_file() const { return file_ >= 0; }
  void place(const Leaves& leaves);
  std::uint32_t write_block(std::string_view block);
  void add_child(std::size_t level, std::uint32_t child, const Separator& separator);
  void flush();
  [[noreturn]] void fail() const;

  std::string path_;
  std::size_t block_bytes_;
  int file_ = -1;
  std::string unwritten_;
  std::uint64_t written_bytes_ = 0;
  LeafPacker packer_;
  std::string last_key_;
  std::vector<OpenBranch> branches_;  // of level 1 and up
  std::uint32_t block_count_ = 0;
  std::uint64_t entries_ = 0;
};

}  // namespace lede::glass
