#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xapian.h>

#include "indexer/index_folder.hpp"

namespace lede {

/// What is wrong with an article of an index.
struct ArticleDamage {
  Xapian::docid docid = 0;  ///< 0: with the index as a whole
  std::string id;           ///< empty where it cannot be read
  std::string problem;
};

struct ArticlesCheck {
  std::uint64_t articles = 0;          ///< that were found, damaged ones too
  std::vector<ArticleDamage> damaged;  ///< a thousand at most
  std::uint64_t damaged_count = 0;     ///< all of them
};

/// Reads every article of the build in use, and holds its words against the lists of words, in a
/// process of its own: where that crashes or hangs over an article, another goes on behind it.
/// Throws Error (resources).
ArticlesCheck check_articles(const IndexFolder& folder);

}  // namespace lede
