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

/// One of several words or phrases as they are written, in articles of each of the index's
/// languages.
struct Written {
  std::vector<Operand> operands;  ///< by language
  std::optional<FieldId> field;   ///< only there; none is every bare field
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

// None of these may outlive `languages`.

TextTest phrase_test(Phrase phrase, const IndexLanguages& languages);

TextTest written_test(Written written, const IndexLanguages& languages);

TextTest near_test(Neighbours neighbours, const IndexLanguages& languages);

// Every article that is asked about is read, so the words must be asked for beside the test. Asking
// throws Error (damaged) for an article that cannot be read.

/// The articles that pass, wherever a query needs them. It weighs nothing; Xapian asks it last. To
/// read one costs so much of what `articles` may.
Xapian::Query text_filter(TextTest test, std::shared_ptr<StoredArticles> articles,
                          std::size_t cost = 0);

class WrittenScan;

/// Words that a question asks for as they are written, wherever it does. What articles have of them
/// is found out at once: each article is read once, whichever word it is read for.
class WrittenWords {
 public:
  static constexpr std::size_t kMost = WrittenFinder::kMostOperands;

  /// `languages` must outlive it.
  WrittenWords(const IndexLanguages& languages, std::shared_ptr<StoredArticles> articles);
  ~WrittenWords();

  /// Takes them all before the first article is asked about; up to kMost. Returns their number.
  std::size_t add(Written written);
  std::size_t size() const { return words_.size(); }

  /// Throws as StoredArticles.
  bool has(Xapian::docid docid, std::size_t number);

 private:
  const IndexLanguages& languages_;
  std::shared_ptr<StoredArticles> articles_;
  std::vector<Written> words_;
  std::unique_ptr<const WrittenScan> scan_;  // made with the first article
  std::vector<bool> is_known_;               // by docid
  std::vector<WrittenFinder::Found> found_;
};

/// The articles that have the words of a number. It weighs nothing; Xapian asks it last.
Xapian::Query written_filter(std::shared_ptr<WrittenWords> words, std::size_t number);

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
