#pragma once

#include <string>
#include <variant>

#include <simdjson.h>

#include "corpus/article.hpp"

namespace lede {

/// Is a record a line of `lede-index export`? Its first key says so.
bool is_exported(simdjson::dom::object record);

/// The article of such a line, each field as it stands: nothing is guessed. A value of another type
/// than an export has counts as none. Or why it is none: it comes from a lede of another form.
///
/// `date` and `modified` say when; `exact_dates` says what their text leaves open, and is not
/// heeded where somebody has changed that text.
std::variant<Article, std::string> article_of_export(simdjson::dom::object record);

}  // namespace lede
