#pragma once

#include <string>
#include <string_view>

namespace lede {

/// The text of a piece of HTML as a browser would show it: paragraphs parted by an empty line, `br`
/// as a line end, list items and table rows as lines, entities decoded once, scripts, styles and
/// hidden elements left out. A text without an element that begins a line keeps the lines it has.
/// Nothing is judged to be navigation: this is for pieces that are all text, as feeds, records and
/// mail carry them. `utf8` is UTF-8. Takes time linear in the input.
std::string html_text(std::string_view utf8);

/// Does a text hold HTML elements or entities rather than bare text with a `<` in it?
bool has_html(std::string_view text);

}  // namespace lede
