#include "corpus/readers/html/aside_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto kMostDashesOfALabel = 2;
constexpr std::size_t kLongestWord = 24;

/// Words that are the whole of a name's part; sorted.
constexpr std::array kWords{
    "ad"sv,       "ads"sv,   "adv"sv,       "aside"sv, "authors"sv, "bio"sv,
    "credits"sv,  "date"sv,  "dateline"sv,  "dfp"sv,   "hidden"sv,  "meta"sv,
    "optin"sv,    "print"sv, "published"sv, "rail"sv,  "replies"sv, "respond"sv,
    "rollover"sv, "skip"sv,  "sr"sv,        "tags"sv,  "updated"sv,
};
static_assert(std::is_sorted(kWords.begin(), kWords.end()));

/// What such words begin with, as `share` does `sharebar`; sorted, and none begins another.
constexpr std::array kBeginnings{
    "addtoany"sv,  "adsense"sv,     "adslot"sv,       "adunit"sv,     "advert"sv,
    "author"sv,    "banner"sv,      "breadcrumb"sv,   "byline"sv,     "caption"sv,
    "carousel"sv,  "comment"sv,     "consent"sv,      "cookie"sv,     "copyright"sv,
    "credit"sv,    "disqus"sv,      "follow"sv,       "footer"sv,     "gdpr"sv,
    "lightbox"sv,  "livefyre"sv,    "login"sv,        "masthead"sv,   "menu"sv,
    "modal"sv,     "mostpopular"sv, "mostread"sv,     "nav"sv,        "newsletter"sv,
    "outbrain"sv,  "overlay"sv,     "pager"sv,        "pagination"sv, "paging"sv,
    "popular"sv,   "popup"sv,       "promo"sv,        "readmore"sv,   "recirc"sv,
    "recommend"sv, "related"sv,     "screenreader"sv, "share"sv,      "sharing"sv,
    "sidebar"sv,   "sidecolumn"sv,  "signup"sv,       "slideshow"sv,  "social"sv,
    "sponsor"sv,   "subscribe"sv,   "subscription"sv, "taboola"sv,    "tagcloud"sv,
    "taglist"sv,   "teaser"sv,      "timestamp"sv,    "toolbar"sv,    "tooltip"sv,
    "trending"sv,  "widget"sv,      "zergnet"sv,
};
static_assert(std::is_sorted(kBeginnings.begin(), kBeginnings.end()));

/// Those of kBeginnings that leave no doubt; sorted.
constexpr std::array kCertain{
    "breadcrumb"sv, "comment"sv,  "consent"sv,  "cookie"sv,  "disqus"sv,
    "gdpr"sv,       "livefyre"sv, "outbrain"sv, "taboola"sv,
};
static_assert(std::is_sorted(kCertain.begin(), kCertain.end()) &&
              std::includes(kBeginnings.begin(), kBeginnings.end(), kCertain.begin(),
                            kCertain.end()));

/// Those of kBeginnings that name other stories; sorted.
constexpr std::array kForeign{"recirc"sv, "related"sv};
static_assert(std::is_sorted(kForeign.begin(), kForeign.end()) &&
              std::includes(kBeginnings.begin(), kBeginnings.end(), kForeign.begin(),
                            kForeign.end()));

/// Behind these a name says what an element has, not what it is: `has-section-nav`, `no-comments`.
constexpr std::array kDenials{"has"sv, "with"sv, "no"sv, "without"sv, "is"sv};

AsideHint hint_of_word(std::string_view word) {
  if (std::binary_search(kWords.begin(), kWords.end(), word)) return AsideHint::likely;
  const auto behind = std::upper_bound(kBeginnings.begin(), kBeginnings.end(), word);
  if (behind == kBeginnings.begin() || !word.starts_with(*(behind - 1))) return AsideHint::none;
  const std::string_view beginning = *(behind - 1);
  if (std::binary_search(kForeign.begin(), kForeign.end(), beginning)) return AsideHint::foreign;
  const bool is_certain = std::binary_search(kCertain.begin(), kCertain.end(), beginning);
  return is_certain ? AsideHint::certain : AsideHint::likely;
}

bool is_denial(std::string_view word) {
  return std::find(kDenials.begin(), kDenials.end(), word) != kDenials.end();
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

/// Takes the words of names one by one: `has-sideBar2` is `has`, `side`, `bar`.
class Words {
 public:
  explicit Words(std::string_view names) : names_(names) {}

  /// The next word in lower case, cut at kLongestWord; empty at the end.
  std::string_view next() {
    while (at_ < names_.size() && !is_letter(names_[at_])) begins_name_ |= names_[at_++] == ' ';
    length_ = 0;
    while (at_ < names_.size() && is_letter(names_[at_]) && !(length_ > 0 && begins_hump())) {
      if (length_ < word_.size()) word_[length_++] = static_cast<char>(names_[at_] | 0x20);
      ++at_;
    }
    return {word_.data(), length_};
  }

  /// Did a new name begin between the last two words? Asking forgets it.
  bool takes_new_name() { return std::exchange(begins_name_, false); }

 private:
  static bool is_letter(char c) { return is_upper(c) || is_lower(c); }
  bool begins_hump() const { return is_upper(names_[at_]) && is_lower(names_[at_ - 1]); }

  std::string_view names_;
  std::size_t at_ = 0;
  std::array<char, kLongestWord> word_{};
  std::size_t length_ = 0;
  bool begins_name_ = false;
};

}  // namespace

AsideHint hint_of_classes(std::string_view classes) {
  Words words(classes);
  bool is_denied = false;
  auto hint = AsideHint::none;
  for (auto word = words.next(); !word.empty(); word = words.next()) {
    if (words.takes_new_name()) is_denied = false;
    if (word == "embed" || word == "embedded") return AsideHint::none;
    if (!is_denied) hint = std::max(hint, hint_of_word(word));
    is_denied = is_denied || is_denial(word);
  }
  return hint;
}

AsideHint hint_of_id(std::string_view id) {
  const auto dashes =
      std::count_if(id.begin(), id.end(), [](char c) { return c == '-' || c == '_' || c == '+'; });
  return dashes <= kMostDashesOfALabel ? hint_of_classes(id) : AsideHint::none;
}

}  // namespace lede
