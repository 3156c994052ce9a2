#pragma once

#include <string>
#include <variant>

#include <simdjson.h>

#include "corpus/article.hpp"
#include "corpus/readers/assemble.hpp"

namespace lede {

/// The article that a JSON object is, or why it is none. An object that only wraps the article,
/// `{"article": {...}}`, is opened, also one in another.
std::variant<Article, std::string> article_of_json(simdjson::dom::object record,
                                                   Assembler& assembler, bool reads_drafts);

}  // namespace lede
