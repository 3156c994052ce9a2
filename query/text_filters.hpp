#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "corpus/fields.hpp"
#include "query/index_languages.hpp"
#include "query/stored_articles.hpp"
#include "query/text_finders.hpp"

namespace lede {

/// Words side by side, as articles of each of the index's languages have them.
struct Phrase {
  std::vector<std::vector<std::string>>
      terms;                     ///< by language: a term without prefix for each word
  std::optional<FieldId> field;  ///< only there; none is every bare field
};

/// Words, or phrases, near each other, as articles of each of the index's languages have them.
struct Neighbours {
  std::vector<std::vector<Operand>> operands;  ///< by language
  std::size_t distance = 0;                    ///< words from the first to the last at most
  std::optional<FieldId> field;                ///< only there; none is every bare field
};

// The articles in whose stored text something stands: what terms without positions, and stems,
// cannot tell by themselves. Such a filter weighs nothing. Every article that is asked about is
// read, so the words must be asked for beside it; Xapian asks these filters last.
//
// The query must not outlive `languages`. Asking throws Error (damaged) for an article that cannot
// be read.

Xapian::Query phrase_filter(Phrase phrase, const IndexLanguages& languages,
                            std::shared_ptr<StoredArticles> articles);

/// Of a single operand: the articles that have it, as it is written where its words have forms.
Xapian::Query near_filter(Neighbours neighbours, const IndexLanguages& languages,
                          std::shared_ptr<StoredArticles> articles);

}  // namespace lede
