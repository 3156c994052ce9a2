#pragma once

#include <cstddef>
#include <limits>
#include <utility>

#include <xapian.h>

#include "corpus/article.hpp"
#include "corpus/article_codec.hpp"

namespace lede {

/// Reads stored articles. It keeps the last one, since all phrases of a question are looked for in
/// one candidate before the next comes.
class StoredArticles {
 public:
  /// The codec must outlive it. `most` is what all that is read may cost.
  StoredArticles(Xapian::Database index, ArticleCodec& codec,
                 std::size_t most = std::numeric_limits<std::size_t>::max())
      : index_(std::move(index)), codec_(codec), left_(most) {}

  /// Valid until the next one is asked for. Throws Error (damaged), and (usage) where there is no
  /// more left than it costs to read it.
  const Article& article(Xapian::docid docid, std::size_t cost = 0);

  const Xapian::Database& index() const { return index_; }

 private:
  Xapian::Database index_;
  ArticleCodec& codec_;
  std::size_t left_;
  Xapian::docid last_docid_ = 0;
  Article last_;
};

}  // namespace lede
