#pragma once

#include <string>
#include <vector>

namespace lede {

/// Puts right what became of UTF-8 that somebody read as windows-1252, as `donâ€™t` for `don’t`,
/// where it can be nothing else, and adds a warning. A text that is all right is not copied.
/// Takes time linear in the text.
void mend_mojibake(std::string& text, std::vector<std::string>& warnings);

}  // namespace lede
