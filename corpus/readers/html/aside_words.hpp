#pragma once

#include <cstdint>
#include <string_view>

namespace lede {

/// What the names of an element say of it.
enum class AsideHint : std::uint8_t {
  none,
  likely,   ///< beside the article, unless it holds most of the page: a sidebar, a teaser, a widget
  certain,  ///< beside it, however long it is: comments, a notice of cookies
  foreign,  ///< beside it, however little the article has: other stories
};

/// What the names in a class attribute say. What frames a post of someone else in the article
/// (`embed`) is not beside it.
AsideHint hint_of_classes(std::string_view classes);

/// The same of an id. An id of many words is the slug of a heading, not a label.
AsideHint hint_of_id(std::string_view id);

}  // namespace lede
