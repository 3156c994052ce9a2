#pragma once

#include <span>
#include <string_view>

namespace lede {

/// Snowball's name of the language that a text's small words tell plainly (`the`, `of`, `and`): so
/// plainly that no detector needs to be asked, which takes fifty times as long. Empty where there
/// is any doubt, and for languages without a list of stop words. `parts` are pieces of the text.
std::string_view plain_language(std::span<const std::string_view> parts);

}  // namespace lede
