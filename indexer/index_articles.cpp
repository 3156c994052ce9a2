#include <string>

#include <fmt/format.h>

#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "indexer/commands.hpp"
#include "indexer/interruption.hpp"
#include "indexer/progress.hpp"
#include "indexer/report.hpp"
#include "indexer/update.hpp"

namespace lede {
namespace {

bool shows_progress(const IndexOptions& options) {
  if (options.progress == When::automatic) return !options.is_quiet && is_terminal(stderr);
  return options.progress == When::always;
}

ExitStatus status_of(const Report& report) {
  if (!report.skipped.empty()) return ExitStatus::inputs_skipped;
  return report.has_articles() ? ExitStatus::success : ExitStatus::inputs_skipped;
}

void print_report(const Report& report, const IndexOptions& options) {
  if (options.is_json) return write_all(stdout, format_report_json(report));
  if (options.is_quiet) return;
  if (report.has_articles()) return write_all(stdout, format_report(report));
  if (!report.is_interrupted)
    warn(kIndexTool,
         fmt::format("no article was found in {}", count_of(report.files_read, "file", "files")));
}

}  // namespace

ExitStatus index_articles(const IndexOptions& options) {
  require_paths(options);
  const InterruptionWatch watch;
  ProgressLine progress(stderr, shows_progress(options));
  const auto say = [&](const std::string& message) {
    if (options.is_quiet) return;
    progress.wipe();
    warn(kIndexTool, message);
  };
  const auto show = [&](const ProgressState& state) { progress.show(state); };
  const auto is_stopped = [&] { return watch.requested().has_value(); };
  const Report report = update_index(options, {say, show, is_stopped});
  progress.wipe();
  for (const std::string& message : closing_messages(report, options.is_verbose)) say(message);
  print_report(report, options);
  return watch.requested().value_or(status_of(report));
}

}  // namespace lede
