#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/readers/html/page.hpp"

namespace lede {

/// The text of a subtree as a browser lays it out: paragraphs parted by an empty line, a line end
/// for each `br`, list item and table row, a tab between cells, white space collapsed but in `pre`.
/// Elements in it that show no text, hidden ones, and the nodes marked in `left_out` (all that is
/// in them is left out, too) are passed over; `left_out` is empty or as long as the page.
std::string page_text(const Page& page, NodeId root, const std::vector<bool>& left_out = {});

/// The same in one line.
std::string page_line(const Page& page, NodeId root);

/// Does a browser show nothing of this element?
bool is_hidden(const Page& page, NodeId id);

/// The bytes of a text with each run of white space as one.
std::uint32_t collapsed_length(std::string_view text);

}  // namespace lede
