#include "indexer/bulk_addition.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "indexer/article_rank.hpp"
#include "indexer/document.hpp"
#include "indexer/glass/format_check.hpp"

namespace lede {
namespace {

/// Is there room for the build, and for a copy of the index with it? Libxapian writes less anew.
bool has_room(const std::string& folder, std::uint64_t index_bytes, std::uint64_t new_bytes) {
  constexpr std::uint64_t kTablesOfText = 4;  // an index takes 1.5 to 3 times its text
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  return !error && space.available > index_bytes + 2 * kTablesOfText * new_bytes;
}

}  // namespace

BulkAddition::BulkAddition(IndexDocuments& documents, AdditionRule rule, const BulkLimits& limits)
    : documents_(documents), rule_(rule), limits_(limits) {}

void BulkAddition::add(const Article& article) {
  repeated_.add_id_of(article);
  taken_bytes_ += bytes_in_memory(article);
  if (build_ != nullptr) return build(article);
  held_bytes_ += bytes_in_memory(article);
  held_.push_back(article);
}

/// What has come is a lower bound of what will; the files are a guess: they may be compressed, or
/// have little that is new.
bool BulkAddition::pays() const {
  const std::string& path = documents_.folder().path();
  const std::uint64_t index_bytes = size_of_index(path);
  const std::uint64_t new_bytes = std::max(taken_bytes_, expected_bytes_);
  return rule_.pays(new_bytes, index_bytes) && has_room(path, index_bytes, new_bytes);
}

bool BulkAddition::begin_build() {
  if (!is_possible_ || !pays()) return false;
  part_ = documents_.folder().make_part();
  is_possible_ = glass::is_written_alike(part_);
  if (!is_possible_) return false;
  build_ = std::make_unique<BulkBuild>(part_, documents_.settings(), limits_,
                                       BulkPart{documents_.last_docid()});
  for (Article& article : take_held()) build(std::move(article));
  return true;
}

std::vector<Article> BulkAddition::take_held() {
  held_bytes_ = 0;
  return std::exchange(held_, {});
}

void BulkAddition::build(Article article) {
  const std::string& owner = owner_of(article);
  if (owners_.empty() || owners_.back().first != owner) owners_.emplace_back(owner, 0);
  ++owners_.back().second;
  build_->add(std::move(article));
}

BulkAddition::Joined BulkAddition::join() {
  build_->finish();
  const Xapian::docid first = build_->first_docid();
  const Xapian::docid last = first + build_->article_count() - 1;
  build_.reset();  // what it holds of memory and of unnamed files
  documents_.join(part_);
  documents_.folder().remove_part();
  return {first, last, std::move(owners_)};
}

}  // namespace lede
