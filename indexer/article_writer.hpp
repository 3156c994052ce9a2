#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"
#include "corpus/settings.hpp"
#include "indexer/file_registry.hpp"

namespace lede {

/// The settings that a command asks for. What it leaves open is the index's own, or the default.
struct WantedSettings {
  std::optional<std::string> language;
  std::map<FieldId, unsigned> weights;
  std::optional<Positions> positions;
};

/// The settings with those that are wanted in their place.
IndexSettings with_wanted(IndexSettings settings, const WantedSettings& wanted);

/// What became of an article that was handed to the index.
struct Outcome {
  enum class Kind : std::uint8_t {
    added,
    updated,
    moved,  ///< updated, as the file of it was moved
    unchanged,
    repeated,  ///< another one of its id counts, or it counts in the place of one of this run
  };
  Kind kind = Kind::added;
  /// Where another article of its id lies that came in this run or is in a file as it was; else
  /// empty. That one is kept, if `is_kept`.
  std::string other;
  bool is_kept = false;
};

/// Told what became of an article; not always at once.
using Written = std::function<void(const Article& article, const Outcome& outcome)>;

/// Tells articles of a run apart: its chance to be wrong once in a billion articles is 3 %.
std::uint64_t hash_of_id(const Article& article);

/// Takes the articles of a run, which has one pass over files or more.
///
/// An article of a file that is read in this pass, which has not come again yet, is out of date:
/// any article of its id takes its place. Else the rank of articles decides (ArticleRank).
class ArticleWriter {
 public:
  virtual ~ArticleWriter() = default;

  /// The articles of these files come again, or not at all. Passes are counted from 1.
  virtual void start_pass(std::uint8_t pass, const std::vector<std::string_view>& files) = 0;

  /// Adds the article, or replaces the one with its id. One that has its id from its path replaces
  /// that of the path `moved_from`, where this is not empty. Its file has been start()ed in the
  /// registry.
  virtual void add_or_update(Article article, const std::string& moved_from = {}) = 0;

  /// A hint: the files of this pass have so many bytes.
  virtual void expect(std::uint64_t /*file_bytes*/) {}

  /// All articles of this pass have come. Before this, files of theirs must not be settle()d in the
  /// registry: their articles may wait in memory, and would be missed where the run ends.
  virtual void finish_reading() = 0;

  /// Removes the articles of a file that did not come again in this pass; returns how many.
  virtual std::uint64_t remove_the_rest(const std::string& file) = 0;

  /// After this the registry knows all files that may have an article in the place of one that is
  /// gone: they need reading.
  virtual void finish_pass() = 0;

  /// Removes the article with this id from the index, though its file is still there: it comes back
  /// when the file changes, not before. Returns whether there was one.
  virtual bool remove(const std::string& id) = 0;

  /// Has anything been written since it was opened?
  virtual bool has_changes() const = 0;

  /// Sets an entry of the index's metadata.
  virtual void set_metadata(const std::string& name, const std::string& value) = 0;

  /// Makes all that was added durable and visible to readers, and the registry with it.
  virtual void commit() = 0;

  /// Articles in the index, uncommitted ones too.
  virtual std::uint64_t article_count() const = 0;
};

/// How an index is written.
enum class Engine : std::uint8_t {
  automatic,  ///< a new index and large additions in bulk, all else through Xapian
  bulk,       ///< as automatic; an index that is there is an error
  api,        ///< always through Xapian's public interface
};

/// What the process may take, roughly, unless it is told otherwise.
inline constexpr std::size_t kUsualMemory = std::size_t{256} << 20;

/// When the new articles of a run go into the index through a bulk build of their own. That takes
/// the time to copy the index, and libxapian's writer takes some .4 s for a megabyte of text.
struct AdditionRule {
  std::size_t held_bytes = std::size_t{4} << 20;       ///< of articles, held until it is decided
  std::uint64_t least_bytes = std::uint64_t{8} << 20;  ///< of articles or their files
  std::uint64_t index_share = 16;  ///< and at least one for so many bytes of the index

  bool pays(std::uint64_t new_bytes, std::uint64_t index_bytes) const {
    return new_bytes >= least_bytes && new_bytes >= index_bytes / index_share;
  }
};

/// What a writer is opened with.
struct WriterOptions {
  WantedSettings settings;
  std::chrono::seconds lock_wait{0};
  Engine engine = Engine::automatic;
  unsigned jobs = 1;  ///< threads that analyse
  std::size_t memory_bytes = kUsualMemory;
  bool is_rebuild = false;    ///< the articles of this run take the place of all that are there
  bool is_pretended = false;  ///< compares as ever, and writes nothing
  AdditionRule addition;
};

/// Opens the index at `path`, or makes one. Waits up to `lock_wait` for another writer. `registry`
/// is the index's, is kept up to date, is written with the articles, and must outlive the writer. A
/// rebuild is made beside what is there, under the settings that are wanted, and takes its place
/// with the first commit(); a writer that ends before leaves the index as it was. Throws Error:
/// locked; no_index for a folder that holds something else, an index of another schema, or one made
/// under other settings than are wanted; damaged; resources.
std::unique_ptr<ArticleWriter> open_writer(const std::string& path, const WriterOptions& options,
                                           FileRegistry& registry, Written written);

/// Throws Error (no_index) when the index was made under other settings than are wanted.
void require_settings(const IndexSettings& settings, const WantedSettings& wanted,
                      const std::string& path);

}  // namespace lede
