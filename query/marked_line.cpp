#include "query/marked_line.hpp"

#include <fmt/format.h>

#include "console/printable.hpp"
#include "query/sentences.hpp"

namespace lede {
namespace {

constexpr std::string_view kEllipsis = "…";

/// Appends text on one line: every run of white space is one space, and none comes first.
void append_in_line(std::string& line, std::string_view text) {
  std::string collapsed;
  collapsed.reserve(text.size());
  char last = line.empty() ? ' ' : line.back();
  for (const char c : text) {
    const char shown = is_white_space(c) ? ' ' : c;
    if (shown != ' ' || last != ' ') collapsed += shown;
    last = shown;
  }
  line += printable_line(collapsed);
}

}  // namespace

MarkedLine marked_line(std::string_view text, const std::vector<Range>& highlights) {
  MarkedLine line;
  std::size_t done = 0;
  for (const Range& range : highlights) {
    append_in_line(line.text, text.substr(done, range.begin - done));
    const std::size_t begin = line.text.size();
    append_in_line(line.text, text.substr(range.begin, range.end - range.begin));
    line.marks.push_back({begin, line.text.size()});
    done = range.end;
  }
  append_in_line(line.text, text.substr(done));
  return line;
}

std::string in_line(std::string_view text) {
  return marked_line(text, {}).text;
}

MarkedLine passage_line(const Snippet& snippet) {
  MarkedLine line = marked_line(snippet.text, snippet.highlights);
  if (!snippet.is_end) line.text += fmt::format(" {}", kEllipsis);
  if (snippet.is_beginning) return line;
  const std::string lead = fmt::format("{} ", kEllipsis);
  line.text.insert(0, lead);
  for (Range& mark : line.marks) mark = {mark.begin + lead.size(), mark.end + lead.size()};
  return line;
}

MarkedLine with_markers(const MarkedLine& line, const Markers& markers) {
  const std::string_view text = line.text;
  MarkedLine marked;
  std::size_t done = 0;
  for (const Range& mark : line.marks) {
    marked.text.append(text.substr(done, mark.begin - done)).append(markers.open);
    marked.text.append(text.substr(mark.begin, mark.end - mark.begin)).append(markers.close);
    done = mark.end;
  }
  marked.text.append(text.substr(done));
  return marked;
}

}  // namespace lede
