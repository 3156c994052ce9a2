#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "corpus/article.hpp"

namespace lede {

/// An article of an id that came before, and the path that its file was moved from, or empty.
struct RepeatedArticle {
  Article article;
  std::string moved_from;
};

/// The ids of articles that are on their way into an index and cannot be looked at, and the
/// articles that came with one of these ids again: they wait until the first is in the index.
/// Changed articles, too, wait for a build on its way.
class RepeatedArticles {
 public:
  bool has_id_of(const Article& article) const;
  void add_id_of(const Article& article);
  void add(Article article, const std::string& moved_from = {});

  bool is_empty() const { return waiting_.empty(); }
  /// So many that they should not wait any longer.
  bool is_full() const;

  /// Those that wait, in the order they came. After this no id is known.
  std::vector<RepeatedArticle> take();

 private:
  std::unordered_set<std::uint64_t> ids_;  // hashes
  std::vector<RepeatedArticle> waiting_;
  std::size_t waiting_bytes_ = 0;
};

}  // namespace lede
