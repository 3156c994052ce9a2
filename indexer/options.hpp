#pragma once

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

enum class IndexCommand : std::uint8_t { index, parse, watch, status };

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

}  // namespace lede
