#include "corpus/readers/text/paragraphs.hpp"

#include <algorithm>
#include <cstddef>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t kNarrowestWrap = 50;  // characters
constexpr std::size_t kWidestWrap = 85;
constexpr std::size_t kLongestWord = 20;  // what is missing at the end of a line, at most
constexpr std::size_t kLeastLines = 3;    // that show that a paragraph is wrapped

/// The characters of a line, or some number far beyond kWidestWrap.
std::size_t width_of(std::string_view line) {
  constexpr std::size_t kLongestCharacter = 4;  // bytes
  return line.size() > 2 * kLongestCharacter * kWidestWrap ? line.size() : count_code_points(line);
}

/// The runs of lines between empty lines.
std::vector<Lines> split_blocks(Lines lines) {
  std::vector<Lines> blocks;
  for (lines = without_blank_lines_around(lines); !lines.empty();) {
    const auto end = std::find_if(lines.begin(), lines.end(), is_blank_line);
    const auto length = static_cast<std::size_t>(end - lines.begin());
    blocks.push_back(lines.first(length));
    lines = lines.subspan(length);
    while (!lines.empty() && is_blank_line(lines.front())) lines = lines.subspan(1);
  }
  return blocks;
}

/// Are most lines, but for the last, as wide as a page, and nearly equally wide?
bool is_wrapped(Lines block, std::size_t least_lines) {
  if (block.size() < least_lines) return false;
  std::vector<std::size_t> widths;
  for (const std::string_view line : block.first(block.size() - 1)) {
    widths.push_back(width_of(line));
  }
  std::sort(widths.begin(), widths.end());
  const std::size_t median = widths[widths.size() / 2];
  const std::size_t narrow = widths[widths.size() / 3];  // last lines of paragraphs are narrower
  const std::size_t wide = widths[widths.size() * 9 / 10];
  return median >= kNarrowestWrap && median <= kWidestWrap && narrow + kLongestWord >= wide;
}

bool shows_wrapping(Lines block) {
  return is_wrapped(block, kLeastLines);
}

std::string join(Lines lines, std::string_view between) {
  std::string joined;
  for (const std::string_view line : lines) {
    if (!joined.empty()) joined += between;
    joined += trimmed(line);
  }
  return joined;
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  lines.push_back(text);
  return lines;
}

bool is_blank_line(std::string_view line) {
  return trimmed(line).empty();
}

Lines without_blank_lines_around(Lines lines) {
  while (!lines.empty() && is_blank_line(lines.front())) lines = lines.subspan(1);
  while (!lines.empty() && is_blank_line(lines.back())) lines = lines.first(lines.size() - 1);
  return lines;
}

std::string join_paragraphs(Lines lines) {
  const auto blocks = split_blocks(lines);
  const bool is_hard_wrapped = std::any_of(blocks.begin(), blocks.end(), shows_wrapping);
  const std::string_view between = blocks.size() == 1 ? "\n\n" : "\n";
  std::string text;
  for (const Lines block : blocks) {
    // Once one paragraph shows that the text is wrapped, two lines are enough to tell.
    const bool is_joined = is_hard_wrapped && is_wrapped(block, 2);
    if (!text.empty()) text += "\n\n";
    text += join(block, is_joined ? " " : between);
  }
  return text;
}

std::size_t count_newlines(std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) ++count;
  return count;
}

bool is_hard_wrapped(std::string_view text) {
  constexpr std::size_t kLongestLine = 4 * kWidestWrap;  // bytes
  const std::size_t newlines = count_newlines(text);
  if (newlines + 1 < kLeastLines || text.size() / (newlines + 1) > kLongestLine) return false;
  const auto lines = split_lines(text);
  const auto blocks = split_blocks(lines);
  return std::any_of(blocks.begin(), blocks.end(), shows_wrapping);
}

}  // namespace lede
