#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/passages.hpp"

namespace lede {

/// A line that is safe to show, and the bytes of it that stand out.
struct MarkedLine {
  std::string text;
  std::vector<Range> marks;
};

/// What stands around a word that was asked for, where colour does not show it. Both empty:
/// nothing.
struct Markers {
  std::string open;
  std::string close;

  bool is_none() const { return open.empty() && close.empty(); }
  friend bool operator==(const Markers&, const Markers&) = default;
};

/// Text on one line: every run of white space is one space, and none comes first. What a terminal
/// would obey is visible. `highlights` are in order.
MarkedLine marked_line(std::string_view text, const std::vector<Range>& highlights);

/// The same without anything that stands out.
std::string in_line(std::string_view text);

/// A passage as a line, with dots where its field goes on.
MarkedLine passage_line(const Snippet& snippet);

/// The line with the markers, as they are, around each mark; it has no marks then.
MarkedLine with_markers(const MarkedLine& line, const Markers& markers);

}  // namespace lede
