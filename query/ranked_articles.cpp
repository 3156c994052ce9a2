#include "query/ranked_articles.hpp"

#include <algorithm>

namespace lede {

void RankedArticles::operator()(const Xapian::Document& document, double weight) {
  const RankedArticle article{document.get_docid(), weight};
  if (keys_ == nullptr)
    articles_.push_back(article);
  else
    keyed_.emplace_back((*keys_)(document), article);
}

std::vector<RankedArticle> RankedArticles::take() {
  std::ranges::sort(articles_, [](const RankedArticle& a, const RankedArticle& b) {
    return a.score != b.score ? a.score > b.score : a.docid < b.docid;
  });
  std::ranges::sort(keyed_, [&](const Keyed& a, const Keyed& b) {
    if (a.first != b.first) return (a.first < b.first) != is_descending_;
    return a.second.docid < b.second.docid;
  });
  for (const Keyed& keyed : keyed_) articles_.push_back(keyed.second);
  return std::move(articles_);
}

}  // namespace lede
