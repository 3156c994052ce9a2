#pragma once

#include <string>

#include "corpus/article.hpp"

namespace lede {

/// An article as one JSON object without line breaks; docs/article.schema.json describes it. Every
/// key is always there: what is unknown is "", [] or, for dates, null. `origins` names only the
/// values that the article has.
std::string article_json(const Article& article);

/// An article as a line of an export, without the line's end: what article_json says but its
/// container and its warnings, behind a marker by which the reader of JSON knows that it is to be
/// taken as it stands, and with what that leaves open: exact dates, and the bytes of an id or a
/// path that are not UTF-8. docs/export.schema.json describes it.
std::string export_json(const Article& article);

}  // namespace lede
