#include "console/run_tool.hpp"
#include "indexer/commands.hpp"
#include "indexer/keep_freed_memory.hpp"
#include "indexer/options.hpp"

int main(int argc, char** argv) {
  lede::keep_freed_memory();
  CLI::App app{"Index article files for lede-query.", "lede-index"};
  lede::IndexOptions options;
  lede::define_options(app, options);
  return lede::run_tool(app, argc, argv, [&options] {
    switch (options.command) {
      case lede::IndexCommand::index:
        return lede::index_articles(options);
      case lede::IndexCommand::parse:
        return lede::parse_articles(options);
      case lede::IndexCommand::watch:
        return lede::watch_articles(options);
      case lede::IndexCommand::status:
        return lede::show_status(options);
      case lede::IndexCommand::compact:
        return lede::compact_index(options);
      case lede::IndexCommand::check:
        return lede::check_index(options);
      case lede::IndexCommand::export_all:
        return lede::export_articles(options);
      case lede::IndexCommand::remove:
        return lede::remove_articles(options);
    }
    return lede::ExitStatus::usage;
  });
}
