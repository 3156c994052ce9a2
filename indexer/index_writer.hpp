#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/settings.hpp"

namespace lede {

/// The settings that a command asks for. What it leaves open is the index's own, or the default.
struct WantedSettings {
  std::optional<std::string> language;
  std::map<FieldId, unsigned> weights;
};

/// What became of an article that was handed to the index.
struct Outcome {
  enum class Kind : std::uint8_t { added, updated, unchanged };
  Kind kind = Kind::added;
  std::string replaced;  ///< where an article of the same id lay that came in this run, else empty
};

/// An index open for writing. Nothing is written until an article differs from what is there.
class IndexWriter {
 public:
  /// Opens the index at `path`, or makes one. Waits up to `lock_wait` for another writer.
  /// Throws Error: locked; no_index for a folder that holds something else, an index of another
  /// schema, or one made under other settings than are wanted; damaged; resources.
  IndexWriter(std::string path, const WantedSettings& wanted, std::chrono::seconds lock_wait);

  /// Adds the article, or replaces the one with its id. Commits on its own when much is pending.
  Outcome add_or_update(const Article& article);

  /// Makes all that was added durable and visible to readers.
  void commit();

  /// Articles in the index, uncommitted ones too.
  std::uint64_t article_count() const { return index_.get_doccount(); }
  const std::string& path() const { return path_; }
  std::string uuid() const { return index_.get_uuid(); }

 private:
  Xapian::docid find(const std::string& term) const;
  void write(Xapian::docid existing, const Xapian::Document& document);
  void note_pending(std::size_t bytes);

  std::string path_;
  Xapian::WritableDatabase index_;
  IndexSettings settings_;
  Analyzers analyzers_;
  std::size_t pending_bytes_ = 0;
  std::unordered_set<std::uint64_t> written_ids_;  // hashes: of articles added or replaced by us
};

}  // namespace lede
