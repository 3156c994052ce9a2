#include "corpus/readers/html/body.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "corpus/readers/html/aside_words.hpp"
#include "corpus/readers/html/page_text.hpp"
#include "corpus/readers/html/stories.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

// Lengths are bytes of text with its white space collapsed. A quarter more or less of a cost or a
// share of the balance moved the F1 on real pages by less than half a hundredth.
constexpr double kLinkCost = 2;            // for each byte of a link
constexpr double kRunCost = 20;            // for each run: labels, dates, buttons
constexpr double kAsideCost = 0.5;         // the part of an aside's cost that counts
constexpr double kShareOfBest = 0.9;       // an inner element as good as this is taken instead
constexpr double kShareOfMarked = 0.34;    // what is marked as the body is taken from here on
constexpr double kMostProseOfAside = 0.5;  // of the page's
constexpr std::uint32_t kProse = 60;       // a text as long as this is no label
constexpr double kLinkListDensity = 0.5;
constexpr double kLinkLineDensity = 0.9;
constexpr std::uint32_t kShortestLinkLine = 20;
constexpr std::uint32_t kLongestLinkLine = 200;
constexpr NodeId kMostNodesOfHeadline = 100;
constexpr std::size_t kFewBytes = 500;       // a body shorter than this is doubted
constexpr std::size_t kHardlyAnyBytes = 60;  // one shorter than this is none
constexpr std::size_t kNoBytes = 20;         // unless all else belongs to other stories

constexpr std::array kAsideRoles{"alert"sv,  "banner"sv, "complementary"sv, "contentinfo"sv,
                                 "dialog"sv, "menu"sv,   "navigation"sv};

enum class Standing : std::uint8_t { in, aside, hidden };

bool is_container(Tag tag) {
  switch (tag) {
    case Tag::article:
    case Tag::body:
    case Tag::div:
    case Tag::form:
    case Tag::header:
    case Tag::main:
    case Tag::section:
    case Tag::span:
    case Tag::td:
      return true;
    default:
      return false;
  }
}

bool is_aside_by_tag(Tag tag) {
  return tag == Tag::aside || tag == Tag::footer || tag == Tag::form || tag == Tag::nav;
}

bool holds_the_page(Tag tag) {
  return tag == Tag::html || tag == Tag::body || tag == Tag::article || tag == Tag::main;
}

AsideHint hint_of(const Page& page, NodeId id) {
  const Tag tag = page[id].tag;
  if (holds_the_page(tag)) return AsideHint::none;
  const AsideHint named =
      std::max(hint_of_classes(page.attribute(id, "class")), hint_of_id(page.attribute(id, "id")));
  if (named != AsideHint::none) return named;
  const bool is_marked =
      is_aside_by_tag(tag) || std::find(kAsideRoles.begin(), kAsideRoles.end(),
                                        page.attribute(id, "role")) != kAsideRoles.end();
  return is_marked ? AsideHint::likely : AsideHint::none;
}

bool has_one(const Page& page, Tag tag) {
  return std::count_if(page.nodes().begin(), page.nodes().end(),
                       [&](const PageNode& node) { return node.tag == tag; }) == 1;
}

/// What is known of the text in an element.
struct Weight {
  double balance = 0;        ///< of its runs, asides included
  std::uint32_t length = 0;  ///< of its text, asides excluded
  std::uint32_t links = 0;   ///< of that, in links
};

/// One way to look at a page: what is beside the article, and what the rest weighs.
class View {
 public:
  /// What hints at an aside less than `least_hint` does is taken for a part like any other.
  View(const Page& page, const Stories& stories, AsideHint least_hint)
      : page_(page), stories_(stories), has_one_h1_(has_one(page, Tag::h1)) {
    mark_standings(least_hint);
    weigh_runs();
    for (NodeId id = page.size(); id-- > 1;) add_to_parent(id);
  }

  NodeId find_root() const {
    NodeId best = 0;
    for (NodeId id = 1; id < page_.size(); ++id) {
      if (is_block(id) && balance(id) > balance(best)) best = id;
    }
    const NodeId marked = marked_body();
    if (marked != 0 && balance(marked) >= kShareOfMarked * balance(best)) return marked;
    const NodeId story = stories_.story;
    const bool is_story = story != 0 && balance(story) >= kShareOfMarked * balance(best);
    return container_of(innermost_as_good(is_story ? story : best));
  }

  std::string text_of(NodeId root, std::string_view title) const {
    std::vector<bool> left_out(page_.size());
    for (NodeId id = root + 1; id < page_[root].end; ++id) left_out[id] = is_left_out(id, title);
    return page_text(page_, root, left_out);
  }

 private:
  bool is_block(NodeId id) const { return !page_[id].is_text && page_[id].flow != TagFlow::inside; }
  double balance(NodeId id) const { return weights_[id].balance; }

  /// The heaviest element that microdata calls the article's body; 0 for none.
  NodeId marked_body() const {
    NodeId marked = 0;
    for (NodeId id = 1; id < page_.size(); ++id) {
      const bool is_marked = is_block(id) && (names_body(page_.attribute(id, "itemprop")) ||
                                              names_body(page_.attribute(id, "property")));
      if (is_marked && (marked == 0 || balance(id) > balance(marked))) marked = id;
    }
    return marked;
  }

  static bool names_body(std::string_view properties) {
    return properties.find("articleBody") != std::string_view::npos;
  }

  std::vector<std::uint32_t> prose_in_elements() const {
    std::vector<std::uint32_t> prose(page_.size());
    for (NodeId id = page_.size(); id-- > 1;) {
      const std::size_t length = page_.text(id).size();
      if (length > kProse) prose[id] += static_cast<std::uint32_t>(length);
      prose[page_[id].parent] += prose[id];
    }
    return prose;
  }

  AsideHint hint_at(NodeId id) const {
    if (stories_.is_foreign[id]) return AsideHint::foreign;
    const AsideHint hint = hint_of(page_, id);
    const bool has_headline = stories_.headline != 0 && page_.contains(id, stories_.headline);
    return hint == AsideHint::foreign && has_headline ? AsideHint::likely : hint;
  }

  void mark_standings(AsideHint least_hint) {
    standings_.assign(page_.size(), Standing::in);
    const auto prose = prose_in_elements();
    const double most = page_.size() == 0 ? 0 : kMostProseOfAside * prose[0];
    for (NodeId id = 1; id < page_.size(); ++id) {
      const Standing outer = standings_[page_[id].parent];
      if (outer != Standing::in || page_[id].is_text) {
        standings_[id] = outer;
      } else if (is_hidden(page_, id) || page_.attribute(id, "aria-hidden") == "true") {
        standings_[id] = Standing::hidden;
      } else if (least_hint != AsideHint::none) {
        const AsideHint hint = hint_at(id);
        const bool is_believed = hint >= AsideHint::certain || prose[id] < most;
        if (hint >= least_hint && is_believed) standings_[id] = Standing::aside;
      }
    }
  }

  struct Run {
    NodeId block = 0;
    bool is_aside = false;
    std::uint32_t length = 0;
    std::uint32_t links = 0;
  };

  void weigh(const Run& run) {
    if (run.length == 0) return;
    const double weight = run.length - kLinkCost * run.links - kRunCost;
    Weight& block = weights_[run.block];
    if (run.is_aside) {
      block.balance += std::min(weight, 0.0) * kAsideCost;
      return;
    }
    // A heading is a sign of what follows, not of itself: teasers have them, too.
    block.balance += is_heading(page_[run.block].tag) ? std::min(weight, 0.0) : weight;
    block.length += run.length;
    block.links += run.links;
  }

  void weigh_runs() {
    weights_.assign(page_.size(), {});
    std::vector<NodeId> blocks(page_.size());  // the block that a node stands in, or is
    std::vector<bool> is_in_link(page_.size());
    Run run;
    for (NodeId id = 0; id < page_.size(); ++id) {
      const PageNode& node = page_[id];
      if (id > 0) {
        is_in_link[id] = is_in_link[node.parent];
        blocks[id] = is_block(id) ? id : blocks[node.parent];
      }
      if (node.tag == Tag::a && page_.has_attribute(id, "href")) is_in_link[id] = true;
      const bool is_aside = standings_[id] == Standing::aside;
      const bool ends_run =
          is_block(id) || (node.is_text && (blocks[id] != run.block || is_aside != run.is_aside));
      if (ends_run) {
        weigh(run);
        run = Run{blocks[id], is_aside};
      }
      if (!node.is_text || standings_[id] == Standing::hidden) continue;
      const std::uint32_t length = collapsed_length(page_.text(id));
      run.length += length;
      if (is_in_link[id]) run.links += length;
    }
    weigh(run);
  }

  void add_to_parent(NodeId id) {
    Weight& parent = weights_[page_[id].parent];
    parent.balance += weights_[id].balance;
    parent.length += weights_[id].length;
    parent.links += weights_[id].links;
  }

  bool is_as_good(NodeId id, double wanted) const {
    return is_container(page_[id].tag) && is_block(id) && balance(id) >= wanted;
  }

  /// The child that is_as_good; `id` itself when there is none.
  NodeId child_as_good(NodeId id, double wanted) const {
    for (NodeId child = id + 1; child < page_[id].end; child = page_[child].end) {
      if (is_as_good(child, wanted)) return child;
    }
    return id;
  }

  NodeId innermost_as_good(NodeId best) const {
    const double wanted = kShareOfBest * balance(best);
    NodeId inner = child_as_good(best, wanted);
    while (inner != best) {
      best = inner;
      inner = child_as_good(best, wanted);
    }
    return best;
  }

  NodeId container_of(NodeId id) const {
    while (id != 0 && !is_container(page_[id].tag)) id = page_[id].parent;
    return id;
  }

  bool is_left_out(NodeId id, std::string_view title) const {
    if (standings_[id] != Standing::in) return true;
    if (!is_block(id)) return false;
    const Tag tag = page_[id].tag;
    if (is_heading(tag)) return is_headline(id, title);
    if (tag == Tag::figcaption) return true;
    return is_list_of_links(id);
  }

  bool is_headline(NodeId id, std::string_view title) const {
    const Tag tag = page_[id].tag;
    if ((tag != Tag::h1 && tag != Tag::h2) || page_[id].end - id > kMostNodesOfHeadline)
      return false;
    return (tag == Tag::h1 && has_one_h1_) || page_line(page_, id) == title;
  }

  bool is_list_of_links(NodeId id) const {
    const Weight& weight = weights_[id];
    const Tag tag = page_[id].tag;
    if (weight.length == 0 || tag == Tag::li) return false;  // an item goes with its list
    const double density = static_cast<double>(weight.links) / weight.length;
    const bool is_short = weight.length < kLongestLinkLine;
    const bool is_line = (tag == Tag::p || tag == Tag::div) && weight.length > kShortestLinkLine;
    if (is_line && is_short && density > kLinkLineDensity) return true;
    const bool is_sentence = tag == Tag::p && !is_short;
    return !is_sentence && density > kLinkListDensity && weight.balance < 0;
  }

  const Page& page_;
  const Stories& stories_;
  bool has_one_h1_;
  std::vector<Standing> standings_;
  std::vector<Weight> weights_;
};

PageBody body_in(const Page& page, const Stories& stories, AsideHint least_hint,
                 std::string_view title) {
  const View view(page, stories, least_hint);
  const NodeId root = view.find_root();
  return {root, view.text_of(root, title)};
}

}  // namespace

PageBody find_body(const Page& page, std::string_view title) {
  if (page.size() == 0) return {0, {}};
  const Stories stories = stories_on(page);
  PageBody body = body_in(page, stories, AsideHint::likely, title);
  if (body.text.size() < kFewBytes) {
    PageBody fuller = body_in(page, stories, AsideHint::certain, title);
    if (fuller.text.size() > 2 * body.text.size()) body = std::move(fuller);
  }
  if (body.text.size() < kHardlyAnyBytes) {
    body = body_in(page, stories, AsideHint::foreign, title);
  }
  return body.text.size() < kNoBytes ? body_in(page, stories, AsideHint::none, title) : body;
}

}  // namespace lede
