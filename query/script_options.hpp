#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <thread>

#include "console/named_options.hpp"

namespace lede {

/// The options of lede-query that scripts want most.
struct ScriptOptions {
  std::size_t jobs = default_jobs();  ///< threads of a batch at most
  double timeout_seconds = 10;        ///< for one question; 0: as long as it likes

  /// Leaves out what the index held when this name was used last.
  std::optional<std::string> new_since;
  bool is_peek = false;  ///< this use of the name does not count

  /// As many as there are processors.
  static std::size_t default_jobs() {
    const std::size_t processors = std::thread::hardware_concurrency();
    return processors > 0 ? processors : 1;
  }
};

/// Describes these options, one of which cannot go with `show`; parsing the command line fills
/// `options`, which must outlive it.
void define_script_options(NamedOptions& line, ScriptOptions& options, NamedOption show);

}  // namespace lede
