#pragma once

#include <functional>
#include <string>

#include "indexer/options.hpp"
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

}  // namespace lede
