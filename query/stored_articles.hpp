#pragma once

#include <utility>

#include <xapian.h>

#include "corpus/article.hpp"
#include "corpus/article_codec.hpp"

namespace lede {

/// Reads stored articles. It keeps the last one, since all phrases of a question are looked for in
/// one candidate before the next comes.
class StoredArticles {
 public:
  /// The codec must outlive it.
  StoredArticles(Xapian::Database index, ArticleCodec& codec)
      : index_(std::move(index)), codec_(codec) {}

  /// Valid until the next one is asked for. Throws Error (damaged).
  const Article& article(Xapian::docid docid);

  const Xapian::Database& index() const { return index_; }

 private:
  Xapian::Database index_;
  ArticleCodec& codec_;
  Xapian::docid last_docid_ = 0;
  Article last_;
};

}  // namespace lede
