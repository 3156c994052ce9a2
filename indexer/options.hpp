#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "console/terminal.hpp"
#include "corpus/readers/read_options.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/update_plan.hpp"

namespace lede {

enum class IndexCommand : std::uint8_t {
  index,
  parse,
  watch,
  status,
  compact,
  check,
  export_all,
  remove,
};

/// Which articles `lede-index remove` removes; one of the three is given.
struct RemovalOptions {
  std::vector<std::string> ids;  ///< `-`: those on standard input
  std::string query;             ///< those that lede-query finds
  std::string under;             ///< those of the files at or below this path
  bool are_null_ended = false;   ///< of ids on standard input: a NUL byte is behind each
};

/// The command line of lede-index, checked.
struct IndexOptions {
  IndexCommand command = IndexCommand::index;
  std::vector<std::string> paths;
  std::string index_path;  ///< empty: default_index_path()
  ReadOptions reading;
  WantedSettings settings;
  When progress = When::automatic;
  unsigned lock_wait_seconds = 0;
  Engine engine = Engine::automatic;
  unsigned jobs = 0;  // 0: one for each processor
  std::size_t memory_bytes = kUsualMemory;
  AdditionRule addition;  // of no option
  bool is_rebuild = false;
  RemovalOptions removal;
  Pruning pruning = Pruning::automatic;
  bool compares_contents = false;
  bool is_dry_run = false;
  bool is_json = false;
  bool is_quiet = false;
  bool is_verbose = false;
};

/// The name that messages begin with.
inline constexpr std::string_view kIndexTool = "lede-index";

/// Describes the command line; parsing it fills `options`, which must outlive `app`.
void define_options(CLI::App& app, IndexOptions& options);

/// Where the index lies: --db, else default_index_path().
std::string chosen_index_path(const IndexOptions& options);

/// Throws Error (usage) when the command line names no file or folder.
void require_paths(const IndexOptions& options);

/// Throws Error (usage) when the command line names a file or folder all the same.
void refuse_paths(const IndexOptions& options);

/// Throws Error (usage) unless the command line says in one way what to remove.
void require_removal(const IndexOptions& options);

}  // namespace lede
