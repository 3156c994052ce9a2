#include "corpus/readers/text/wrapped_text.hpp"

#include <vector>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kShortLine = 50;  // characters: lines are wrapped at about 62

struct Paragraph {
  std::string text;
  std::size_t lines = 0;
  bool is_table_line = false;

  /// A line that stands for itself, as in a table or a list of figures.
  bool is_line() const { return is_table_line || (lines == 1 && text.size() < kShortLine); }
};

bool has_columns(std::string_view line) {
  line = trimmed(line);
  return line.find("   ") != npos || line.find("....") != npos;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (auto end = text.find('\n'); end != npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  lines.push_back(text);
  return lines;
}

bool begins_paragraph(std::string_view line, const Paragraph& before) {
  return before.lines == 0 || before.is_table_line || line.starts_with(' ') || has_columns(line);
}

void append_line(std::vector<Paragraph>& paragraphs, std::string_view line) {
  if (begins_paragraph(line, paragraphs.back()) && paragraphs.back().lines > 0) {
    paragraphs.emplace_back();
  }
  Paragraph& paragraph = paragraphs.back();
  if (paragraph.lines > 0) paragraph.text += ' ';
  paragraph.text += trimmed(line);
  paragraph.is_table_line = has_columns(line);
  ++paragraph.lines;
}

std::vector<Paragraph> paragraphs_of(std::string_view text) {
  std::vector<Paragraph> paragraphs(1);
  for (const std::string_view line : lines_of(text)) {
    if (!trimmed(line).empty()) {
      append_line(paragraphs, line);
    } else if (paragraphs.back().lines > 0) {
      paragraphs.emplace_back();
    }
  }
  return paragraphs;
}

}  // namespace

std::string unwrap(std::string_view text) {
  std::string body;
  bool was_line = false;
  for (const Paragraph& paragraph : paragraphs_of(text)) {
    if (paragraph.lines == 0) continue;
    if (!body.empty()) body += was_line && paragraph.is_line() ? "\n" : "\n\n";
    body += paragraph.text;
    was_line = paragraph.is_line();
  }
  return body;
}

}  // namespace lede
