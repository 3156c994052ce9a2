#pragma once

#include <string>

#include "corpus/article.hpp"

namespace lede {

/// An article as one JSON object without line breaks; docs/article.schema.json describes it. Every
/// key is always there: what is unknown is "", [] or, for dates, null. `origins` names only the
/// values that the article has.
std::string article_json(const Article& article);

}  // namespace lede
