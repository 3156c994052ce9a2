#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lede {

/// The page without what no reader sees: comments, scripts (but those of JSON-LD), styles, pictures
/// in SVG, and every attribute but those that say what a piece is. Every tag that is left is
/// written in one plain way, so that what a parser makes of it holds no surprise: names in lower
/// case, values in double quotes, a `<` that begins no tag as `&lt;`. Hidden by its style becomes
/// the attribute `hidden`.
///
/// Half of a page's bytes and all of what makes libxml2 slow (a tag of a million attributes, ends
/// of elements that were never begun) go this way. Behind two million elements and attributes tags
/// are left out, too, and their text stays; so they are where more than `most_open` elements are
/// begun and not ended. Takes time linear in the input.
std::string bare_html(std::string_view utf8, std::size_t most_open = -1);

}  // namespace lede
