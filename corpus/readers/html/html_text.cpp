#include "corpus/readers/html/html_text.hpp"

#include <algorithm>
#include <array>
#include <libxml/HTMLparser.h>

#include "corpus/readers/html/page.hpp"
#include "corpus/readers/html/page_text.hpp"
#include "corpus/readers/html/tags.hpp"
#include "corpus/readers/html/text_flow.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestName = 16;  // of an element or an entity that is looked up

/// Elements that stand in a line: traits_of knows them only as "any other".
constexpr std::array kInlineNames{
    "abbr"sv,   "acronym"sv, "b"sv,   "bdi"sv,  "bdo"sv,  "big"sv,   "cite"sv, "code"sv,
    "del"sv,    "dfn"sv,     "em"sv,  "font"sv, "i"sv,    "img"sv,   "ins"sv,  "kbd"sv,
    "mark"sv,   "picture"sv, "q"sv,   "s"sv,    "samp"sv, "small"sv, "span"sv, "strike"sv,
    "strong"sv, "sub"sv,     "sup"sv, "time"sv, "tt"sv,   "u"sv,     "var"sv,  "wbr"sv,
};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The letters and digits that begin `text`.
std::string_view name_at(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_letter_or_digit);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// The name of an HTML element that has a tag at the beginning of `text`, behind its `<`; empty
/// when it is none.
std::string element_at(std::string_view text) {
  if (text.starts_with('/')) text.remove_prefix(1);
  text = text.substr(0, kLongestName + 1);
  const std::string_view written = name_at(text);
  const char next = written.size() < text.size() ? text[written.size()] : '\0';
  if (next != '>' && next != ' ' && next != '/' && next != '\n' && next != '\t') return {};
  std::string name = ascii_lower(written);
  const TagTraits traits = traits_of(name);
  const bool is_known =
      traits.tag != Tag::other || traits.flow != TagFlow::inside ||
      std::find(kInlineNames.begin(), kInlineNames.end(), name) != kInlineNames.end();
  return is_known ? name : std::string();
}

bool is_entity_at(std::string_view text) {
  text = text.substr(0, kLongestName);
  const std::string_view name = text.substr(0, text.find(';'));
  if (name.size() == text.size() || name.empty()) return false;
  if (name[0] == '#') return name.find_first_not_of("#xX0123456789abcdefABCDEF") == npos;
  const std::string copy(name);
  return htmlEntityLookup(reinterpret_cast<const xmlChar*>(copy.c_str())) != nullptr;
}

/// What a text holds of HTML.
struct Markup {
  bool has_element = false;
  bool has_layout = false;  ///< an element that begins or ends a line
  bool has_entity = false;
};

Markup markup_in(std::string_view text) {
  Markup found;
  const auto last_end = text.rfind('>');
  for (auto at = text.find_first_of("<&"); at != npos; at = text.find_first_of("<&", at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (text[at] == '&') {
      found.has_entity = found.has_entity || is_entity_at(rest);
    } else if (last_end != npos && at < last_end) {
      const bool is_comment =
          rest.starts_with("!--") || rest.starts_with("!doctype") || rest.starts_with("!DOCTYPE");
      const std::string name = element_at(rest);
      found.has_element = found.has_element || is_comment || !name.empty();
      found.has_layout = found.has_layout || traits_of(name).flow != TagFlow::inside;
    }
    if (found.has_layout && found.has_entity) break;
  }
  return found;
}

/// Text with a word in italics or an entity here and there: its lines are its own.
std::string text_with_own_lines(const Page& page) {
  TextFlow flow;
  for (NodeId at = 0; at < page.size(); ++at) {
    if (page[at].is_text) flow.add_preformatted(page.text(at));
  }
  return flow.take();
}

}  // namespace

std::string html_text(std::string_view utf8) {
  const Page page(utf8);
  if (page.size() == 0) return {};
  return markup_in(utf8).has_layout ? page_text(page, 0) : text_with_own_lines(page);
}

bool has_html(std::string_view text) {
  const Markup found = markup_in(text);
  return found.has_element || found.has_entity;
}

}  // namespace lede
