#pragma once

#include <string_view>

namespace lede {

/// Is the title that an office program has put into a document one that nobody gave it: the name of
/// a file, `Microsoft Word - report.doc`, or `Untitled`?
bool is_placeholder_title(std::string_view title);

}  // namespace lede
