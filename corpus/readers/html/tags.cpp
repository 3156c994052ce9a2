#include "corpus/readers/html/tags.hpp"

#include <algorithm>
#include <array>

namespace lede {
namespace {

using enum TagFlow;

/// Sorted by name.
constexpr std::array kTags{
    TagTraits{"a", Tag::a, inside},
    TagTraits{"address", Tag::address, block},
    TagTraits{"amp-ad", Tag::aside, block},
    TagTraits{"amp-carousel", Tag::aside, block},
    TagTraits{"amp-embed", Tag::aside, block},
    TagTraits{"amp-sidebar", Tag::aside, block},
    TagTraits{"amp-sticky-ad", Tag::aside, block},
    TagTraits{"amp-user-notification", Tag::aside, block},
    TagTraits{"article", Tag::article, block},
    TagTraits{"aside", Tag::aside, block},
    TagTraits{"audio", Tag::other, unseen},
    TagTraits{"blockquote", Tag::blockquote, block},
    TagTraits{"body", Tag::body, block},
    TagTraits{"br", Tag::other, line_end},
    TagTraits{"button", Tag::button, unseen},
    TagTraits{"canvas", Tag::other, unseen},
    TagTraits{"caption", Tag::other, block},
    TagTraits{"center", Tag::div, block},
    TagTraits{"datalist", Tag::other, unseen},
    TagTraits{"dd", Tag::li, line},
    TagTraits{"details", Tag::div, block},
    TagTraits{"dialog", Tag::other, unseen},
    TagTraits{"dir", Tag::ul, block},
    TagTraits{"div", Tag::div, block},
    TagTraits{"dl", Tag::ul, block},
    TagTraits{"dt", Tag::li, line},
    TagTraits{"embed", Tag::other, unseen},
    TagTraits{"fieldset", Tag::form, block},
    TagTraits{"figcaption", Tag::figcaption, block},
    TagTraits{"figure", Tag::figure, block},
    TagTraits{"footer", Tag::footer, block},
    TagTraits{"form", Tag::form, block},
    TagTraits{"h1", Tag::h1, block},
    TagTraits{"h2", Tag::h2, block},
    TagTraits{"h3", Tag::h3, block},
    TagTraits{"h4", Tag::h4, block},
    TagTraits{"h5", Tag::h5, block},
    TagTraits{"h6", Tag::h6, block},
    TagTraits{"head", Tag::head, unseen},
    TagTraits{"header", Tag::header, block},
    TagTraits{"hgroup", Tag::header, block},
    TagTraits{"hr", Tag::other, block},
    TagTraits{"html", Tag::html, block},
    TagTraits{"iframe", Tag::other, unseen},
    TagTraits{"input", Tag::other, unseen},
    TagTraits{"legend", Tag::other, block},
    TagTraits{"li", Tag::li, line},
    TagTraits{"link", Tag::link, unseen},
    TagTraits{"main", Tag::main, block},
    TagTraits{"math", Tag::other, unseen},
    TagTraits{"menu", Tag::ul, block},
    TagTraits{"meta", Tag::meta, unseen},
    TagTraits{"nav", Tag::nav, block},
    TagTraits{"noscript", Tag::other, unseen},
    TagTraits{"object", Tag::other, unseen},
    TagTraits{"ol", Tag::ol, block},
    TagTraits{"option", Tag::other, unseen},
    TagTraits{"p", Tag::p, block},
    TagTraits{"pre", Tag::pre, block},
    TagTraits{"script", Tag::script, unseen},
    TagTraits{"section", Tag::section, block},
    TagTraits{"select", Tag::other, unseen},
    TagTraits{"span", Tag::span, inside},
    TagTraits{"style", Tag::other, unseen},
    TagTraits{"summary", Tag::other, block},
    TagTraits{"svg", Tag::other, unseen},
    TagTraits{"table", Tag::table, block},
    TagTraits{"tbody", Tag::other, line},
    TagTraits{"td", Tag::td, cell},
    TagTraits{"template", Tag::other, unseen},
    TagTraits{"textarea", Tag::other, unseen},
    TagTraits{"tfoot", Tag::other, line},
    TagTraits{"th", Tag::td, cell},
    TagTraits{"thead", Tag::other, line},
    TagTraits{"time", Tag::time, inside},
    TagTraits{"title", Tag::title, unseen},
    TagTraits{"tr", Tag::other, line},
    TagTraits{"ul", Tag::ul, block},
    TagTraits{"video", Tag::other, unseen},
};
static_assert(std::is_sorted(kTags.begin(), kTags.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

}  // namespace

TagTraits traits_of(std::string_view name) {
  const auto at = std::lower_bound(
      kTags.begin(), kTags.end(), name,
      [](const TagTraits& known, std::string_view wanted) { return known.name < wanted; });
  return at != kTags.end() && at->name == name ? *at : TagTraits{name, Tag::other, inside};
}

}  // namespace lede
