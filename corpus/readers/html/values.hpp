#pragma once

#include <string>
#include <string_view>

namespace lede {

/// A line from an attribute's value, which may hold markup or entities escaped twice.
std::string plain_line(std::string_view value);

/// Is `wanted` one of the words of a list like that in `rel` or `class`?
bool has_token(std::string_view list, std::string_view wanted);

/// Do the names of a class attribute hold `word` (lower case), as `articleAuthor` does `author`?
bool says(std::string_view classes, std::string_view word);

}  // namespace lede
