#pragma once

#include <string>

#include <xapian.h>

#include "corpus/article_codec.hpp"

namespace lede {

/// What an index holds under a docid.
struct ArticleCheck {
  bool is_there = false;  ///< false: the docid is free
  std::string id;         ///< as far as it can be read
  std::string problem;    ///< empty: nothing is wrong
};

/// Reads an article as it is stored and as it is found: its text is the one that was stored, its id
/// leads to it alone, its length is that of its terms. Throws nothing; what libxapian does to the
/// process over a damaged table is up to libxapian.
ArticleCheck check_article(const Xapian::Database& index, Xapian::docid docid, ArticleCodec& codec);

}  // namespace lede
