#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query/index_languages.hpp"
#include "query/question.hpp"

namespace lede {

/// The question with words of the index in the place of those that it does not have, or hardly: one
/// typing error away, or two where words are long, or two words written as one. nullopt where no
/// word is such. `question` is what parse_question made of `text`.
///
/// Words and phrases are looked at, not what is left out, what asks for words as they are written,
/// patterns, values of exact fields, numbers, and nothing that is no word: signs, operators and
/// fields' names stay as they are.
std::optional<std::string> suggest_question(std::string_view text, const Question& question,
                                            const IndexLanguages& languages);

}  // namespace lede
