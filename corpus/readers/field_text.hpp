#pragma once

#include <string>
#include <string_view>

namespace lede {

/// The text that a field of a record holds: of HTML what a browser would show, entities decoded,
/// also where both were written twice (`&amp;quot;`), and lines that are broken at the width of a
/// page joined. `text` is UTF-8. Takes time linear in the text.
std::string field_text(std::string_view text);

}  // namespace lede
