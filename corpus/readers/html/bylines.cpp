#include "corpus/readers/html/bylines.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "corpus/readers/html/page_text.hpp"
#include "corpus/readers/html/values.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestName = 80;  // bytes; a longer one is a biography
constexpr auto kMostWordsOfName = 6;

enum class NameMark : std::uint8_t { property, relation, card, profile, by_class, link, none };

/// Most plain first.
constexpr std::array kNameMarks{NameMark::property, NameMark::relation, NameMark::card,
                                NameMark::profile,  NameMark::by_class, NameMark::link};

/// Does a link lead to what a site says of one of its writers?
bool leads_to_profile(std::string_view link) {
  constexpr std::array kFolders{"/author"sv,   "/auteur"sv,     "/autor"sv,   "/by/"sv,
                                "/people/"sv,  "/profile"sv,    "/staff/"sv,  "/writer"sv,
                                "/reporter"sv, "/journalist"sv, "/person/"sv, "/contributor"sv};
  return std::any_of(kFolders.begin(), kFolders.end(),
                     [&](std::string_view folder) { return link.find(folder) != npos; });
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// More words than a name has: a sentence of a biography.
bool is_wordy(std::string_view name) {
  return std::count(name.begin(), name.end(), ' ') >= kMostWordsOfName;
}

/// Does the class of an element call it a biography?
bool is_biography(const Page& page, NodeId id) {
  return says(page.attribute(id, "class"), "bio");
}

/// Without what stands before a name in a link to all that its bearer wrote, `More by `.
std::string_view without_more(std::string_view line) {
  for (const std::string_view more : {"more by "sv, "more from "sv, "more stories by "sv}) {
    if (ascii_lower(line.substr(0, more.size())) == more) return trimmed(line.substr(more.size()));
  }
  return line;
}

/// Without what stands behind the names of a line: ` for the Gazette`, ` 5 min read`.
std::string_view without_end(std::string_view line) {
  line = line.substr(0, std::min(line.find(" for the "), line.find(" for The ")));
  const auto minutes = line.find(" min");
  if (minutes == npos || minutes == 0 || !is_digit(line[minutes - 1])) return trimmed(line);
  std::size_t begin = minutes;
  while (begin > 0 && is_digit(line[begin - 1])) --begin;
  return trimmed(line.substr(0, begin));
}

/// Without the handles behind a name: `A. Writer @writer`.
std::string_view without_handle(std::string_view name) {
  return trimmed(name.substr(0, name.find(" @")));
}

/// Without `Par `, `Von `, ... before a name; split_authors knows the English `By`.
std::string_view without_foreign_by(std::string_view byline) {
  for (const std::string_view by : {"Par "sv, "par "sv, "Von "sv, "Por "sv, "por "sv, "Door "sv}) {
    if (byline.starts_with(by)) return trimmed(byline.substr(by.size()));
  }
  return byline;
}

/// Without the address that some have behind a name: `A. Writer (https://...)`.
std::string_view without_address(std::string_view name) {
  return trimmed(name.substr(0, std::min(name.find(" (http"), name.find(" <"))));
}

/// How plainly an element is marked to hold an author's name.
NameMark mark_of(const Page& page, NodeId id) {
  if (page[id].is_text) return NameMark::none;
  const std::string_view classes = page.attribute(id, "class");
  if (has_token(page.attribute(id, "itemprop"), "name")) return NameMark::property;
  if (has_token(page.attribute(id, "rel"), "author")) return NameMark::relation;
  if (has_token(classes, "fn")) return NameMark::card;
  if (page[id].tag == Tag::a && leads_to_profile(page.attribute(id, "href"))) {
    return NameMark::profile;
  }
  if (says(classes, "author")) return NameMark::by_class;
  return page[id].tag == Tag::a ? NameMark::link : NameMark::none;
}

/// The names in the elements of a byline that have a mark; in the innermost ones.
std::vector<std::string> names_marked(const Page& page, NodeId byline, NameMark mark) {
  std::vector<NodeId> places;
  for (NodeId id = byline + 1; id < page[byline].end; ++id) {
    if (mark_of(page, id) != mark) continue;
    if (!places.empty() && page.contains(places.back(), id)) places.pop_back();
    places.push_back(id);
  }
  std::vector<std::string> names;
  for (const NodeId id : places) {
    for (std::string& name : names_in_line(page_line(page, id))) names.push_back(std::move(name));
  }
  return names;
}

/// Marks the times in a byline.
std::vector<bool> times_in(const Page& page, NodeId byline) {
  std::vector<bool> is_time(page.size());
  for (NodeId id = byline + 1; id < page[byline].end; ++id) is_time[id] = page[id].tag == Tag::time;
  return is_time;
}

}  // namespace

bool is_name(std::string_view name) {
  return !is_wordy(name) && !is_job_title(name) && !name.empty() && name.size() <= kLongestName &&
         name.find("://") == npos && name.find('@') == npos && !name.starts_with("www.") &&
         name.find_first_of("0123456789") == npos;
}

std::vector<std::string> names_in_line(std::string_view line) {
  std::vector<std::string> names;
  const std::string_view line_of_names = without_end(without_more(trimmed(line)));
  for (const std::string& author : split_authors(without_foreign_by(line_of_names))) {
    const std::string_view name = without_handle(without_address(author));
    if (is_wordy(name)) return {};
    if (is_name(name)) names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> names_in_byline(const Page& page, NodeId byline) {
  if (const auto value = page.attribute(byline, "content"); !value.empty()) {
    return names_in_line(plain_line(value));
  }
  const bool is_prose = is_biography(page, byline);
  for (const NameMark mark : kNameMarks) {
    if (is_prose && mark == NameMark::link) return {};
    if (auto names = names_marked(page, byline, mark); !names.empty()) return names;
  }
  const std::string text = page_text(page, byline, times_in(page, byline));
  std::vector<std::string> names;
  for (std::size_t at = 0; names.empty() && at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    names = names_in_line(clean_line(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return names;
}

}  // namespace lede
