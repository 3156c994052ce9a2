#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lede {

/// A heading that stands for a title, and where it is in the text.
struct TopHeading {
  std::string text;
  std::size_t begin = 0;  ///< bytes of MarkdownText::text
  std::size_t end = 0;    ///< up to the next paragraph
};

/// Markdown as a reader of the page sees it.
struct MarkdownText {
  std::string text;
  std::optional<TopHeading> heading;  ///< the first of the first level, or what begins the text
  bool is_plain = false;  ///< it would have taken too much to parse: `text` is the source
};

/// Renders GitHub's Markdown as text: paragraphs parted by empty lines, list items and rows of
/// tables as lines, links as their texts, code as it stands, images and link targets left out, HTML
/// as html_text shows it.
MarkdownText markdown_text(std::string_view source);

}  // namespace lede
