#include "corpus/readers/xml/xml.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "corpus/readers/html/entities.hpp"
#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMostElements = 1'000'000;  // a tree of them takes about 250 MB
constexpr std::size_t kLongestTag = 10'000'000;   // as libxml2 takes one
// libxml2 compares each attribute of an element, each prefix with each.
constexpr std::ptrdiff_t kMostAttributes = 256;
constexpr std::size_t kMostPrefixes = 1000;

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool begins_tag(std::string_view text) {
  const std::size_t name = text.starts_with("</") ? 2 : 1;
  return text.size() > name && is_name_start(text[name]);
}

std::string_view without_byte_order_mark(std::string_view text) {
  return text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
}

/// Where `text` goes on behind the first `closing` from `from` on; npos when there is none.
std::size_t behind(std::string_view text, std::string_view closing, std::size_t from = 0) {
  const auto at = text.find(closing, from);
  return at == npos ? npos : at + closing.size();
}

/// The length of the document type that `text` begins with; npos when it never ends.
std::size_t length_of_document_type(std::string_view text) {
  bool is_in_subset = false;
  for (std::size_t at = 1; at < text.size();) {
    at = text.find_first_of("[]<>\"'", at);
    if (at == npos) return npos;
    const char c = text[at];
    if (c == '>' && !is_in_subset) return at + 1;
    if (c == '[' || c == ']') is_in_subset = c == '[';
    const bool is_quote = c == '"' || c == '\'';
    if (is_quote) {
      at = behind(text, text.substr(at, 1), at + 1);
    } else {
      at = text.substr(at).starts_with("<!--") ? behind(text, "-->", at) : at + 1;
    }
  }
  return npos;
}

bool is_document_type(std::string_view text) {
  return ascii_lower(text.substr(0, 9)) == "<!doctype";
}

/// Writes the mended text; see mend_xml.
class Mender {
 public:
  explicit Mender(std::string_view text) : rest_(text) { mended_.reserve(text.size()); }

  std::string mend() {
    while (!rest_.empty() && is_within_limits_) {
      copy_plain();
      if (rest_.empty()) break;
      if (rest_.front() == '&') {
        copy_reference();
      } else if (rest_.front() == '<') {
        copy_markup();
      } else {
        copy_or_drop();
      }
    }
    return is_within_limits_ ? std::move(mended_) : std::string();
  }

 private:
  static bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_control = byte < 0x20 && c != '\n' && c != '\t' && c != '\r';
    return !is_control && c != '&' && c != '<' && c != '\x7F' && c != '\xEF';
  }

  void copy_plain() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_plain);
    copy(static_cast<std::size_t>(end - rest_.begin()));
  }

  void copy(std::size_t length) {
    mended_ += rest_.substr(0, length);
    rest_.remove_prefix(std::min(length, rest_.size()));
  }

  /// At a control character, which is dropped, or at what may be U+FFFE or U+FFFF.
  void copy_or_drop() {
    if (rest_.front() != '\xEF') {
      rest_.remove_prefix(1);
    } else if (rest_.starts_with("\xEF\xBF\xBE") || rest_.starts_with("\xEF\xBF\xBF")) {
      rest_.remove_prefix(3);
    } else {
      copy(1);
    }
  }

  void copy_reference() {
    const std::string_view name = entity_name(rest_);
    const auto value = entity_value(name);
    if (!value) {
      mended_ += "&amp;";
      rest_.remove_prefix(1);
      return;
    }
    rest_.remove_prefix(name.size() + 2);
    if (*value >= 0x80) {
      append_code_point(mended_, *value);
    } else if (*value != 0) {
      mended_ += fmt::format("&#{};", static_cast<unsigned>(*value));  // it may be a quote or a `<`
    }
  }

  void copy_markup() {
    if (begins_tag(rest_)) {
      if (rest_[1] != '/') count_element();
      copy(1);
    } else if (rest_.starts_with("<![CDATA[")) {
      copy_cdata();
    } else if (!drops_hidden("<!--", "-->") && !drops_hidden("<?", "?>") &&
               !drops_document_type()) {
      mended_ += "&lt;";
      rest_.remove_prefix(1);
    }
  }

  void count_element() {
    ++elements_;
    const std::string_view tag = rest_.substr(0, rest_.find_first_of("<>", 1));
    for (auto at = tag.find("xmlns:"); at != npos; at = tag.find("xmlns:", at + 1)) ++prefixes_;
    is_within_limits_ = tag.size() <= kLongestTag && elements_ <= kMostElements &&
                        prefixes_ <= kMostPrefixes &&
                        std::count(tag.begin(), tag.end(), '=') <= kMostAttributes;
  }

  void copy_cdata() {
    const std::size_t end = std::min(rest_.find("]]>"), rest_.size());
    const std::string_view section = rest_.substr(0, end);
    std::copy_if(section.begin(), section.end(), std::back_inserter(mended_),
                 [](char c) { return is_plain(c) || c == '&' || c == '<' || c == '\xEF'; });
    mended_ += "]]>";
    rest_.remove_prefix(std::min(end + 3, rest_.size()));
  }

  /// Drops what begins with `opening`, if the text does. One that never ends is text.
  bool drops_hidden(std::string_view opening, std::string_view closing) {
    if (!rest_.starts_with(opening) || opening == endless_) return false;
    const std::size_t end = rest_.find(closing, opening.size());
    if (end == npos) endless_ = opening;  // not to look through the rest again and again
    rest_.remove_prefix(end == npos ? 0 : end + closing.size());
    return end != npos;
  }

  bool drops_document_type() {
    if (!is_document_type(rest_)) return false;
    rest_.remove_prefix(std::min(length_of_document_type(rest_), rest_.size()));
    return true;
  }

  std::string_view rest_;
  std::string mended_;
  std::string_view endless_;
  std::size_t elements_ = 0;
  std::size_t prefixes_ = 0;
  bool is_within_limits_ = true;
};

/// The length of what may stand in front of a root element and does here; npos for nothing.
std::size_t length_of_misc(std::string_view text) {
  if (text.starts_with("<!--")) return behind(text, "-->");
  if (text.starts_with("<?")) return behind(text, "?>");
  return is_document_type(text) ? length_of_document_type(text) : npos;
}

/// `text` behind white space and what may stand in front of a root element.
std::string_view without_prolog(std::string_view text) {
  text = trimmed(without_byte_order_mark(text));
  for (auto length = length_of_misc(text); length != npos; length = length_of_misc(text)) {
    text = trimmed(text.substr(length));
  }
  return text;
}

bool is_wide(std::string_view encoding) {
  return encoding.starts_with("UTF-16") || encoding.starts_with("UTF-32");
}

/// Is too much of what is not ASCII valid UTF-8 for that to be chance?
bool is_mostly_utf8(std::string_view text) {
  std::size_t valid = 0;
  std::size_t invalid = 0;
  while (!text.empty()) {
    const CodePoint next = decode_code_point(text);
    if (next.value >= 0x80) ++(next.is_valid ? valid : invalid);
    text.remove_prefix(next.length_bytes);
  }
  return 2 * valid >= invalid;
}

bool claims_utf8(std::string_view label) {
  const std::string name = ascii_lower(label);
  return name.empty() || name == "utf-8" || name == "utf8";
}

constexpr auto kVoid = std::to_array<std::string_view>({"br", "hr", "img", "wbr", "col"});

bool is_void(std::string_view name) {
  return std::find(kVoid.begin(), kVoid.end(), name) != kVoid.end();
}

}  // namespace

std::string_view declared_encoding(std::string_view head) {
  head = trimmed(without_byte_order_mark(head));
  if (!head.starts_with("<?xml")) return {};
  head = head.substr(0, head.find("?>"));
  constexpr std::string_view kKey = "encoding";
  const auto key = head.find(kKey);
  if (key == npos) return {};
  head.remove_prefix(key + kKey.size());
  const auto quote = head.find_first_of("\"'");
  if (quote == npos) return {};
  const std::string_view value = head.substr(quote + 1);
  return trimmed(value.substr(0, value.find(head[quote])));
}

std::string xml_to_utf8(std::string_view bytes, std::string_view label) {
  if (!claims_utf8(label)) return to_utf8(bytes, label);
  const bool is_mixed = !is_utf8(bytes) && is_mostly_utf8(bytes);
  return is_mixed ? clean_text(bytes) : to_utf8(bytes);
}

std::string mend_xml(std::string_view utf8) {
  return Mender(trimmed(without_byte_order_mark(utf8))).mend();
}

std::string root_tag(std::string_view head) {
  const bool may_be_wide = head.find('\0') != npos;
  const std::string text = may_be_wide ? to_utf8(head) : std::string(head);
  const std::string_view root = without_prolog(text);
  if (!begins_tag(root) || root[1] == '/') return {};
  return std::string(root.substr(1, root.find('>') - 1));
}

std::string_view local_name(std::string_view name) {
  return name.substr(name.rfind(':') + 1);
}

std::string_view tag_name(std::string_view tag) {
  return local_name(tag.substr(0, tag.find_first_of(" \t\r\n/>")));
}

std::optional<Input> widen_input(Input& input, std::size_t limit_bytes) {
  constexpr std::size_t kSample = 512;
  if (!is_wide(detect_encoding(input.peek(kSample)))) return std::nullopt;
  const auto bytes = input.all(limit_bytes);
  if (!bytes) return std::nullopt;
  return Input(from_memory(to_utf8(*bytes)));
}

const xmlNode* find_child(const xmlNode* parent, std::string_view name) {
  const xmlNode* child = parent == nullptr ? nullptr : parent->children;
  while (child != nullptr && local_name(name_of(child)) != name) child = child->next;
  return child;
}

const xmlNode* find_element(const xmlNode* root, std::string_view name) {
  const xmlNode* node = root == nullptr ? nullptr : next_node(root, root);
  while (node != nullptr && local_name(name_of(node)) != name) node = next_node(node, root);
  return node;
}

std::string line_in(const xmlNode* root, std::string_view name) {
  const xmlNode* element = find_element(root, name);
  return element == nullptr ? std::string() : clean_line(text_in(element));
}

std::string inner_html(const xmlNode* element, Rename rename) {
  std::string html;
  const xmlNode* node = element == nullptr ? nullptr : element->children;
  while (node != nullptr) {
    const std::string_view name = rename(local_name(name_of(node)));
    const bool is_element = node->type == XML_ELEMENT_NODE;
    const bool is_shown = is_element && !name.empty();
    if (is_shown) html += fmt::format("<{}>", name);
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      append_escaped(html, reinterpret_cast<const char*>(node->content));
    }
    if (is_shown && node->children != nullptr) {
      node = node->children;
      continue;
    }
    if (is_shown && !is_void(name)) html += fmt::format("</{}>", name);
    while (node->next == nullptr && node->parent != element) {
      node = node->parent;
      html += fmt::format("</{}>", rename(local_name(name_of(node))));
    }
    node = node->next;
  }
  return html;
}

}  // namespace lede
