#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"

namespace lede {

/// The line, from 1, on which a passage begins in a file, whose line breaks and spaces may be
/// others; 1 where it is not found.
std::size_t line_of_passage(std::string_view file, std::string_view passage);

/// The program, with its arguments, by which a person reads the article where it came from; no
/// shell takes part. A local file: $VISUAL, else $EDITOR, else `vi`, with `+LINE` where the passage
/// stands, or `xdg-open` for what editors do not read (PDF, office documents). What lies in an
/// archive, or is not there any more, but has a clean http(s) URL: $BROWSER, else `xdg-open`.
/// Throws Error (usage) when there is neither.
std::vector<std::string> command_to_open(const Article& article, std::string_view passage);

/// Becomes the program. Throws Error (resources) when it cannot be started.
[[noreturn]] void run_instead(const std::vector<std::string>& command);

}  // namespace lede
