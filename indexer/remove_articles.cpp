#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>
#include <xapian.h>

#include "console/json_writer.hpp"
#include "console/run_tool.hpp"
#include "console/terminal.hpp"
#include "corpus/index_files.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/settings.hpp"
#include "indexer/chosen_articles.hpp"
#include "indexer/commands.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/interruption.hpp"
#include "indexer/report.hpp"

namespace lede {
namespace {

/// What a removal did, or would do.
struct Removal {
  std::uint64_t removed = 0;
  std::vector<std::string> missing;  ///< ids that no article has
  bool is_interrupted = false;
  std::uint64_t articles_left = 0;
};

/// The ids on the command line, and in its place those on standard input.
std::vector<std::string> named_ids(const RemovalOptions& removal) {
  std::vector<std::string> ids;
  for (const std::string& id : removal.ids) {
    if (id != "-") {
      ids.push_back(id);
      continue;
    }
    std::ranges::move(read_ids(stdin, removal.are_null_ended), std::back_inserter(ids));
  }
  return ids;
}

void drop_repeated(std::vector<std::string>& ids) {
  std::unordered_set<std::string> seen;
  std::erase_if(ids, [&](const std::string& id) { return !seen.insert(id).second; });
}

/// One removal from one index.
class RemovalRun {
 public:
  explicit RemovalRun(const IndexOptions& options)
      : options_(options), path_(chosen_index_path(options)), index_(open_index(path_)) {
    with_index(path_, [&] { read_settings(index_, path_); });
  }

  Removal run() {
    std::vector<std::string> ids = named_ids(options_.removal);  // before others are locked out
    if (!options_.is_dry_run) open_writer();
    choose_by_content(ids);
    drop_repeated(ids);
    for (const std::string& id : ids) {
      if (watch_.requested()) break;
      remove(id);
    }
    if (writer_) writer_->commit();
    removal_.is_interrupted = watch_.requested().has_value();
    removal_.articles_left = writer_ ? writer_->article_count() : index_.get_doccount();
    return std::move(removal_);
  }

  std::optional<ExitStatus> interruption() const { return watch_.requested(); }

 private:
  void open_writer() {
    auto folder = hold_index(path_, std::chrono::seconds(options_.lock_wait_seconds));
    index_ = open_index(path_);  // it cannot change any more
    registry_ = with_index(path_, [&] { return FileRegistry(index_); });
    writer_ = std::make_unique<IndexWriter>(path_, open_documents(std::move(folder), {}), registry_,
                                            Written());
  }

  void choose_by_content(std::vector<std::string>& ids) const {
    const RemovalOptions& removal = options_.removal;
    if (!removal.query.empty())
      ids = ids_answering(path_, removal.query, [this] { return interruption().has_value(); });
    if (!removal.under.empty())
      ids = with_index(path_, [&] { return ids_under(index_, removal.under); });
  }

  void remove(const std::string& id) {
    const bool is_there = writer_
                              ? writer_->remove(id)
                              : with_index(path_, [&] { return index_.term_exists(id_term(id)); });
    if (!is_there) {
      warn(kIndexTool, fmt::format("no article has the id '{}'", id));
      removal_.missing.push_back(id);
      return;
    }
    ++removal_.removed;
    if (options_.is_verbose) warn(kIndexTool, fmt::format("{} {}", verb(), id));
  }

  std::string_view verb() const { return writer_ ? "removed" : "would remove"; }

  const IndexOptions& options_;
  InterruptionWatch watch_;
  std::string path_;
  Xapian::Database index_;
  FileRegistry registry_;
  std::unique_ptr<IndexWriter> writer_;  // unless it is a dry run
  Removal removal_;
};

std::string format_removal(const Removal& removal, const IndexOptions& options) {
  return fmt::format(
      "{} {}\nthe index at {} holds {}\n", count_of(removal.removed, "article", "articles"),
      options.is_dry_run ? "would be removed" : "removed", chosen_index_path(options),
      count_of(removal.articles_left, "article", "articles"));
}

std::string format_removal_json(const Removal& removal, const IndexOptions& options) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(1);
  json.key("removed").value(removal.removed);
  json.key("missing").begin_array();
  for (const std::string& id : removal.missing) json.value(id);
  json.end_array();
  json.key("dry_run").value(options.is_dry_run);
  json.key("interrupted").value(removal.is_interrupted);
  json.key("index").begin_object();
  json.key("path").value(chosen_index_path(options));
  json.key("articles").value(removal.articles_left);
  json.end_object();
  json.end_object();
  return json.take() + '\n';
}

void print_removal(const Removal& removal, const IndexOptions& options) {
  if (options.is_json) return write_all(stdout, format_removal_json(removal, options));
  if (!options.is_quiet) write_all(stdout, format_removal(removal, options));
}

}  // namespace

ExitStatus remove_articles(const IndexOptions& options) {
  require_removal(options);
  RemovalRun run(options);
  const Removal removal = run.run();
  print_removal(removal, options);
  if (const auto status = run.interruption()) return *status;
  const bool is_all_done = removal.missing.empty() && removal.removed > 0;
  return is_all_done ? ExitStatus::success : ExitStatus::inputs_skipped;
}

}  // namespace lede
