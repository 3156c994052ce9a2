#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

namespace lede {

/// An article that a question finds, among the others.
struct RankedArticle {
  Xapian::docid docid = 0;
  double score = 0;
  std::uint64_t similar = 0;  ///< how many others are left out for it
  double recency = 1;         ///< what the score has been multiplied by
};

/// Takes all articles that a question finds, with their scores. For an order that the matcher
/// cannot make page by page, since it depends on more than one article.
class RankedArticles : public Xapian::MatchSpy {
 public:
  /// `keys` are what the order goes by, as Xapian::Enquire::set_sort_by_key has it; nullptr: it
  /// goes by score. They must outlive the matching.
  RankedArticles(Xapian::KeyMaker* keys, bool is_descending)
      : keys_(keys), is_descending_(is_descending) {}

  void operator()(const Xapian::Document& document, double weight) override;

  /// All of them, once: best first, equal ones in the order of the index, as a page of the
  /// matcher's has them.
  std::vector<RankedArticle> take();

 private:
  using Keyed = std::pair<std::string, RankedArticle>;

  Xapian::KeyMaker* keys_;
  bool is_descending_;
  std::vector<RankedArticle> articles_;  // without keys
  std::vector<Keyed> keyed_;             // with keys
};

}  // namespace lede
