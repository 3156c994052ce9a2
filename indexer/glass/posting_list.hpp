#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/glass/leaf_packer.hpp"

namespace lede::glass {

/// What a posting list says of itself before its postings.
struct PostingCounts {
  std::uint64_t articles = 0;     ///< the term frequency
  std::uint64_t occurrences = 0;  ///< the collection frequency: the sum of all wdf
};

/// How long the chunks of a list get before another is begun. Any length is right: the shorter they
/// are, the faster a posting in the midst is found, and the more room their keys take.
inline constexpr std::size_t kPostingChunkBytes = 2000;
inline constexpr std::size_t kLengthChunkBytes = 256;

/// Writes one list of (docid, number) at a time into the postlist table: postings of terms, lengths
/// of documents.
class PostingListWriter {
 public:
  PostingListWriter(EntrySink& table, std::size_t chunk_bytes)
      : table_(table), chunk_bytes_(chunk_bytes) {}

  /// Begins the list under `key`, of which later chunks have the key `later_key` and their first
  /// docid. Both must live until finish().
  void start(std::string_view key, std::string_view later_key, const PostingCounts& counts);

  /// Docids ascend.
  void add(std::uint32_t docid, std::uint32_t number) {
    if (body_.size() >= chunk_bytes_) close_chunk(false);
    append(docid, number);
  }

  /// Ends the list; it has at least one posting.
  void finish() { close_chunk(true); }

 private:
  void append(std::uint32_t docid, std::uint32_t number);
  void close_chunk(bool is_last);

  EntrySink& table_;
  std::size_t chunk_bytes_;
  std::string_view key_;
  std::string_view later_key_;
  PostingCounts counts_;
  bool is_first_chunk_ = true;
  std::uint32_t first_docid_ = 0;  // of the open chunk
  std::uint32_t last_docid_ = 0;
  std::string body_;
  std::string tag_;
  std::string chunk_key_;
};

/// Writes the values of one slot at a time into the postlist table. Slots come in the order of the
/// bytes of their numbers as vints.
class ValueWriter {
 public:
  explicit ValueWriter(EntrySink& table) : table_(table) {}

  void start(std::uint32_t slot) { slot_ = slot; }
  void add(std::uint32_t docid, std::string_view value);
  void finish() { close_chunk(); }

 private:
  void close_chunk();

  EntrySink& table_;
  std::uint32_t slot_ = 0;
  std::uint32_t first_docid_ = 0;
  std::uint32_t last_docid_ = 0;
  std::string tag_;
  std::string key_;
};

// Keys of the postlist table. Those of one kind stand together, in this order.
std::string metadata_key(std::string_view name);
std::string value_statistics_key(std::uint32_t slot);
std::string lengths_key();
/// A term's first chunk; behind it, with kStringEnd, later ones.
std::string term_key(std::string_view term);

/// The value statistics of a slot.
std::string value_statistics(std::uint64_t count, std::string_view lowest,
                             std::string_view highest);

}  // namespace lede::glass
