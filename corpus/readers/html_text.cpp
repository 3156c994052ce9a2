#include "corpus/readers/html_text.hpp"

#include <algorithm>
#include <array>

#include "corpus/readers/markup.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::array<std::string_view, 9> kHidden{"script", "style", "noscript", "template", "head",
                                                  "svg",    "math",  "iframe",   "object"};
constexpr std::array<std::string_view, 15> kLineEnding{"br", "li", "tr", "dt", "dd"};
constexpr std::array<std::string_view, 28> kBlock{
    "p",          "div",        "h1",      "h2",     "h3",      "h4",      "h5",
    "h6",         "ul",         "ol",      "table",  "article", "aside",   "main",
    "header",     "blockquote", "section", "footer", "pre",     "figure",  "nav",
    "figcaption", "hr",         "dl",      "form",   "address", "fieldset"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& names, std::string_view name) {
  return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string html_text(std::string_view utf8) {
  const MarkupDocument page = parse_html(utf8);
  std::string text;
  if (page == nullptr) return text;
  const auto* root = reinterpret_cast<const xmlNode*>(page.get());
  bool is_hidden = false;
  for (const xmlNode* node = root; node != nullptr; node = next_node(node, root, is_hidden)) {
    const std::string_view name = name_of(node);
    is_hidden = contains(kHidden, name);
    if (contains(kBlock, name)) text += "\n\n";
    if (contains(kLineEnding, name)) text += '\n';
    if (node->type == XML_TEXT_NODE) text += reinterpret_cast<const char*>(node->content);
  }
  return text;
}

bool has_html(std::string_view text) {
  for (auto at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const bool opens =
        !rest.empty() && (rest[0] == '/' || rest[0] == '!' || (rest[0] >= 'a' && rest[0] <= 'z') ||
                          (rest[0] >= 'A' && rest[0] <= 'Z'));
    if (opens && rest.find('>') != rest.npos) return true;
  }
  return false;
}

}  // namespace lede
