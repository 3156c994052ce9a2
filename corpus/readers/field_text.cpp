#include "corpus/readers/field_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/text/paragraphs.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;

/// Elements that part a text by themselves, so that its line ends mean nothing.
constexpr auto kParting = std::to_array<std::string_view>(
    {"p",  "br", "div", "li",   "ul",   "ol",      "table",   "tr",         "h1",     "h2", "h3",
     "h4", "h5", "h6",  "html", "body", "article", "section", "blockquote", "figure", "pre"});

/// What may hide text that is no text, over many lines.
constexpr auto kHidden = std::to_array<std::string_view>({"<script", "<style", "<!--"});

bool is_name_character(char c) {
  return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || is_digit(c);
}

/// The name of the element whose tag begins `text`, in lower case; empty where no tag begins.
std::string tag_name(std::string_view text) {
  text.remove_prefix(text.starts_with("</") ? 2 : 1);
  const auto end = std::find_if_not(text.begin(), text.end(), is_name_character);
  constexpr std::ptrdiff_t kLongestName = 10;
  if (end == text.end() || end - text.begin() > kLongestName) return {};
  return ascii_lower({text.begin(), end});
}

std::size_t count_parting_tags(std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find('<'); at != npos; at = text.find('<', at + 1)) {
    const std::string name = tag_name(text.substr(at));
    count += std::find(kParting.begin(), kParting.end(), name) != kParting.end();
  }
  return count;
}

bool has_hidden_part(std::string_view text) {
  return std::any_of(kHidden.begin(), kHidden.end(),
                     [&](std::string_view start) { return text.find(start) != npos; });
}

/// Is the text parted by its tags rather than by its line ends?
bool is_page(std::string_view text) {
  const std::size_t tags = count_parting_tags(text);
  return (tags > 0 && tags >= count_newlines(text)) || has_hidden_part(text);
}

/// Is `text`, behind its `&`, an entity?
bool is_entity(std::string_view text) {
  constexpr std::size_t kLongestName = 10;
  const auto end = text.substr(0, kLongestName).find(';');
  if (end == npos) return false;
  std::string_view name = text.substr(0, end);
  if (name.starts_with('#')) name.remove_prefix(1);
  return !name.empty() && std::all_of(name.begin(), name.end(), is_name_character);
}

bool has_entity(std::string_view text) {
  for (auto at = text.find('&'); at != npos; at = text.find('&', at + 1)) {
    if (is_entity(text.substr(at + 1))) return true;
  }
  return false;
}

bool has_escaped_entity(std::string_view text) {
  constexpr std::string_view kEscaped = "&amp;";
  for (auto at = text.find(kEscaped); at != npos; at = text.find(kEscaped, at + 1)) {
    if (is_entity(text.substr(at + kEscaped.size()))) return true;
  }
  return false;
}

bool is_markup(std::string_view text) {
  return (text.find('<') != npos && has_html(text)) || has_entity(text);
}

std::string unwrapped(std::string text) {
  return is_hard_wrapped(text) ? join_paragraphs(split_lines(text)) : std::move(text);
}

/// Text with markup in some of its lines, whose line ends are its own.
std::string text_of_lines(std::string_view text) {
  std::string result;
  std::string html;  // of lines with markup, one after the other
  const auto take_html = [&] {
    if (html.empty()) return;
    result.append(trimmed(html_text(html))) += '\n';
    html.clear();
  };
  for (const std::string_view line : split_lines(text)) {
    if (is_markup(line)) {
      html.append(html.empty() ? "" : "<br>").append(line);
    } else {
      take_html();
      result.append(line) += '\n';
    }
  }
  take_html();
  result.pop_back();
  return result;
}

std::string decoded(std::string_view text) {
  return is_page(text) ? std::string(trimmed(html_text(text))) : unwrapped(text_of_lines(text));
}

/// Is a phrase of the text marked up, or a link? A tag alone may be what the text is about.
bool has_marked_phrase(std::string_view text) {
  constexpr auto kMarking = std::to_array<std::string_view>(
      {"a", "b", "i", "u", "em", "strong", "span", "font", "small", "sup", "sub"});
  for (auto at = text.find("</"); at != npos; at = text.find("</", at + 2)) {
    const std::string name = tag_name(text.substr(at));
    if (std::find(kMarking.begin(), kMarking.end(), name) != kMarking.end()) return true;
  }
  return false;
}

/// Was the text escaped once more after it had been HTML?
bool is_escaped_twice(std::string_view text, std::string_view decoded_text) {
  if (has_escaped_entity(text)) return true;
  return text.find('<') == npos && text.find("&lt;") != npos &&
         (count_parting_tags(decoded_text) > 0 || has_marked_phrase(decoded_text));
}

}  // namespace

std::string field_text(std::string_view text) {
  if (is_markup(text)) {
    std::string once = decoded(text);
    return is_escaped_twice(text, once) ? decoded(once) : once;
  }
  return unwrapped(std::string(text));
}

}  // namespace lede
