#include "corpus/analyzer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "corpus/error.hpp"
#include "corpus/languages.hpp"
#include "corpus/stop_words.hpp"

namespace lede {
namespace {

Xapian::Stem make_stemmer(const std::string& name) {
  try {
    return Xapian::Stem(name);
  } catch (const Xapian::InvalidArgumentError&) {
    throw Error("there is no stemmer for '" + name + "'",
                fmt::format("use one of: {}", fmt::join(index_languages(), " ")));
  }
}

/// Stemmers that change the front of some words, or take it off.
constexpr std::array<std::string_view, 8> kFrontStemmers{
    "arabic", "indonesian", "irish", "kraaij_pohlmann", "lithuanian", "lovins", "tamil", "turkish"};

bool is_ascii_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// Numbers, and characters of the scripts that put no spaces between words.
bool is_stemmed_by_none(std::string_view folded) {
  const bool is_number = folded.find_first_not_of("0123456789.") == std::string_view::npos;
  return is_number || is_unspaced_word(folded);
}

}  // namespace

Analyzer::Analyzer(const std::string& stemmer, std::string_view mark, std::size_t memo_limit,
                   LearnedWords* learned)
    : stemmer_name_(stemmer),
      mark_(mark),
      stemmer_(make_stemmer(stemmer)),
      keeps_first_bytes_(std::ranges::find(kFrontStemmers, stemmer) == kFrontStemmers.end()),
      memo_limit_(memo_limit),
      learned_(learned) {}

WordMemo::Entry& Analyzer::learn(const WordMemo::Key& key) {
  const std::string word = WordMemo::word_of(key);
  return learn(word, word);
}

WordMemo::Entry& Analyzer::learn(std::string_view written, std::string_view folded) {
  if (memo_.size() >= memo_limit_) memo_.clear();
  if (learned_ != nullptr) learned_->add(written, folded);
  Meaning meaning;
  meaning.term = term_of(written, folded);
  if (written != folded) meaning.plain_term = term_of(folded, folded);
  if (meaning.plain_term == meaning.term) meaning.plain_term.clear();
  meaning.is_stop_word = is_index_stop_word(stemmer_name_, written);
  meaning.is_query_stop_word = is_query_stop_word(stemmer_name_, written);
  return memo_.add(written, std::move(meaning));
}

/// English keeps the second letter, too, where the stem has one: but `lying` is `lie`.
void Analyzer::add_beginnings_of(std::string_view term, WordBeginnings& beginnings) const {
  if (!keeps_first_bytes_) return beginnings.add_all();
  const char second = term.size() > 1 ? term[1] : '\0';
  const bool has_letters = is_ascii_letter(term[0]) && is_ascii_letter(second);
  if (stemmer_name_ != "english" || !has_letters) return beginnings.add(term[0]);
  beginnings.add(term[0], second);
  if (second == 'i') beginnings.add(term[0], 'y');
}

std::string Analyzer::term_of(std::string_view written, std::string_view folded) {
  if (is_stemmed_by_none(folded)) return std::string(folded);
  std::string term = lede::folded(stemmer_(std::string(written)));
  if (term.empty()) term = folded;
  return term + mark_;
}

std::string_view Analyzers::stemmer_for(std::string_view code) const {
  return language_ == kEachItsOwn ? stemmer_of(code) : std::string_view(language_);
}

Analyzer& Analyzers::with(std::string_view stemmer) {
  const auto known = analyzers_.find(stemmer);
  if (known != analyzers_.end()) return known->second;
  std::string name(stemmer);
  const std::string_view mark = language_ == kEachItsOwn ? stem_mark(stemmer) : std::string_view();
  return analyzers_.emplace(name, Analyzer(name, mark, memo_limit_, learned_)).first->second;
}

}  // namespace lede
