#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "corpus/analyzer.hpp"

namespace lede {

/// The languages of an index's articles, as far as their words differ: one for each stemmer that
/// some article was stemmed by. An article is only found by terms of its own one.
///
/// Not safe to share between threads, for its analyzers.
class IndexLanguages {
 public:
  /// Looks into the index. `stemming` is the language of its settings: `auto`, or one for all.
  IndexLanguages(const Xapian::Database& index, const std::string& stemming);

  IndexLanguages(IndexLanguages&&) = default;
  IndexLanguages& operator=(IndexLanguages&&) = default;

  /// At least one; languages are numbered from 0, that of most articles first.
  std::size_t count() const { return languages_.size(); }
  Analyzer& analyzer(std::size_t language) const { return *languages_[language].analyzer; }
  /// The terms that say an article is in this language; of an English one `Len`, or `Lund`.
  const std::vector<std::string>& filters(std::size_t language) const {
    return languages_[language].filters;
  }
  /// The number of the language that an article with this code was indexed in.
  std::size_t number_of(std::string_view code) const;

  const Xapian::Database& index() const { return index_; }

  /// Whether some article has the term.
  bool has_term(const std::string& term) const { return index_.term_exists(term); }

 private:
  struct Language {
    std::string_view stemmer;
    Analyzer* analyzer;  // one of analyzers_
    std::uint64_t articles;
    std::vector<std::string> filters;
  };
  Language& language_with(std::string_view stemmer);

  Xapian::Database index_;
  Analyzers analyzers_;
  std::vector<Language> languages_;
};

}  // namespace lede
