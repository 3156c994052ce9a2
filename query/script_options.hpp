#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>

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

/// Describes these options; parsing the command line fills `options`, which must outlive `app`.
void define_script_options(CLI::App& app, ScriptOptions& options);

}  // namespace lede
