#pragma once

#include <string>
#include <string_view>

namespace lede {

/// Text as agencies wrapped it, an indented line beginning a paragraph, as paragraphs with empty
/// lines between them; a table keeps its lines.
std::string unwrap(std::string_view text);

}  // namespace lede
