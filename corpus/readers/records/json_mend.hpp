#pragma once

#include <string>
#include <string_view>

namespace lede {

/// Rewrites text that is nearly JSON: words that Python writes for numbers, whole numbers of more
/// than 64 bits, commas before a closing bracket, control characters and impossible escapes in
/// strings. Says nothing of whether it is JSON now. Takes time linear in the text.
std::string mend_json(std::string_view text);

}  // namespace lede
