#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "corpus/article_codec.hpp"
#include "corpus/settings.hpp"
#include "query/field_weights.hpp"
#include "query/index_languages.hpp"
#include "query/period.hpp"
#include "query/question.hpp"
#include "query/text_filters.hpp"
#include "query/wanted.hpp"

namespace lede {

/// Which of the words side by side an article must have.
enum class Match : std::uint8_t {
  automatic,  ///< all; when no article has them all, any
  all,
  any,
};
constexpr std::string_view name_of(Match match) {
  switch (match) {
    case Match::automatic:
      return "auto";
    case Match::all:
      return "all";
    case Match::any:
      return "any";
  }
  return {};
}

/// The index that a question is for. All of it must outlive the query.
struct AskedIndex {
  const IndexLanguages& languages;
  const IndexSettings& settings;
  ArticleCodec& codec;
};

/// How a question is to be understood.
struct QueryRules {
  Match match = Match::all;               ///< all or any: which of the words side by side
  std::optional<Moment> now = {};         ///< when relative dates are read; none is the present
  std::vector<FieldWeight> weights = {};  ///< beside those of the index
};

/// A question as Xapian understands it.
struct BuiltQuery {
  Xapian::Query query;          ///< never empty
  std::vector<TextTest> tests;  ///< which an article that the query finds must pass, too
  /// To tell which articles it finds: in tests, or for parts of the query.
  bool reads_text = false;
  /// For each language of the index: each word and phrase once, in the question's order; not those
  /// that are excluded or, in that language, left out.
  std::vector<std::vector<Wanted>> wanted;
  /// The question with its operators spelt out and without what was left out: `crude AND oil`.
  /// Asked again with the same match it gives the same query.
  std::string parsed;
  double weight_of_words = 0;  ///< all of them together, one word by itself 1
  bool can_relax = false;      ///< `any` would ask for less: words stand side by side
};

/// Turns a question into a query. An article must have all of the words side by side, or with
/// Match::any more than none. Filters (source, section, language, id, url, host, path,
/// date) must hold either way. Query stop words are left out unless they are all there is, stand
/// in a phrase or a field, or follow a `+`.
///
/// A bare word is one term, since every bare field is indexed under it with the field's weight.
/// A word in a field is that term filtered by the field's: it ranks as the bare word does. A word
/// that stands several times is one term with that wqf.
///
/// In an index of several languages a word is asked for in all of them: its stems are synonyms,
/// ranked as one term. What is a stop word in some of them is left out for articles in these, and
/// asked of the others.
///
/// A pattern or a misspelt word is each of the index's words that it stands for: they rank like one
/// word, those with typing errors lower. Words as they are written are looked for by their stems,
/// and then in the text. Words near each other are found by their positions where the index has
/// those.
///
/// In an index without positions, and in a field, whose terms have none, a phrase is all of its
/// words, and is looked for in the text of the articles that have them (query/text_filters.hpp):
/// it finds the same ones and ranks them alike. What all articles must have in their text is a test
/// beside the query.
///
/// Throws Error for a date that cannot be read, a pattern that too many words match, when there is
/// no word to look for, and as FieldWeights does.
BuiltQuery build_query(const Question& question, const AskedIndex& index, const QueryRules& rules);

}  // namespace lede
