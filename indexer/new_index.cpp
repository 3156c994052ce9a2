#include "indexer/new_index.hpp"

#include <filesystem>
#include <utility>

#include "corpus/index_files.hpp"
#include "indexer/article_rank.hpp"
#include "indexer/check_build.hpp"

namespace lede {

NewIndex::NewIndex(std::unique_ptr<IndexFolder> folder, const WriterOptions& options,
                   FileRegistry& registry, Written written)
    : folder_(std::move(folder)),
      path_(folder_->path()),
      registry_(registry),
      written_(std::move(written)) {
  const BulkLimits limits{options.jobs, options.memory_bytes};
  const IndexSettings settings = with_wanted({}, options.settings);
  const Analyzers analyzers(settings.language);  // throws for a stemmer that there is not
  build_ = std::make_unique<BulkBuild>(folder_->tables(), settings, limits);
}

void NewIndex::start_pass(std::uint8_t pass, const std::vector<std::string_view>& files) {
  if (build_ != nullptr && pass == 1) return;  // nothing is there that could be out of date
  if (build_ != nullptr) end_build();
  updates_->start_pass(pass, files);
}

void NewIndex::add_or_update(Article article, const std::string& moved_from) {
  if (updates_ != nullptr) return updates_->add_or_update(std::move(article), moved_from);
  if (repeated_.has_id_of(article)) {
    repeated_.add(std::move(article));
    if (repeated_.is_full()) end_build();
    return;
  }
  repeated_.add_id_of(article);
  registry_.add_article(owner_of(article));
  written_(article, Outcome{Outcome::Kind::added, "", false});
  build_->add(std::move(article));
}

void NewIndex::finish_reading() {
  if (updates_ != nullptr) updates_->finish_reading();
}

std::uint64_t NewIndex::remove_the_rest(const std::string& file) {
  return updates_ != nullptr ? updates_->remove_the_rest(file) : 0;
}

void NewIndex::finish_pass() {
  if (build_ != nullptr && !repeated_.is_empty()) end_build();
  if (updates_ != nullptr) updates_->finish_pass();
}

bool NewIndex::remove(const std::string& id) {
  if (build_ != nullptr) end_build();
  return updates_->remove(id);
}

void NewIndex::set_metadata(const std::string& name, const std::string& value) {
  if (updates_ != nullptr) return updates_->set_metadata(name, value);
  metadata_.insert_or_assign(name, value);
}

void NewIndex::commit() {
  if (build_ != nullptr) end_build();
  updates_->commit();
}

/// Makes the index, and goes on as with any other. Should the run end before repeated articles are
/// in, the next one reads their files again.
void NewIndex::end_build() {
  std::vector<RepeatedArticle> repeated = repeated_.take();
  const std::vector<std::string> waiting = require_reading_of(repeated);
  const std::uint32_t articles = build_->article_count();
  build_->finish(metadata_of_build());
  build_.reset();
  check_build(*folder_, articles, CheckedPart::sample);
  updates_ = std::make_unique<IndexWriter>(path_, open_documents(std::move(folder_), {}), registry_,
                                           written_, Before::this_pass);
  for (RepeatedArticle& each : repeated) updates_->add_or_update(std::move(each.article));
  for (const std::string& file : waiting) registry_.settle(file);
}

/// Returns those files that did not need reading before.
std::vector<std::string> NewIndex::require_reading_of(
    const std::vector<RepeatedArticle>& repeated) {
  std::vector<std::string> waiting;
  for (const RepeatedArticle& each : repeated) {
    const std::string& owner = owner_of(each.article);
    const FileRecord* file = registry_.find(owner);
    if (file == nullptr || file->needs_reading) continue;
    registry_.require_reading(owner);
    waiting.push_back(owner);
  }
  return waiting;
}

std::map<std::string, std::string> NewIndex::metadata_of_build() {
  std::map<std::string, std::string> entries = registry_.take_changes();
  std::erase_if(entries, [](const auto& entry) { return entry.second.empty(); });
  entries.merge(metadata_);
  return entries;
}

std::uint64_t NewIndex::article_count() const {
  return build_ != nullptr ? build_->article_count() : updates_->article_count();
}

}  // namespace lede
