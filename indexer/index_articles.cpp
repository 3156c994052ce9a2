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

ProgressStyle progress_style(const IndexOptions& options) {
  if (options.progress == When::always) return ProgressStyle::bar;
  if (options.progress == When::never || options.is_quiet) return ProgressStyle::none;
  return is_terminal(stderr) ? ProgressStyle::bar : ProgressStyle::lines;
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
  Progress progress(stderr, progress_style(options));
  const auto say = [&](const std::string& message) {
    if (options.is_quiet) return;
    progress.wipe();
    warn(kIndexTool, message);
  };
  const auto show = [&](const ProgressState& state) {
    if (progress.is_due() || state.is_turning) progress.show(state);
  };
  const auto is_stopped = [&] { return watch.requested().has_value(); };
  const Report report = update_index(options, {say, show, is_stopped});
  progress.wipe();
  for (const std::string& message : closing_messages(report, options.is_verbose)) say(message);
  print_report(report, options);
  return report.is_interrupted ? watch.requested().value_or(status_of(report)) : status_of(report);
}

}  // namespace lede
