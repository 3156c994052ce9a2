#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "corpus/article.hpp"
#include "corpus/settings.hpp"

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
  enum class Kind : std::uint8_t { added, updated, unchanged };
  Kind kind = Kind::added;
  std::string replaced;  ///< where an article of the same id lay that came in this run, else empty
};

/// Told what became of an article; not always at once.
using Written = std::function<void(const Article& article, const Outcome& outcome)>;

/// Tells articles of a run apart: its chance to be wrong once in a billion articles is 3 %.
std::uint64_t hash_of_id(const Article& article);

/// Takes the articles of a run.
class ArticleWriter {
 public:
  virtual ~ArticleWriter() = default;

  /// Adds the article, or replaces the one with its id.
  virtual void add_or_update(Article article) = 0;

  /// Makes all that was added durable and visible to readers.
  virtual void commit() = 0;

  /// Articles in the index, uncommitted ones too.
  virtual std::uint64_t article_count() const = 0;
};

/// How an index is written.
enum class Engine : std::uint8_t {
  automatic,  ///< a new build in bulk, another one through Xapian
  bulk,       ///< as automatic; an index that is there, and is not made anew, is an error
  api,        ///< always through Xapian's public interface
};

/// What the process may take, roughly, unless it is told otherwise.
inline constexpr std::size_t kUsualMemory = std::size_t{256} << 20;

/// What a writer is opened with.
struct WriterOptions {
  WantedSettings settings;
  std::chrono::seconds lock_wait{0};
  Engine engine = Engine::automatic;
  unsigned jobs = 1;  ///< threads that analyse
  std::size_t memory_bytes = kUsualMemory;
  bool is_rebuild = false;  ///< the articles of this run take the place of all that are there
};

/// Opens the index at `path`, or makes one. Waits up to `lock_wait` for another writer. A rebuild
/// is made beside what is there, under the settings that are wanted, and takes its place with the
/// first commit(); a writer that ends before leaves the index as it was. Throws Error: locked;
/// no_index for a folder that holds something else, an index of another schema, or one made under
/// other settings than are wanted; damaged; resources.
std::unique_ptr<ArticleWriter> open_writer(const std::string& path, const WriterOptions& options,
                                           Written written);

}  // namespace lede
