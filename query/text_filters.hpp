#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "corpus/article.hpp"
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

/// Whether something stands in the stored text of an article: what terms without positions, and
/// stems, cannot tell by themselves.
using TextTest = std::function<bool(const Article&)>;

/// The test must not outlive `languages`.
TextTest phrase_test(Phrase phrase, const IndexLanguages& languages);

/// Of a single operand: whether an article has it, as it is written where its words have forms.
TextTest near_test(Neighbours neighbours, const IndexLanguages& languages);

// Every article that is asked about is read, so the words must be asked for beside the test. Asking
// throws Error (damaged) for an article that cannot be read.

/// The articles that pass, wherever a query needs them. It weighs nothing; Xapian asks it last.
Xapian::Query text_filter(TextTest test, std::shared_ptr<StoredArticles> articles);

/// Lets through what passes all tests. Xapian asks it, after the query, only about articles that
/// rank high enough to be shown, or that it must count: far fewer than text_filter() is asked
/// about.
class TextDecider final : public Xapian::MatchDecider {
 public:
  /// `articles` must outlive it.
  TextDecider(std::vector<TextTest> tests, StoredArticles& articles)
      : tests_(std::move(tests)), articles_(articles) {}

  bool operator()(const Xapian::Document& document) const override;

 private:
  std::vector<TextTest> tests_;
  StoredArticles& articles_;
};

}  // namespace lede
