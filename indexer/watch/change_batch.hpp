#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "indexer/paths.hpp"

namespace lede {

/// What has changed in a while.
struct Changes {
  bool is_everything = false;  ///< anything may have; `paths` says nothing then
  PathSet paths;               ///< files and folders with all below them, also what is gone

  bool is_empty() const { return !is_everything && paths.empty(); }
  /// More paths than a look at everything is worth become everything.
  void add(Changes more);
};

/// How long changes are waited for before they are taken.
struct BatchTimes {
  using Milliseconds = std::chrono::milliseconds;

  Milliseconds quiet{200};         ///< nothing has come for so long
  Milliseconds longest{2'000};     ///< since the first, when more comes all the time
  Milliseconds open_quiet{3'000};  ///< the same two for a file that nobody has closed yet
  Milliseconds open_longest{300'000};
};

/// Collects changes until there is a pause. A file that is being written is taken when it is
/// closed; one that stays open, as a log does, when it has been quiet, and now and then if it never
/// is.
class ChangeBatch {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit ChangeBatch(const BatchTimes& times = {}) : times_(times) {}

  void add(const std::string& path, Time now);
  void add_everything(Time now);
  void note_writing(const std::string& path, Time now);

  /// When there will be something to take, if nothing more comes; nullopt for never.
  std::optional<Time> due() const;

  /// What is due; nothing when it is too early.
  Changes take(Time now);

 private:
  struct Span {
    Time first, last;
  };

  void note(Time now);
  Time due_of_open(const Span& writing) const;

  BatchTimes times_;
  Changes changes_;
  std::optional<Span> span_;          // of changes_
  std::map<std::string, Span> open_;  // files that are being written
};

}  // namespace lede
