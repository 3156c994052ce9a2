#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lede {

/// Text that a terminal shows and does not obey: control characters (C0 but newline and tab, DEL,
/// C1), bidirectional controls, line and paragraph separators, zero-width joiners outside emoji and
/// bytes that are not UTF-8 become visible: `\x1b`, `\u202e`. Everything else passes unchanged.
/// Time is linear in the text.
std::string printable(std::string_view text);

/// The same on one line: newlines and tabs become spaces.
std::string printable_line(std::string_view text);

/// The columns that printable text takes on a terminal.
std::size_t columns_of_text(std::string_view text);

/// Printable text in at most so many columns, which are not 0: where it has more, its beginning, or
/// for cut_front its end, and an ellipsis.
std::string cut_to_columns(std::string_view text, std::size_t columns);
std::string cut_front_to_columns(std::string_view text, std::size_t columns);

/// Whether terminals, and some programs that read lines, act upon a code point instead of showing
/// it: controls, newline and tab among them, bidirectional controls, U+2028 and U+2029.
bool is_obeyed(char32_t code_point);

}  // namespace lede
