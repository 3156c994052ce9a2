#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/readers/html/page.hpp"

namespace lede {

/// May it be an author's name: short, and neither an address nor a handle nor a
/// time nor what its bearer does?
bool is_name(std::string_view name);

/// The names in a line of authors, `By A. Writer and B. Other` in several languages, without the
/// addresses, handles and times that pages put there.
std::vector<std::string> names_in_line(std::string_view line);

/// The names in the element of a byline: those most plainly marked as such, else those in its first
/// line that has any.
std::vector<std::string> names_in_byline(const Page& page, NodeId byline);

}  // namespace lede
