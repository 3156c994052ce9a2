#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/date.hpp"

namespace lede {

/// The headline that runs into the first sentence of `paragraph`, as in `Council Votes to Keep the
/// Old Bridge, because ...`: Title Case words from the very start up to a `,`, `:` or dash, or to
/// where ordinary prose begins. Empty when the paragraph only begins with names: a run is a
/// headline when it has a word that only headlines write with a capital (`Won't`, `After`), or when
/// the article elsewhere writes two thirds of its words in lower case.
///
/// Both are cleaned text (clean_text); the result is a piece of `paragraph`.
std::string_view headline_run(std::string_view paragraph, std::string_view article);

/// The first sentence of cleaned `text`, in one line; cut at a word, with `…`, near 90 characters.
std::string first_sentence(std::string_view text);

/// A title for a text that names none: its headline_run, else its first_sentence behind the
/// dateline. Empty only for a text without words. `lede` is more of the same article.
std::string derive_title(std::string_view text, std::string_view lede);

/// What an agency puts in front of a text: `PORT ELLERY, Aug 29 (Coastal Wire) - `.
struct Dateline {
  std::size_t length_bytes;  ///< up to the text's first word
  std::string_view source;   ///< what stands in the parentheses, or empty
  std::optional<Date> date;  ///< only when the dateline has a year
};

/// The dateline that begins `text`, if there is one.
std::optional<Dateline> find_dateline(std::string_view text);

}  // namespace lede
