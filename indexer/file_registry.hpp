#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "corpus/readers/reader.hpp"
#include "indexer/file_stamp.hpp"

namespace lede {

/// XXH3-128 of a file's bytes; all zero where it is not known.
struct Checksum {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  bool is_known() const { return (high | low) != 0; }
  friend bool operator==(const Checksum&, const Checksum&) = default;
};

/// What could not be read in a file that gave articles: how much, and the first of it.
struct FileSkips {
  static constexpr std::size_t kNamed = 5;

  void add(const Skipped& skipped);

  std::uint64_t count = 0;
  std::vector<Skipped> named;
};

/// What few files have. Ids are hash_of_id().
struct FileDetails {
  FileSkips skips;
  std::unordered_set<std::uint64_t> shadowed;  ///< ids of its articles that others were kept over
  bool shadows_more = false;                   ///< too many to be listed
  std::unordered_set<std::uint64_t> removed;   ///< ids that were taken out by `remove`
};

/// A file that articles of the index come from.
struct FileRecord {
  FileStamp stamp;
  std::uint64_t reading = 0;   ///< reading_hash() when it was read
  Checksum checksum;           ///< when it was read, where that was asked for
  std::uint32_t articles = 0;  ///< of the index, that are its own
  bool needs_reading = true;   ///< whatever its stamp says
  std::uint8_t pass = 0;       ///< of this run, in which it was read; 0 for none. Not stored
  std::unique_ptr<FileDetails> details;  // nullptr in most

  FileDetails& more();
};

/// The files that the articles of an index come from, kept in its metadata: so it is committed with
/// the articles and cannot disagree with them. docs/index-format.md tells the layout.
///
/// Files are kept in chunks of neighbours, about 64 in each. Where a chunk begins depends on paths
/// alone, so that a change of one file rewrites one chunk, and the entries of two indexes of the
/// same files are the same whatever order they came in.
class FileRegistry {
 public:
  using Files = std::map<std::string, FileRecord, std::less<>>;

  FileRegistry() = default;

  /// That of an index, empty where it has none. Throws Error (damaged).
  explicit FileRegistry(const Xapian::Database& index);

  const Files& files() const { return files_; }
  const FileRecord* find(std::string_view path) const;

  /// Calls `take(path, record)` for the file at `root` and those below it.
  void for_each_under(
      const std::string& root,
      const std::function<void(const std::string& path, const FileRecord& record)>& take) const;

  /// A run begins, after others of this process: no file has been read in it.
  void begin_run();
  /// Articles of the file are about to come: until finish() it needs reading, and what is known of
  /// it is of the reading that begins. Ids that were removed stay so while `is_same_file`.
  void start(const std::string& path, bool is_same_file, std::uint64_t reading, std::uint8_t pass);
  /// Was read to its end. It needs reading until settle(): what it gave before is still there.
  void finish(const std::string& path, const FileStamp& stamp, const Checksum& checksum,
              FileSkips skips);
  void settle(const std::string& path);
  /// Its contents are as they were, though its stamp may not be.
  void restamp(const std::string& path, const FileStamp& stamp);
  void require_reading(const std::string& path);
  void forget(const std::string& path);

  /// The index holds one article more, or one less, of the file's. What is no file is passed over.
  void add_article(std::string_view path) { add_articles(path, 1); }
  void add_articles(std::string_view path, std::uint32_t count);
  void drop_article(std::string_view path);

  /// An article of the file has this id, and one of another file is kept.
  void add_shadowed(std::string_view path, std::uint64_t id);
  /// May any file have another article of this id?
  bool is_shadowed(std::uint64_t id) const { return shadows_more_ || shadowed_.contains(id); }
  /// Of articles with these ids none is left, or a lower one: files that have others need reading,
  /// but not those that were read in `pass`.
  void free(const std::unordered_set<std::uint64_t>& ids, std::uint8_t pass);

  /// The article was removed, and should not come back from files as they are.
  void add_removed(std::string_view owner, std::uint64_t id);

  bool has_changes() const { return !changed_.empty(); }
  /// Metadata entries that have changed since the last call, by name; an empty value is none.
  std::map<std::string, std::string> take_changes();

 private:
  FileRecord* change(std::string_view path);
  void read_chunk(std::string_view bytes);
  void note_shadows(const FileDetails& details);
  Files::const_iterator chunk_of(Files::const_iterator file) const;
  std::string encode_chunk(Files::const_iterator first) const;

  Files files_;
  std::set<std::string> changed_;  // paths, also of files that are gone
  std::unordered_set<std::uint64_t> shadowed_;
  bool shadows_more_ = false;
};

}  // namespace lede
