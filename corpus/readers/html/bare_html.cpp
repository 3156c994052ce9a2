#include "corpus/readers/html/bare_html.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <libxml/HTMLparser.h>
#include <map>
#include <optional>

#include "corpus/readers/html/tags.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMostAttributes = 64;  // of one element
constexpr std::size_t kLongestName = 64;     // libxml2 takes up to 100 bytes
constexpr std::size_t kLongestShortEntity = 6;
constexpr std::size_t kMostNodes = 2'000'000;  // of the tree: libxml2 takes 120 bytes for one
constexpr std::size_t kNodesOfAttribute = 2;
constexpr std::size_t kMostScripts = 100;  // of JSON-LD
constexpr std::size_t kMostNames = 1'000;  // of elements, in one page

/// Elements whose content is no markup, and what becomes of them.
enum class RawContent : std::uint8_t { dropped, json_ld_kept, text_kept };
struct RawElement {
  std::string_view name;
  RawContent content;
};
constexpr std::array kRawElements{
    RawElement{"script", RawContent::json_ld_kept}, RawElement{"style", RawContent::dropped},
    RawElement{"svg", RawContent::dropped},         RawElement{"noscript", RawContent::dropped},
    RawElement{"title", RawContent::text_kept},     RawElement{"iframe", RawContent::dropped},
    RawElement{"template", RawContent::dropped},    RawElement{"textarea", RawContent::dropped},
    RawElement{"math", RawContent::dropped},        RawElement{"noembed", RawContent::dropped},
    RawElement{"noframes", RawContent::dropped},
};

/// They have no end.
constexpr std::array kVoidElements{"area"sv,  "base"sv,   "br"sv,    "col"sv,  "embed"sv,
                                   "hr"sv,    "img"sv,    "input"sv, "link"sv, "meta"sv,
                                   "param"sv, "source"sv, "track"sv, "wbr"sv};

/// Sorted.
constexpr std::array kKeptAttributes{
    "alt"sv,      "aria-hidden"sv, "charset"sv,   "class"sv,      "content"sv,
    "datetime"sv, "hidden"sv,      "href"sv,      "http-equiv"sv, "id"sv,
    "itemid"sv,   "itemprop"sv,    "itemscope"sv, "itemtype"sv,   "lang"sv,
    "name"sv,     "property"sv,    "pubdate"sv,   "rel"sv,        "role"sv,
    "src"sv,      "title"sv,       "type"sv,      "value"sv,      "xml:lang"sv,
};
static_assert(std::is_sorted(kKeptAttributes.begin(), kKeptAttributes.end()));

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

bool is_letter_or_digit(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

/// The name, as HTML 4 has it, of an entity that may stand without a `;`: a character of Latin-1.
/// Empty for others.
std::string short_entity(std::string_view name) {
  constexpr std::array kCapitals{"AMP"sv, "COPY"sv, "GT"sv, "LT"sv, "QUOT"sv, "REG"sv};
  if (name.size() < 2 || name.size() > kLongestShortEntity) return {};
  if (std::ranges::find(kCapitals, name) != kCapitals.end()) return ascii_lower(name);
  const std::string known(name);
  const auto* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(known.c_str()));
  return entity != nullptr && entity->value < 256 && name != "apos" ? known : std::string();
}

bool is_kept(std::string_view attribute) {
  return std::binary_search(kKeptAttributes.begin(), kKeptAttributes.end(), attribute);
}

bool hides(std::string_view style) {
  std::string tight = ascii_lower(style);
  std::erase_if(tight, is_space);
  return tight.find("display:none") != npos || tight.find("visibility:hidden") != npos;
}

struct Attribute {
  std::string_view name;   // as it is written
  std::string_view value;  // its entities not decoded
};

/// Reads the attributes of one tag as the web does (WHATWG, HTML, 13.2.5.32 and on).
class AttributeReader {
 public:
  explicit AttributeReader(std::string_view page, std::size_t at) : page_(page), at_(at) {}

  /// The next attribute; nullopt at the end of the tag or of the page.
  std::optional<Attribute> next() {
    while (at_ < page_.size() && (is_space(page_[at_]) || page_[at_] == '/')) {
      is_closed_ = page_[at_] == '/';
      ++at_;
    }
    if (is_at_end()) return std::nullopt;
    is_closed_ = false;
    const std::string_view name = take_name();
    skip_spaces();
    if (at_ >= page_.size() || page_[at_] != '=') return Attribute{name, {}};
    ++at_;
    skip_spaces();
    return Attribute{name, take_value()};
  }

  bool is_at_end() const { return at_ >= page_.size() || page_[at_] == '>'; }
  bool is_closed() const { return is_closed_; }  ///< the tag ends in `/>`

  /// Behind the tag's `>`; nullopt when the page ends in the tag.
  std::optional<std::size_t> end() const {
    return at_ < page_.size() ? std::optional(at_ + 1) : std::nullopt;
  }

 private:
  void skip_spaces() {
    while (at_ < page_.size() && is_space(page_[at_])) ++at_;
  }

  std::string_view take_name() {
    const std::size_t begin = at_++;  // a `=` may begin a name
    while (!is_at_end() && !is_space(page_[at_]) && page_[at_] != '/' && page_[at_] != '=') ++at_;
    return page_.substr(begin, at_ - begin);
  }

  std::string_view take_value() {
    if (is_at_end()) return {};
    const char quote = page_[at_];
    const std::size_t begin = at_;
    if (quote == '"' || quote == '\'') {
      at_ = std::min(page_.find(quote, begin + 1), page_.size());
      const auto value = page_.substr(begin + 1, at_ - begin - 1);
      at_ = std::min(at_ + 1, page_.size());
      return value;
    }
    while (!is_at_end() && !is_space(page_[at_])) ++at_;
    return page_.substr(begin, at_ - begin);
  }

  std::string_view page_;
  std::size_t at_;
  bool is_closed_ = false;
};

class BareHtml {
 public:
  BareHtml(std::string_view page, std::size_t most_open)
      : page_(page),
        most_open_(most_open),
        closes_empty_(trimmed(page.substr(0, 64)).starts_with("<?xml")) {
    bare_.reserve(page.size() / 2);
  }

  std::string write() {
    while (at_ < page_.size()) {
      const std::size_t tag = std::min(page_.find('<', at_), page_.size());
      append_decodable(page_.substr(at_, tag - at_), false);
      at_ = tag;
      if (at_ < page_.size()) take_markup();
    }
    return std::move(bare_);
  }

 private:
  bool is_at(std::string_view what) const { return page_.substr(at_).starts_with(what); }

  void append_text(std::string_view text) {
    for (auto zero = text.find('\0'); zero != npos; zero = text.find('\0')) {
      bare_ += text.substr(0, zero);
      text.remove_prefix(zero + 1);
    }
    bare_ += text;
  }

  /// Text whose entities will be decoded: those that HTML5 knows without a `;`, or in capitals, are
  /// written as libxml2 knows them.
  void append_decodable(std::string_view text, bool is_value) {
    for (auto sign = text.find('&'); sign != npos; sign = text.find('&')) {
      append_text(text.substr(0, sign + 1));
      text.remove_prefix(sign + 1);
      const auto letters = std::find_if_not(text.begin(), text.end(), is_letter_or_digit);
      const std::string_view name =
          text.substr(0, static_cast<std::size_t>(letters - text.begin()));
      const bool is_ended = text.substr(name.size()).starts_with(';');
      const bool is_parameter = is_value && text.substr(name.size()).starts_with('=');
      const std::string known = is_parameter ? std::string() : short_entity(name);
      if (known.empty()) continue;
      bare_ += known;
      bare_ += ';';
      text.remove_prefix(name.size() + (is_ended ? 1 : 0));
    }
    append_text(text);
  }

  void take_markup() {
    const char next = at_ + 1 < page_.size() ? page_[at_ + 1] : '\0';
    if (is_letter(next)) {
      take_start_tag();
    } else if (next == '/' && at_ + 2 < page_.size() && is_letter(page_[at_ + 2])) {
      take_end_tag();
    } else if (next == '!' || next == '?' || next == '/') {
      take_comment();
    } else {
      bare_ += "&lt;";
      ++at_;
    }
  }

  /// Goes behind the next `what`, or to the end when there is none.
  void skip_past(std::string_view what) {
    const std::size_t found = page_.find(what, at_);
    at_ = found == npos ? page_.size() : found + what.size();
  }

  void take_comment() {
    if (is_at("<!--") && has_comment_end_) {
      const std::size_t end = page_.find("-->", at_ + 2);  // `<!-->` is a whole one
      has_comment_end_ = end != npos;
      if (has_comment_end_) {
        at_ = end + 3;
        return;
      }
    }
    skip_past(">");
  }

  /// The name that begins at `begin`, in lower case.
  std::string take_name(std::size_t begin) {
    std::size_t end = begin;
    while (end < page_.size() && is_name_character(page_[end])) ++end;
    at_ = end;
    while (at_ < page_.size() && !is_space(page_[at_]) && page_[at_] != '>' && page_[at_] != '/') {
      ++at_;
    }
    return ascii_lower(page_.substr(begin, std::min(end - begin, kLongestName)));
  }

  void take_end_tag() {
    const std::string name = take_name(at_ + 2);
    skip_past(">");
    if (const auto left_out = left_out_.find(name);
        left_out != left_out_.end() && left_out->second > 0) {
      --left_out->second;
      part_text(name);
      return;
    }
    const auto open = open_.find(name);
    if (open == open_.end() || open->second == 0) {
      if (name == "p" || name == "br") bare_ += "<br>";
      return;
    }
    --open->second;
    if (!is_void(name)) --open_count_;
    bare_ += "</";
    bare_ += name;
    bare_ += '>';
  }

  void take_start_tag() {
    const std::string name = take_name(at_ + 1);
    const std::size_t start_of_tag = bare_.size();
    bare_ += '<';
    bare_ += name;
    AttributeReader attributes(page_, at_);
    bool is_json_ld = false;
    std::size_t count = 0;
    while (const auto attribute = attributes.next()) {
      if (++count > kMostAttributes) continue;
      const std::string attribute_name = ascii_lower(attribute->name);
      append_attribute(attribute_name, attribute->value);
      is_json_ld = is_json_ld || (attribute_name == "type" && says_json_ld(attribute->value));
    }
    bare_ += '>';
    if (!attributes.end()) {
      bare_.resize(start_of_tag);
      at_ = page_.size();
      return;
    }
    at_ = *attributes.end();
    const bool is_closed = closes_empty_ && attributes.is_closed();
    if (const auto raw = raw_element(name)) {
      take_raw_element(*raw, start_of_tag, is_json_ld, is_closed);
    } else if (!takes_element(name)) {
      bare_.resize(start_of_tag);
      bare_ += ' ';
    } else if (open_count_ >= most_open_ && !is_closed && !is_void(name)) {
      bare_.resize(start_of_tag);
      part_text(name);
      ++left_out_[name];
    } else if (is_closed) {
      bare_ += "</" + name + '>';
    } else if (is_void(name)) {
      ++open_[name];  // an end of it makes no difference
    } else {
      ++open_[name];
      ++open_count_;
    }
  }

  /// Stands for a tag that is left out: what begins a line still does.
  void part_text(std::string_view name) {
    const TagFlow flow = traits_of(name).flow;
    const bool parts = flow == TagFlow::block || flow == TagFlow::line;
    if (parts && !bare_.ends_with("<br><br>")) bare_ += "<br>";
  }

  static bool is_void(std::string_view name) {
    return std::find(kVoidElements.begin(), kVoidElements.end(), name) != kVoidElements.end();
  }

  bool takes_element(const std::string& name) {
    const bool has_room = open_.size() < kMostNames || open_.contains(name);
    return has_room && take_nodes(1);
  }

  /// False when the tree has no room for them.
  bool take_nodes(std::size_t count) {
    if (nodes_left_ < count) return false;
    nodes_left_ -= count;
    return true;
  }

  static bool says_json_ld(std::string_view type) {
    return ascii_lower(type).find("ld+json") != npos;
  }

  void append_attribute(const std::string& name, std::string_view value) {
    if (name == "style") {
      if (hides(value)) bare_ += " hidden=\"\"";
      return;
    }
    if (!is_kept(name) || !take_nodes(kNodesOfAttribute)) return;
    bare_ += ' ';
    bare_ += name;
    bare_ += "=\"";
    for (auto quote = value.find('"'); quote != npos; quote = value.find('"')) {
      append_decodable(value.substr(0, quote), true);
      bare_ += "&quot;";
      value.remove_prefix(quote + 1);
    }
    append_decodable(value, true);
    bare_ += '"';
  }

  static std::optional<std::size_t> raw_element(std::string_view name) {
    const auto found = std::find_if(kRawElements.begin(), kRawElements.end(),
                                    [&](const RawElement& raw) { return raw.name == name; });
    if (found == kRawElements.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kRawElements.begin());
  }

  /// Where the end tag of a raw element begins; npos when it has none.
  std::size_t find_raw_end(std::size_t raw) {
    if (lacks_end_[raw]) return npos;
    const std::string_view name = kRawElements[raw].name;
    for (auto end = page_.find("</", at_); end != npos; end = page_.find("</", end + 2)) {
      const std::string_view found = page_.substr(end + 2, name.size());
      if (ascii_lower(found) == name) return end;
    }
    lacks_end_[raw] = true;
    return npos;
  }

  /// A raw element that is never closed is taken for a slip: its tag goes, what follows stays.
  void take_raw_element(std::size_t raw, std::size_t start_of_tag, bool is_json_ld,
                        bool is_closed) {
    const std::size_t end = is_closed ? npos : find_raw_end(raw);
    const RawContent kept = kRawElements[raw].content;
    const bool is_kept =
        kept == RawContent::text_kept ||
        (kept == RawContent::json_ld_kept && is_json_ld && ++scripts_ <= kMostScripts);
    if (end == npos || !is_kept) bare_.resize(start_of_tag);
    if (end == npos) return;
    if (is_kept) {
      const std::string_view content = page_.substr(at_, end - at_);
      if (kept == RawContent::text_kept) {
        append_escaped(content);
      } else {
        append_text(content);
      }
      bare_ += "</";
      bare_ += kRawElements[raw].name;
      bare_ += '>';
    } else {
      bare_ += ' ';
    }
    at_ = end;
    skip_past(">");
  }

  void append_escaped(std::string_view text) {
    for (auto tag = text.find('<'); tag != npos; tag = text.find('<')) {
      append_decodable(text.substr(0, tag), false);
      bare_ += "&lt;";
      text.remove_prefix(tag + 1);
    }
    append_decodable(text, false);
  }

  std::string_view page_;
  std::size_t most_open_;
  bool closes_empty_;  // XHTML: `<div/>` is a whole element
  std::size_t at_ = 0;
  std::string bare_;
  bool has_comment_end_ = true;
  std::array<bool, kRawElements.size()> lacks_end_{};
  std::map<std::string, std::uint64_t> open_;  // begun and not yet ended, by name
  std::size_t scripts_ = 0;
  std::map<std::string, std::uint64_t> left_out_;  // the same, too deep
  std::size_t open_count_ = 0;
  std::size_t nodes_left_ = kMostNodes;
};

}  // namespace

std::string bare_html(std::string_view utf8, std::size_t most_open) {
  return BareHtml(utf8, most_open).write();
}

}  // namespace lede
