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

}  // namespace

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && name.find("://") == npos &&
         name.find('@') == npos && !name.starts_with("www.") &&
         name.find_first_of("0123456789") == npos;
}

std::vector<std::string> names_in_line(std::string_view line) {
  std::vector<std::string> names;
  for (const std::string& author : split_authors(without_foreign_by(trimmed(line)))) {
    const std::string_view name = without_address(author);
    if (is_name(name)) names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> names_in_byline(const Page& page, NodeId byline) {
  if (const auto value = page.attribute(byline, "content"); !value.empty()) {
    return names_in_line(plain_line(value));
  }
  for (const NameMark mark : kNameMarks) {
    if (auto names = names_marked(page, byline, mark); !names.empty()) return names;
  }
  const std::string text = page_text(page, byline);
  std::vector<std::string> names;
  for (std::size_t at = 0; names.empty() && at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    names = names_in_line(clean_line(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return names;
}

}  // namespace lede
