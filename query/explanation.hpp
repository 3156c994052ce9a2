#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

#include "corpus/article.hpp"
#include "corpus/fields.hpp"
#include "query/index_languages.hpp"

namespace lede {

/// How often a word stands in a field of an article.
struct FieldCount {
  FieldId field = FieldId::body;
  std::uint64_t count = 0;

  friend bool operator==(const FieldCount&, const FieldCount&) = default;
};

/// What one word of a question adds to an article's score.
struct TermShare {
  std::vector<std::string> terms;  ///< of the index; several rank as one
  std::vector<std::string>
      words;  ///< as the article has them, in lower case, each once; eight at most
  std::vector<FieldCount> fields;  ///< where they stand, those that have none left out
  std::uint64_t wdf = 0;           ///< what they count in the article: with the fields' weights
  std::uint64_t articles = 0;      ///< that have one of them
  double weight = 0;

  friend bool operator==(const TermShare&, const TermShare&) = default;
};

/// Takes the scores of articles apart.
class Explainer {
 public:
  /// `weighting` is that of the scores. `index` and `languages` must outlive it.
  Explainer(const Xapian::Database& index, const IndexLanguages& languages,
            const Xapian::Weight& weighting)
      : index_(index), languages_(languages), weighting_(weighting) {}

  /// The shares that make up the article's score for the query, which may be anything; filters
  /// weigh nothing and have none. Each is what Xapian gives that part of the query by itself for
  /// this one article, so that whatever ranks is told as it ranks. Throws Xapian::Error.
  std::vector<TermShare> explain(const Xapian::Query& query, Xapian::docid docid,
                                 const Article& article) const;

 private:
  void add_shares(const Xapian::Query& query, Xapian::docid docid, const Article& article,
                  std::vector<TermShare>& shares) const;
  TermShare share_of(const Xapian::Query& query, double weight, Xapian::docid docid,
                     const Article& article) const;
  double weight_of(const Xapian::Query& query, const Article& article) const;
  std::uint64_t count_articles(const Xapian::Query& query) const;

  const Xapian::Database& index_;
  const IndexLanguages& languages_;
  const Xapian::Weight& weighting_;
};

}  // namespace lede
