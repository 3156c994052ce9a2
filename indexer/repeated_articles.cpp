#include "indexer/repeated_articles.hpp"

#include <utility>

#include "indexer/article_writer.hpp"
#include "indexer/document.hpp"

namespace lede {
namespace {

constexpr std::size_t kMostBytes = std::size_t{32} << 20;

}  // namespace

bool RepeatedArticles::has_id_of(const Article& article) const {
  return ids_.contains(hash_of_id(article));
}

void RepeatedArticles::add_id_of(const Article& article) {
  ids_.insert(hash_of_id(article));
}

void RepeatedArticles::add(Article article, const std::string& moved_from) {
  waiting_bytes_ += bytes_in_memory(article);
  waiting_.push_back({std::move(article), moved_from});
}

bool RepeatedArticles::is_full() const {
  return waiting_bytes_ > kMostBytes;
}

std::vector<RepeatedArticle> RepeatedArticles::take() {
  ids_.clear();
  waiting_bytes_ = 0;
  return std::exchange(waiting_, {});
}

}  // namespace lede
