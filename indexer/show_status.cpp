#include "console/terminal.hpp"
#include "indexer/commands.hpp"
#include "indexer/index_status.hpp"

namespace lede {

ExitStatus show_status(const IndexOptions& options) {
  refuse_paths(options);
  const IndexStatus status = read_status(chosen_index_path(options));
  write_all(stdout, options.is_json ? format_status_json(status)
                                    : format_status(status, terminal_width(stdout)));
  return ExitStatus::success;
}

}  // namespace lede
