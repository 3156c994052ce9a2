#pragma once

#include <string>

namespace lede {

/// The fields that a question can name (`--fields`), for a person: name, other name, meaning.
std::string format_fields_text();

/// The same as one JSON object a line: `name`, `aliases`, `kind` (text, exact, path or date),
/// `is_filter`, `meaning`.
std::string format_fields_json();

}  // namespace lede
