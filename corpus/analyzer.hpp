#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <xapian.h>

#include "corpus/words.hpp"

namespace lede {

/// What an index makes of a word.
struct Meaning {
  std::string term;  ///< its stem, without a field's prefix
  /// What who writes the word without its accents asks for, where that is another term, else empty.
  /// Indexed beside the first.
  std::string plain_term;
  bool is_stop_word = false;        ///< indexed with a wdf of 0: it can be part of a phrase only
  bool is_query_stop_word = false;  ///< left out of questions, unless quoted, after a `+` or alone
};

/// A word of a text as the index knows it.
struct Token {
  std::size_t begin;  ///< byte offset in the text
  std::size_t end;    ///< byte offset past the word
  // Of Meaning; the views are valid until the next token.
  std::string_view term;
  std::string_view plain_term;
  std::string_view pair;  ///< of Word: a term without a position of its own
  bool is_stop_word;
  bool is_query_stop_word;
};

/// Turns text into terms: words, stemmed by the rules of one language, then folded. Indexing,
/// questions and snippets all use this class, so what one of them calls a word the others find.
///
/// Stemmers know endings with their accents (`élections`, `comunicación`), so these come off the
/// stem, not the word.
///
/// Not safe to share between threads (a Xapian::Stem is not): one for each.
class Analyzer {
 public:
  /// `stemmer` is a Snowball name (`english`, `german`, ...) or `none`. `mark` is put behind every
  /// term but those of words that no stemmer touches: numbers, scripts without spaces.
  /// Throws Error for a stemmer that Xapian does not have.
  explicit Analyzer(const std::string& stemmer, std::string_view mark = {});

  /// Calls `receive(const Token&)` for each word of the text, in order.
  template <typename Receive>
  void analyze(std::string_view text, Receive&& receive) {
    analyze_where(
        text, [](std::string_view) { return true; }, receive);
  }

  /// The same, but a word whose folded form `is_of_interest` refuses is not stemmed: its term is
  /// empty. For texts of which few words matter, since stemming takes the most time.
  template <typename IsOfInterest, typename Receive>
  void analyze_where(std::string_view text, IsOfInterest&& is_of_interest, Receive&& receive) {
    WordReader words(text);
    Word word;
    while (words.next(word)) {
      if (!is_of_interest(word.folded)) {
        receive(Token{word.begin, word.end, {}, {}, {}, false, false});
        continue;
      }
      const Meaning& meaning = meaning_of(word);
      receive(Token{word.begin, word.end, meaning.term, meaning.plain_term, word.pair,
                    meaning.is_stop_word, meaning.is_query_stop_word});
    }
  }

  /// What the index makes of a word; valid until the next one is asked for.
  const Meaning& meaning_of(const Word& word) {
    const auto known = memo_.find(word.written);
    return known != memo_.end() ? known->second : learn(word);
  }

  /// Whether a term always begins with the first byte of its folded word. Then words that begin
  /// otherwise are of no interest to who looks for certain terms.
  bool keeps_first_bytes() const { return keeps_first_bytes_; }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Memo = std::unordered_map<std::string, Meaning, Hash, std::equal_to<>>;

  const Meaning& learn(const Word& word);
  std::string term_of(std::string_view written, std::string_view folded);

  std::string stemmer_name_;
  std::string mark_;
  Xapian::Stem stemmer_;
  bool keeps_first_bytes_;
  Memo memo_;  // written word -> meaning; emptied when it outgrows its limit
};

/// The analyzers of an index: one for all its articles, or one for each language among them.
class Analyzers {
 public:
  /// `language` as IndexSettings have it: `auto`, `none`, or Snowball's name of a stemmer.
  explicit Analyzers(std::string language) : language_(std::move(language)) {}

  /// The name of the stemmer for articles in a language, which is an ISO code or empty. Articles
  /// with the same one have terms in common.
  std::string_view stemmer_for(std::string_view code) const;

  /// The analyzer with this stemmer, which stemmer_for has named.
  Analyzer& with(std::string_view stemmer);

 private:
  std::string language_;
  std::map<std::string, Analyzer, std::less<>> analyzers_;
};

}  // namespace lede
