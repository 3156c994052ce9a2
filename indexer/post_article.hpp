#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/field_lengths.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/languages.hpp"
#include "corpus/settings.hpp"

namespace lede {

/// Positions left free between two fields, and between two authors or tags, so that no phrase and
/// no NEAR runs from one into the next.
inline constexpr Xapian::termpos kFieldGap = 100;

/// A word of a field, at its place in the article.
struct Occurrence {
  const Token& token;
  const Field& field;
  bool is_bare;                ///< found without the field's name, too
  Xapian::termpos position;    ///< of its terms without a prefix; never descends; 0: they have none
  Xapian::termcount bare_wdf;  ///< what it adds to that of the term without a prefix
};

/// Calls `post(std::string_view prefix, std::string_view term, Xapian::termpos position,
/// Xapian::termcount wdf)` for each term that stands for the word; a position of 0 is none.
template <typename Post>
void for_each_posting(const Occurrence& word, Post&& post) {
  for (const std::string_view term : {word.token.term(), word.token.plain_term()}) {
    if (term.empty()) continue;
    if (word.is_bare) post(std::string_view(), term, word.position, word.bare_wdf);
    if (!word.field.prefix.empty())
      post(word.field.prefix, term, Xapian::termpos{0}, Xapian::termcount{0});
  }
}

/// What takes an article's words and terms.
template <typename Sink>
concept PostingSink = requires(Sink& sink, const Occurrence& word, std::string_view term,
                               Xapian::termcount wdf) {
  sink.add_word(word);       // for_each_posting() tells its terms
  sink.add_term(term, wdf);  // without a position; `wdf` is added to the term's, and may be 0
};

namespace detail {

/// Posts the fields of one article, each behind the last.
template <PostingSink Sink>
class Poster {
 public:
  Poster(Sink& sink, const IndexSettings& settings, Analyzer& analyzer)
      : sink_(sink),
        settings_(settings),
        has_positions_(settings.positions == Positions::all),
        analyzer_(analyzer) {}

  void post(FieldId id, std::string_view text, bool is_in_another_field = false) {
    const Field& field = field_of(id);
    const bool is_bare = field.is_bare && !is_in_another_field;
    std::uint32_t length = 0;
    analyzer_.analyze(text, [&](const Token& token) {
      const unsigned wdf = token.is_stop_word() ? 0 : settings_.weight(id);
      length += token.is_stop_word() ? 0 : 1;
      ++position_;
      sink_.add_word({token, field, is_bare, has_positions_ ? position_ : 0, wdf});
      if (!token.pair.empty()) post_pair(token.pair, field, is_bare);
    });
    if (is_bare) lengths_[static_cast<std::size_t>(id)] += length;
    position_ += kFieldGap;
  }

  void post(FieldId id, const std::vector<std::string>& values) {
    for (const std::string& value : values) post(id, value);
  }

  void post_exact(FieldId id, std::string_view value) {
    if (!value.empty()) sink_.add_term(exact_term(field_of(id).prefix, value), 0);
  }

  void post_terms(const std::vector<std::string>& terms) {
    for (const std::string& term : terms) sink_.add_term(term, 0);
  }

  const FieldLengths& lengths() const { return lengths_; }

 private:
  void post_pair(std::string_view pair, const Field& field, bool is_bare) {
    if (is_bare) sink_.add_term(pair, settings_.weight(field.field));
    if (field.prefix.empty()) return;
    prefixed_.assign(field.prefix).append(pair);
    sink_.add_term(prefixed_, 0);
  }

  Sink& sink_;
  const IndexSettings& settings_;
  bool has_positions_;
  Analyzer& analyzer_;
  FieldLengths lengths_{};
  Xapian::termpos position_ = 0;
  std::string prefixed_;
};

template <PostingSink Sink>
void post_text(const Article& article, Poster<Sink>& poster) {
  poster.post(FieldId::body, article.body);  // first, as small positions take least room
  poster.post(FieldId::title, article.title, article.title_is_derived());
  poster.post(FieldId::lede, article.lede);
  poster.post(FieldId::tags, article.tags);
  poster.post(FieldId::authors, article.authors);
  poster.post(FieldId::source, article.source);
  poster.post(FieldId::section, article.section);
}

template <PostingSink Sink>
void post_values(const Article& article, Poster<Sink>& poster) {
  poster.post_exact(FieldId::id, article.id);
  poster.post_exact(FieldId::url, article.url);
  poster.post_exact(FieldId::host, host_of(article.url));
  poster.post_exact(FieldId::language, article.language.empty() ? kUndetermined : article.language);
  poster.post_terms(path_terms(article.path));
  poster.post_terms(path_terms(article.container));
  if (article.date) poster.post_terms(date_terms(*article.date));
}

}  // namespace detail

/// Posts an article's fields and values, in this order for every engine.
///
/// The fields that bare words search are posted without a prefix, with the field's weight as wdf
/// and, unless the settings want none, with positions. Each field's words are posted with its
/// prefix, a wdf of 0 and without positions, for questions that name the field. A derived title is
/// posted with its prefix only: its words already stand in the body. Stop words have a wdf of 0;
/// all are those of the article's language. docs/index-format.md tells it all. Returns the lengths
/// of the fields that bare words search; those of the others are 0.
template <PostingSink Sink>
FieldLengths post_article(const Article& article, const IndexSettings& settings,
                          Analyzers& analyzers, Sink& sink) {
  detail::Poster<Sink> poster(sink, settings,
                              analyzers.with(analyzers.stemmer_for(article.language)));
  detail::post_text(article, poster);
  detail::post_values(article, poster);
  return poster.lengths();
}

}  // namespace lede
