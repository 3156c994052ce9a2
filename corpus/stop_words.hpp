#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace lede {

// `stemmer` is Snowball's name of a language, and `written` a word in the form of Word::written.
// Languages without a list here have no stop words.

/// Words that weigh nothing in an index: of English the 33 of Lucene's list, of other languages
/// their articles, pronouns, prepositions and auxiliaries. They are indexed all the same, with
/// positions and a wdf of 0, so that phrases keep them.
bool is_index_stop_word(std::string_view stemmer, std::string_view written);

/// Words that a question drops unless they are all it has, stand in a phrase or follow a `+`: of
/// English Snowball's list and the 33 above, of other languages those that weigh nothing.
bool is_query_stop_word(std::string_view stemmer, std::string_view written);

/// The languages that have a list.
std::vector<std::string_view> languages_with_stop_words();

/// All that a question in the language drops; empty where there is no list.
std::span<const std::string_view> query_stop_words(std::string_view stemmer);

}  // namespace lede
