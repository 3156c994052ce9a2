#include "corpus/readers/html/stories.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/readers/html/page_text.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

// Lengths are bytes of text.
constexpr int kMostBoxesOfHeading = 3;
constexpr NodeId kMostNodesOfLabel = 10;
constexpr std::uint32_t kLongestTeaser = 1000;
constexpr double kMostOfTeaser = 3;  // times the article's prose, when that is longer
constexpr std::uint32_t kShortestStory = 30;
constexpr NodeId kMostNodesOfBox = 100;
constexpr std::size_t kProse = 60;  // a text as long as this is no label

/// The only h1, else the only headline that microdata names; 0 for none.
NodeId only_headline(const Page& page) {
  NodeId h1 = 0;
  NodeId named = 0;
  int h1_count = 0;
  int named_count = 0;
  for (NodeId id = 1; id < page.size(); ++id) {
    if (page[id].tag == Tag::h1 && ++h1_count == 1) h1 = id;
    if (page.attribute(id, "itemprop") == "headline" && ++named_count == 1) named = id;
  }
  if (h1_count == 1) return h1;
  return named_count == 1 ? named : 0;
}

/// The innermost element `article` around a node; 0 for none.
NodeId article_around(const Page& page, NodeId id) {
  while (id != 0 && page[id].tag != Tag::article) id = page[id].parent;
  return id;
}

/// The length of the text in each element that is neither linked nor a heading.
std::vector<std::uint32_t> telling_lengths(const Page& page) {
  std::vector<bool> is_told(page.size());
  std::vector<std::uint32_t> lengths(page.size());
  for (NodeId id = 1; id < page.size(); ++id) {
    const Tag tag = page[id].tag;
    is_told[id] = is_told[page[id].parent] || is_heading(tag) || tag == Tag::a;
    if (!is_told[id]) lengths[id] = collapsed_length(page.text(id));
  }
  for (NodeId id = page.size(); id-- > 1;) lengths[page[id].parent] += lengths[id];
  return lengths;
}

/// Where one `article` has the page's only headline the others are teasers or comments, unless one
/// of them is so long that the first may be a mere header.
void mark_other_articles(const Page& page, Stories& stories) {
  const NodeId story = article_around(page, stories.headline);
  if (story == 0) return;
  const auto lengths = telling_lengths(page);
  if (lengths[story] < kShortestStory) return;
  std::vector<NodeId> others;
  double longest = 0;
  for (NodeId id = 1; id < page.size(); ++id) {
    const bool is_other =
        page[id].tag == Tag::article && !page.contains(id, story) && !page.contains(story, id);
    if (!is_other) continue;
    others.push_back(id);
    longest = std::max<double>(longest, lengths[id]);
  }
  if (longest > std::max<double>(kLongestTeaser, kMostOfTeaser * lengths[story])) return;
  stories.story = story;
  for (const NodeId id : others) stories.is_foreign[id] = true;
}

/// What a heading says, in lower case, without numbers and signs: `30 Comments`, `Comments (30)`.
std::string words_of_heading(const Page& page, NodeId id) {
  std::string words;
  for (const char c : ascii_lower(page_line(page, id))) {
    const bool is_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  return std::string(trimmed(words));
}

enum class Follows : std::uint8_t { story, comments, other_stories };

/// What a heading says that follows it.
Follows follows_heading(std::string_view words) {
  constexpr std::array kComments{"comment"sv,       "comments"sv,     "reader comments"sv,
                                 "kommentare"sv,    "commentaires"sv, "comentarios"sv,
                                 "leave a reply"sv, "reacties"sv};
  constexpr std::array kStories{
      "related"sv,      "related stories"sv,     "related articles"sv,  "related posts"sv,
      "related news"sv, "related content"sv,     "more stories"sv,      "more news"sv,
      "recommended"sv,  "recommended for you"sv, "you may also like"sv, "read next"sv};
  if (std::ranges::find(kComments, words) != kComments.end()) return Follows::comments;
  const bool is_named = std::ranges::find(kStories, words) != kStories.end();
  return is_named || words.starts_with("recommended from ") ? Follows::other_stories
                                                            : Follows::story;
}

/// The outermost element that has nothing but this heading in it.
NodeId box_of_heading(const Page& page, NodeId id) {
  const auto holds_only = [&](NodeId parent, NodeId child) {
    for (NodeId at = parent + 1; at < page[parent].end; ++at) {
      if (!page.contains(child, at) && !trimmed(page.text(at)).empty()) return false;
    }
    return true;
  };
  for (int level = 0; level < kMostBoxesOfHeading; ++level) {
    const NodeId parent = page[id].parent;
    const bool is_small = page[parent].end - parent <= kMostNodesOfBox;
    if (parent == 0 || !is_small || !holds_only(parent, id)) break;
    id = parent;
  }
  return id;
}

/// Comments reach to the end of the element that they stand in, other stories to the next
/// paragraph of prose.
void mark_behind_heading(const Page& page, NodeId heading, Follows follows, Stories& stories) {
  const NodeId box = box_of_heading(page, heading);
  const NodeId end = page[page[box].parent].end;
  for (NodeId id = box; id < end; id = page[id].end) {
    const bool has_headline = stories.headline != 0 && page.contains(id, stories.headline);
    const bool goes_on = follows == Follows::other_stories && page[id].tag == Tag::p &&
                         page[id].end - id == 2 && page.text(id + 1).size() > kProse;
    if (has_headline || goes_on) break;
    stories.is_foreign[id] = true;
  }
}

void mark_behind_headings(const Page& page, Stories& stories) {
  for (NodeId id = 1; id < page.size(); id = stories.is_foreign[id] ? page[id].end : id + 1) {
    const bool may_part = is_heading(page[id].tag) && page[id].tag != Tag::h1 &&
                          page[id].end - id <= kMostNodesOfLabel && !stories.is_foreign[id];
    if (!may_part) continue;
    const Follows follows = follows_heading(words_of_heading(page, id));
    if (follows != Follows::story) mark_behind_heading(page, id, follows, stories);
  }
}

}  // namespace

Stories stories_on(const Page& page) {
  Stories stories{only_headline(page), 0, std::vector<bool>(page.size())};
  mark_other_articles(page, stories);
  mark_behind_headings(page, stories);
  return stories;
}

}  // namespace lede
