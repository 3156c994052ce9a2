#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "indexer/options.hpp"
#include "indexer/paths.hpp"
#include "indexer/progress.hpp"
#include "indexer/report.hpp"

namespace lede {

/// How an update talks to whoever runs it.
struct UpdateVoice {
  std::function<void(const std::string& message)> say;
  std::function<void(const ProgressState& state)> show;  ///< called often
  std::function<bool()> is_stopped;  ///< has it been asked to end? What was done is kept
};

/// Brings the index up to date with the files at `options.paths`: reads those that are new or have
/// changed, removes the articles of those that are gone, and leaves the index that a new one of the
/// same files would be. What changes nothing writes nothing. May be called again and again. Throws
/// Error as open_writer does, and for a damaged index.
Report update_index(const IndexOptions& options, const UpdateVoice& voice);

/// Updates an index again and again. As long as nobody else writes to it, it is not asked again for
/// the files that it knows: an update of few files then costs what they cost.
class IndexUpdater {
 public:
  IndexUpdater(IndexOptions options, UpdateVoice voice);
  ~IndexUpdater();
  IndexUpdater(const IndexUpdater&) = delete;
  IndexUpdater& operator=(const IndexUpdater&) = delete;

  /// As update_index. After an Error it may be called again; what was committed before it stays.
  Report update();
  /// As update(), where of all that lies at the paths only `changed` has; see find_changed_files.
  Report update(const PathSet& changed);

 private:
  IndexOptions options_;
  UpdateVoice voice_;
  std::unique_ptr<struct KnownIndex> known_;
};

}  // namespace lede
