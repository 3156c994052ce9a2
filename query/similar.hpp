#pragma once

#include <optional>

#include "corpus/article.hpp"
#include "corpus/settings.hpp"
#include "query/index_languages.hpp"
#include "query/question.hpp"

namespace lede {

/// The question for articles that are about the same: any of the 40 words of title, lede and body
/// that tell most about this article, by how often they stand in it, with the weights of the
/// fields, and how rare they are in the index. A word counts by how often it stands there, as one
/// that comes several times in a question does. Stop words are left out, and what no other article
/// has. nullopt where nothing is left.
std::optional<Question> question_like(const Article& article, const IndexLanguages& languages,
                                      const IndexSettings& settings);

}  // namespace lede
