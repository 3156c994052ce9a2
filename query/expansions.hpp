#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/fields.hpp"
#include "corpus/lexicon.hpp"
#include "query/index_languages.hpp"
#include "query/word_matchers.hpp"

namespace lede {

/// A word that the index's articles have, or had.
struct IndexWord {
  std::string written;
  std::vector<std::string> terms;  ///< by language, without prefix; empty where no article has it
  Xapian::doccount articles = 0;   ///< that have one of the terms there: the sum
  std::size_t errors = 0;          ///< of typing, between it and what was asked for
};

/// Finds what patterns and misspelt words stand for among the words of an index.
class Expander {
 public:
  /// Beyond so many words the patterns of a question say too little to be worth the time.
  static constexpr std::size_t kMostMatches = 10'000;

  /// `languages` must outlive it.
  explicit Expander(const IndexLanguages& languages) : languages_(languages) {}

  /// The words that match, those first that most articles have in the field, or anywhere that bare
  /// words search, with at most `limit` different terms. Throws Error (usage) where more than
  /// kMostMatches do, together with those of other patterns.
  std::vector<IndexWord> matching(const std::string& pattern, std::optional<FieldId> field,
                                  std::size_t limit);

  /// The words with at most `errors` typing errors in them: those with the fewest, then those that
  /// most articles have there first, with at most `limit` different terms.
  std::vector<IndexWord> similar(std::string_view word, std::size_t errors,
                                 std::optional<FieldId> field, std::size_t limit);

  /// The same of all fields, but only of words with the same first letter: a slip there is rare,
  /// and others are found many times faster.
  std::vector<IndexWord> similar_from_first(std::string_view word, std::size_t errors,
                                            std::size_t limit);

  /// The same for one word.
  IndexWord look_up(std::string_view written, std::optional<FieldId> field = {}) const;

 private:
  Lexicon& lexicon();
  std::vector<std::string> matches(std::string_view pattern);
  void add_similar(std::string_view folded, std::size_t errors, const WordRange& range,
                   std::optional<FieldId> field, std::vector<IndexWord>& found);
  std::vector<IndexWord> best(std::vector<IndexWord>&& found, std::size_t limit) const;

  const IndexLanguages& languages_;
  using Pattern = std::pair<std::string, std::optional<FieldId>>;

  std::map<Pattern, std::vector<IndexWord>> matching_;
  std::size_t matches_left_ = kMostMatches;
  std::optional<Lexicon> lexicon_;  // opened when it is first asked: most questions never do
};

}  // namespace lede
