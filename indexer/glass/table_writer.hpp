#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lede::glass {

/// The revision of a fresh build. 0 would make libxapian empty the tables when it opens them.
inline constexpr std::uint32_t kRevision = 1;

/// What iamglass says of a table.
struct TableRoot {
  std::uint32_t root_block = 0;
  unsigned level = 0;         ///< of the root: 0 where it is a leaf
  std::uint64_t entries = 0;  ///< keys; 0: the table is empty and has no file
  std::uint32_t blocks = 0;
  std::size_t block_bytes = 0;
};

/// A block that is being filled: its directory grows upwards, its items downwards from the end.
class Block {
 public:
  Block(std::size_t bytes, unsigned level) : bytes_(bytes, '\0'), level_(level), lowest_(bytes) {}

  bool has_room(std::size_t item_bytes) const {
    return item_bytes + kDirectoryEntryBytes <= lowest_ - directory_end_;
  }
  std::size_t free_bytes() const { return lowest_ - directory_end_; }
  bool is_empty() const { return directory_end_ == kHeaderBytes; }
  unsigned level() const { return level_; }

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

/// Writes a table of a glass database: a B-tree in a file, each block once, front to back. Keys
/// come in ascending order. Without start() the file is made with the
/// first of them.
class TableWriter {
 public:
  /// `block_bytes` is a power of two from 2048 to 65536.
  TableWriter(std::string path, std::size_t block_bytes);
  ~TableWriter();
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  /// Makes the file: of the postlist and termlist tables also when they are empty.
  void start();

  /// Keys have 1 to 255 bytes; each is greater than the one before it (checked: std::logic_error).
  /// `is_deflated` says that the tag is a raw deflate stream. Throws Error (resources) when the
  /// file cannot be written.
  void add(std::string_view key, std::string_view tag, bool is_deflated = false);

  /// Writes what is open, and waits until the file is on the disk.
  TableRoot finish();

  /// Bytes written so far.
  std::uint64_t written_bytes() const { return std::uint64_t{block_count_} * block_bytes_; }

 private:
  struct Separator {
    std::string key;
    std::size_t component = 1;
  };
  struct OpenBranch {
    Block block;
    Separator separator;  // of its first child
  };

  void add_component(std::string_view key, std::string_view part, std::size_t component,
                     unsigned flags);
  void close_leaf(std::string_view next_key, std::size_t next_component);
  std::uint32_t write_block(Block& block);
  void add_child(std::size_t level, std::uint32_t child, Separator separator);
  void flush();
  [[noreturn]] void fail() const;

  std::string path_;
  std::size_t block_bytes_;
  std::size_t largest_item_;
  int file_ = -1;
  std::string unwritten_;
  Block leaf_;
  Separator leaf_separator_;  // of the open leaf
  std::string last_key_;
  std::vector<OpenBranch> branches_;  // of level 1 and up
  std::uint32_t block_count_ = 0;
  std::uint64_t entries_ = 0;
};

}  // namespace lede::glass
