#include "indexer/new_index.hpp"

#include <filesystem>
#include <utility>

#include "corpus/index_files.hpp"
#include "indexer/index_writer.hpp"

namespace lede {
namespace {

/// Of repeated articles that wait for the end of the build. Where there are more of them than
/// this, the build ends early.
constexpr std::size_t kMostRepeatedBytes = std::size_t{32} << 20;

}  // namespace

NewIndex::NewIndex(std::string path, WriterOptions options, Written written)
    : path_(std::move(path)), options_(std::move(options)), written_(std::move(written)) {
  std::error_code error;
  std::filesystem::create_directory(path_, error);
  lock_.emplace(path_, options_.lock_wait);
  clear_unfinished_build(path_);
  const BulkLimits limits{options_.jobs, options_.memory_bytes};
  const IndexSettings settings = with_wanted({}, options_.settings);
  const Analyzers analyzers(settings.language);  // throws for a stemmer that there is not
  build_ = std::make_unique<BulkBuild>(path_, settings, limits);
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
  build_->finish();
  build_.reset();
  lock_.reset();
  updates_ = std::make_unique<IndexWriter>(path_, WantedSettings{}, options_.lock_wait, written_,
                                           std::move(ids_));
  for (Article& article : repeated_) updates_->add_or_update(std::move(article));
  repeated_.clear();
}

std::uint64_t NewIndex::article_count() const {
  return build_ != nullptr ? build_->article_count() : updates_->article_count();
}

}  // namespace lede
