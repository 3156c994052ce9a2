#pragma once

#include <string_view>

namespace lede {

/// Do the names in a class attribute call an element something beside the article: a comment, a
/// sidebar, a link to share, a newsletter's form? What frames a post of someone else in the
/// article (`embed`) is not beside it.
bool classes_name_an_aside(std::string_view classes);

/// The same of an id. An id of many words is the slug of a heading, not a label.
bool id_names_an_aside(std::string_view id);

}  // namespace lede
