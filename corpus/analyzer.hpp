#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <xapian.h>

#include "corpus/learned_words.hpp"
#include "corpus/word_memo.hpp"
#include "corpus/words.hpp"

namespace lede {

/// A word of a text as the index knows it. Valid until the next one.
class Token {
 public:
  /// One that was not looked up.
  Token(std::size_t from, std::size_t to) : begin(from), end(to) {}
  Token(std::size_t from, std::size_t to, std::string_view its_pair, WordMemo::Entry& entry,
        const WordMemo& memo)
      : begin(from), end(to), pair(its_pair), entry_(&entry), memo_(&memo) {}

  std::size_t begin;      ///< byte offset in the text
  std::size_t end;        ///< byte offset past the word
  std::string_view pair;  ///< of Word: a term without a position of its own

  // Of Meaning. Of a word that was not looked up nothing is known.
  std::string_view term() const { return entry_ ? meaning().term : std::string_view(); }
  std::string_view plain_term() const { return entry_ ? meaning().plain_term : std::string_view(); }
  bool has_plain_term() const { return entry_ != nullptr && entry_->has_plain_term; }
  bool is_stop_word() const { return entry_ != nullptr && entry_->is_stop_word; }
  bool is_query_stop_word() const { return entry_ != nullptr && meaning().is_query_stop_word; }

  /// For whoever indexes; of a word that was looked up.
  WordNote& note() const { return entry_->note; }

 private:
  const Meaning& meaning() const { return memo_->meaning_of(*entry_); }

  WordMemo::Entry* entry_ = nullptr;
  const WordMemo* memo_ = nullptr;
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
  /// It remembers up to `memo_limit` words before it starts anew. Each word that it does not
  /// remember goes into `learned`, where there is one, which must outlive it.
  /// Throws Error for a stemmer that Xapian does not have.
  explicit Analyzer(const std::string& stemmer, std::string_view mark = {},
                    std::size_t memo_limit = kUsualMemo, LearnedWords* learned = nullptr);

  /// Some 40 MB.
  static constexpr std::size_t kUsualMemo = 300'000;

  /// Calls `receive(const Token&)` for each word of the text, in order.
  template <typename Receive>
  void analyze(std::string_view text, Receive&& receive) {
    WordReader words(text);
    Ahead ahead;
    const auto look_up_first = [&] {
      const Ahead::Place& place = ahead.first();
      receive(Token(place.begin, place.end, {}, look_up(place.key), memo_));
      ahead.drop_first();
    };
    for (Word word; words.next(word);) {
      if (is_simple(word)) {
        if (ahead.is_full()) look_up_first();
        const WordMemo::Key key = WordMemo::key_of(word.written);
        memo_.prefetch(key);
        ahead.add({word.begin, word.end, key});
        continue;
      }
      while (!ahead.is_empty()) look_up_first();
      receive(Token(word.begin, word.end, word.pair, look_up(word), memo_));
    }
    while (!ahead.is_empty()) look_up_first();
  }

  /// The same, but a word whose folded form `is_of_interest` refuses is not looked up: nothing is
  /// known of it. For texts of which few words matter, since stemming takes the most time.
  template <typename IsOfInterest, typename Receive>
  void analyze_where(std::string_view text, IsOfInterest&& is_of_interest, Receive&& receive) {
    WordReader words(text);
    for (Word word; words.next(word);) {
      if (is_of_interest(word.folded)) {
        receive(Token(word.begin, word.end, word.pair, look_up(word), memo_));
      } else {
        receive(Token(word.begin, word.end));
      }
    }
  }

  /// The same for words that may begin in one of these ways; of most others nothing is told.
  template <typename Receive>
  void analyze_beginning_with(const WordBeginnings& beginnings, std::string_view text,
                              Receive&& receive) {
    WordReader words(text);
    for (Word word; words.next_beginning_with(beginnings, word);)
      receive(Token(word.begin, word.end, word.pair, look_up(word), memo_));
  }

  /// What the index makes of a word; valid until the next one is asked for.
  const Meaning& meaning_of(const Word& word) { return memo_.meaning_of(look_up(word)); }

  /// Whether a term always begins with the first byte of its folded word. Then words that begin
  /// otherwise are of no interest to who looks for certain terms.
  bool keeps_first_bytes() const { return keeps_first_bytes_; }

  /// Adds how words begin that have the term, which is not empty.
  void add_beginnings_of(std::string_view term, WordBeginnings& beginnings) const;

 private:
  /// The words that have been read, but not looked up: the memory that their entries are in is
  /// under way meanwhile.
  class Ahead {
   public:
    struct Place {
      std::size_t begin;
      std::size_t end;
      WordMemo::Key key;
    };

    bool is_empty() const { return first_ == end_; }
    bool is_full() const { return end_ - first_ == kMost; }
    const Place& first() const { return places_[first_ % kMost]; }
    void add(const Place& place) { places_[end_++ % kMost] = place; }
    void drop_first() { ++first_; }

   private:
    static constexpr std::size_t kMost = 8;

    std::array<Place, kMost> places_;
    std::size_t first_ = 0;
    std::size_t end_ = 0;
  };

  /// A word that its key says all of: as it is written it is folded.
  static bool is_simple(const Word& word) {
    return word.written.data() == word.folded.data() &&
           word.written.size() <= WordMemo::kLongestKey && word.pair.empty();
  }

  WordMemo::Entry& look_up(const Word& word) {
    WordMemo::Entry* known = memo_.find(word.written);
    return known != nullptr ? *known : learn(word.written, word.folded);
  }
  WordMemo::Entry& look_up(const WordMemo::Key& key) {
    WordMemo::Entry* known = memo_.find(key);
    return known != nullptr ? *known : learn(key);
  }
  WordMemo::Entry& learn(const WordMemo::Key& key);
  WordMemo::Entry& learn(std::string_view written, std::string_view folded);
  std::string term_of(std::string_view written, std::string_view folded);

  std::string stemmer_name_;
  std::string mark_;
  Xapian::Stem stemmer_;
  bool keeps_first_bytes_;
  WordMemo memo_;  // emptied when it outgrows its limit
  std::size_t memo_limit_;
  LearnedWords* learned_;
};

/// The analyzers of an index: one for all its articles, or one for each language among them.
class Analyzers {
 public:
  /// `language` as IndexSettings have it: `auto`, `none`, or Snowball's name of a stemmer.
  /// Each of them remembers up to `memo_limit` words; those that it does not go into `learned`, as
  /// of an Analyzer.
  explicit Analyzers(std::string language, std::size_t memo_limit = Analyzer::kUsualMemo,
                     LearnedWords* learned = nullptr)
      : language_(std::move(language)), memo_limit_(memo_limit), learned_(learned) {}

  /// The name of the stemmer for articles in a language, which is an ISO code or empty. Articles
  /// with the same one have terms in common.
  std::string_view stemmer_for(std::string_view code) const;

  /// The analyzer with this stemmer, which stemmer_for has named.
  Analyzer& with(std::string_view stemmer);

 private:
  std::string language_;
  std::size_t memo_limit_;
  LearnedWords* learned_;
  std::map<std::string, Analyzer, std::less<>> analyzers_;
};

}  // namespace lede
