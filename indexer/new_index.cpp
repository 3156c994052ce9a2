#include "indexer/new_index.hpp"

#include <utility>

#include "indexer/check_build.hpp"
#include "indexer/index_writer.hpp"

namespace lede {
namespace {

/// Of repeated articles that wait for the end of the build. Where there are more of them than
/// this, the build ends early.
constexpr std::size_t kMostRepeatedBytes = std::size_t{32} << 20;

}  // namespace

NewIndex::NewIndex(std::unique_ptr<IndexFolder> folder, const WriterOptions& options,
                   Written written)
    : folder_(std::move(folder)), written_(std::move(written)) {
  const BulkLimits limits{options.jobs, options.memory_bytes};
  const IndexSettings settings = with_wanted({}, options.settings);
  const Analyzers analyzers(settings.language);  // throws for a stemmer that there is not
  build_ = std::make_unique<BulkBuild>(folder_->tables(), settings, limits);
}

void NewIndex::add_or_update(Article article) {
  if (updates_ != nullptr) return updates_->add_or_update(std::move(article));
  if (ids_.insert(hash_of_id(article)).second) {
    written_(article, Outcome{Outcome::Kind::added, ""});
    build_->add(std::move(article));
    return;
  }
  repeated_bytes_ += article.body.size();
  repeated_.push_back(std::move(article));
  if (repeated_bytes_ > kMostRepeatedBytes) end_build();
}

void NewIndex::commit() {
  if (build_ != nullptr) end_build();
  updates_->commit();
}

/// Makes the index, and goes on as with any other.
void NewIndex::end_build() {
  const std::uint32_t articles = build_->article_count();
  build_->finish();
  build_.reset();
  check_build(*folder_, articles, CheckedPart::sample);
  updates_ = std::make_unique<IndexWriter>(std::move(folder_), WantedSettings{}, written_,
                                           std::move(ids_));
  for (Article& article : repeated_) updates_->add_or_update(std::move(article));
  repeated_.clear();
}

std::uint64_t NewIndex::article_count() const {
  return build_ != nullptr ? build_->article_count() : updates_->article_count();
}

}  // namespace lede
