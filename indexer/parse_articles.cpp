#include <variant>

#include "console/article_json.hpp"
#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "corpus/readers/read_articles.hpp"
#include "indexer/commands.hpp"
#include "indexer/find_files.hpp"
#include "indexer/interruption.hpp"
#include "indexer/report.hpp"

namespace lede {

ExitStatus parse_articles(const IndexOptions& options) {
  require_paths(options);
  bool has_skipped = false;
  const auto skip = [&](const Skipped& skipped) {
    has_skipped = true;
    if (!options.is_quiet) warn(kIndexTool, "skipped " + format_skip(skipped));
  };
  const InterruptionWatch watch;
  const auto is_stopped = [&] { return watch.requested().has_value(); };
  const auto print = [&](ReadResult result) {
    if (is_stopped()) return false;
    if (const auto* skipped = std::get_if<Skipped>(&result)) {
      skip(*skipped);
    } else {
      write_all(stdout, article_json(std::get<Article>(result)) + '\n');
    }
    return true;
  };
  const FoundFiles found = find_files(options.paths);
  for (const Skipped& skipped : found.skipped) skip(skipped);
  ReadOptions reading = options.reading;
  reading.is_stopped = is_stopped;
  for (const FoundFile& file : found.files) {
    if (is_stopped()) break;
    read_articles(file.path, reading, print);
  }
  if (const auto status = watch.requested()) return *status;
  return has_skipped ? ExitStatus::inputs_skipped : ExitStatus::success;
}

}  // namespace lede
