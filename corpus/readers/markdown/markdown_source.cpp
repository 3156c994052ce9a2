#include "corpus/readers/markdown/markdown_source.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_set>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestTag = 2048;       // bytes of a shortcode
constexpr std::size_t kLongestCodeSpan = 1024;  // bytes
constexpr std::size_t kLongestLabel = 200;      // bytes of a wikilink, a footnote's name
constexpr std::size_t kLongestNesting = 256;    // bytes of `>`, `-`, spaces that begin a line
constexpr std::size_t kLongestParagraph = std::size_t{16} << 10;  // bytes

/// What a template writes, up to `end`.
struct TagForm {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array kTagForms{TagForm{"{{<", ">}}"}, TagForm{"{{%", "%}}"}, TagForm{"{{", "}}"},
                               TagForm{"{%", "%}"}, TagForm{"{# ", "#}"}};

/// A tag whose pair holds no Markdown.
struct VerbatimTag {
  enum class Content : std::uint8_t { as_it_is, code, nothing };

  std::string_view name;
  std::array<std::string_view, 2> ends;
  Content content;
};
constexpr std::array kVerbatimTags{
    VerbatimTag{"raw", {"endraw", "/raw"}, VerbatimTag::Content::as_it_is},
    VerbatimTag{"highlight", {"endhighlight", "/highlight"}, VerbatimTag::Content::code},
    VerbatimTag{"comment", {"endcomment", "/comment"}, VerbatimTag::Content::nothing}};

constexpr std::string_view kFence = "~~~~~~~~~~~~";

bool is_word_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// The characters that may begin something to take out, or to leave alone.
constexpr auto kSpecial = [] {
  std::array<bool, 256> special{};
  for (const char c : {'\n', '\\', '`', '{', '[', '!', '%'}) {
    special[static_cast<unsigned char>(c)] = true;
  }
  return special;
}();

/// The name of a tag: `note` of `{{< note "x" >}}`, `/note` of `{{% /note %}}`.
std::string_view name_of(std::string_view inside) {
  inside.remove_prefix(std::min(inside.find_first_not_of(" \t\n-"), inside.size()));
  return inside.substr(0, inside.find_first_of(" \t\n-"));
}

/// The bytes that begin a line of a fenced code block, if they are such: the run of ` or ~.
std::string_view fence_of(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
  if (line.empty() || (line.front() != '`' && line.front() != '~')) return {};
  const std::size_t length = std::min(line.find_first_not_of(line.front()), line.size());
  const bool has_span = line.front() == '`' && line.find('`', length) != npos;  // ```code```
  return length < 3 || has_span ? std::string_view{} : line.substr(0, length);
}

bool closes(std::string_view line, std::string_view fence) {
  const std::string_view candidate = fence_of(line);
  return candidate.size() >= fence.size() && candidate.front() == fence.front() &&
         trimmed(line).ends_with(candidate);
}

/// Is it a row of dashes under the head of a table?
bool is_table_rule(std::string_view line) {
  return line.find('-') != npos && line.find('|') != npos &&
         line.find_first_not_of(" \t|:->") == npos;
}

/// The name in `[^name]`, if a text begins so.
std::string_view footnote_of(std::string_view text) {
  if (!text.starts_with("[^")) return {};
  const std::string_view inside = text.substr(2, kLongestLabel);
  const auto end = inside.find_first_of("]\n[ ");
  return end == npos || inside[end] != ']' ? std::string_view{} : inside.substr(0, end);
}

class SourceCleaner {
 public:
  explicit SourceCleaner(std::string_view text) : text_(text) {
    cleaned_.reserve(text.size() + 64);
    find_footnotes();
  }

  std::string clean() {
    begin_line();
    while (at_ < text_.size()) {
      copy_plain();
      if (at_ < text_.size() && !take_special()) copy(1);
    }
    return std::move(cleaned_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  std::string_view line() const { return rest().substr(0, rest().find('\n')); }
  bool is_next(std::string_view wanted) const { return rest().starts_with(wanted); }

  /// The first character from `at` on that is no space; \n at the text's end.
  char first_behind_spaces(std::size_t at) const {
    const auto found = text_.find_first_not_of(" \t", at);
    return found == npos ? '\n' : text_[found];
  }
  bool is_line_end(std::size_t at) const { return first_behind_spaces(at) == '\n'; }

  void copy(std::size_t bytes) {
    cleaned_ += text_.substr(at_, bytes);
    at_ = std::min(at_ + bytes, text_.size());
  }

  void copy_plain() {
    std::size_t end = at_;
    while (end < text_.size() && !kSpecial[static_cast<unsigned char>(text_[end])]) ++end;
    copy(end - at_);
  }

  void find_footnotes() {
    for (auto at = text_.find("[^"); at != npos; at = text_.find("[^", at + 2)) {
      const bool begins_line = at == 0 || text_[at - 1] == '\n';
      const std::string_view name = begins_line ? footnote_of(text_.substr(at)) : "";
      if (!name.empty() && text_.substr(at + name.size() + 3).starts_with(':')) {
        footnotes_.insert(name);
      }
    }
  }

  // -- at the beginning of a line

  void begin_line() {
    while (take_code_block()) {
    }
    part_long_paragraph();
    limit_nesting();
    take_table_rule();
    take_footnote_name();
    take_callout();
  }

  /// Copies a fenced block as it is, up to its last line or that of the text.
  bool take_code_block() {
    const std::string_view fence = fence_of(line());
    if (fence.empty()) return false;
    copy(line().size() + 1);
    while (at_ < text_.size() && !closes(line(), fence)) copy(line().size() + 1);
    copy(line().size() + 1);
    paragraph_begin_ = cleaned_.size();
    return at_ < text_.size();
  }

  void part_long_paragraph() {
    const std::string_view next = line();
    if (trimmed(next).empty()) {
      paragraph_begin_ = cleaned_.size();
      is_in_table_ = false;
    }
    if (is_table_rule(next)) is_in_table_ = true;
    const bool is_long = cleaned_.size() - paragraph_begin_ > kLongestParagraph;
    if (!is_long || is_in_table_) return;
    cleaned_ += '\n';
    paragraph_begin_ = cleaned_.size();
  }

  void limit_nesting() {
    const std::size_t marks =
        std::min(line().find_first_not_of(" \t>*+-0123456789.)"), line().size());
    if (marks <= kLongestNesting) return;
    const std::size_t mark = line().find_first_of(">*+-.)", kLongestNesting);
    if (mark >= marks) return;
    copy(mark);
    cleaned_ += '\\';
  }

  /// One dash is enough for a column; md4c wants three.
  void take_table_rule() {
    if (!is_in_table_ || !is_table_rule(line())) return;
    for (const char c : line()) {
      if (c != '-') {
        cleaned_ += c;
      } else if (!cleaned_.ends_with('-')) {
        cleaned_ += "---";
      }
    }
    at_ += line().size();
  }

  void take_footnote_name() {
    const std::string_view name = footnote_of(rest());
    if (name.empty() || !footnotes_.contains(name)) return;
    if (rest().substr(name.size() + 3).starts_with(':')) at_ += name.size() + 4;
  }

  /// `[!note]-` of `> [!note]- Title`
  void take_callout() {
    const std::string_view text = line();
    const std::size_t mark = text.find_first_not_of(" \t>");
    if (mark == npos || !text.substr(mark).starts_with("[!")) return;
    if (text.substr(0, mark).find('>') == npos) return;
    const std::string_view inside = text.substr(mark + 2, kLongestLabel);
    const auto end = inside.find(']');
    if (end == npos) return;
    copy(mark);
    at_ += end + 3;
    if (is_next("+") || is_next("-")) ++at_;
  }

  // -- within a line

  /// Takes what stands at a special character; false when it is an ordinary one.
  bool take_special() {
    switch (text_[at_]) {
      case '\n':
        copy(1);
        begin_line();
        return true;
      case '\\':
        copy(is_next("\\\n") ? 1 : 2);
        return true;
      case '`':
        copy_code_span();
        return true;
      case '{':
        return take_template_tag() || take_attributes();
      case '[':
        return take_footnote_mark() || take_wikilink();
      case '!':
        return take_embed();
      default:
        return take_comment();
    }
  }

  void copy_code_span() {
    const std::size_t length = std::min(rest().find_first_not_of('`'), rest().size());
    const std::string_view run = rest().substr(0, length);
    const std::string_view behind = rest().substr(length, kLongestCodeSpan);
    std::size_t end = 0;
    for (auto at = behind.find(run); at != npos && end == 0; at = behind.find(run, at)) {
      const std::size_t close = std::min(behind.find_first_not_of('`', at), behind.size());
      if (close - at == length) end = close;
      at = close;
    }
    copy(behind.substr(0, end).find("\n\n") == npos ? length + end : length);
  }

  /// Keeps words apart that only a tag stood between, and a link whose target it was.
  void leave_gap() {
    if (cleaned_.ends_with("](")) cleaned_ += '#';
    const bool joins = !cleaned_.empty() && is_word_character(cleaned_.back()) &&
                       at_ < text_.size() && is_word_character(text_[at_]);
    if (joins) cleaned_ += ' ';
  }

  bool take_template_tag() {
    const auto form = std::find_if(kTagForms.begin(), kTagForms.end(),
                                   [&](const TagForm& known) { return is_next(known.begin); });
    if (form == kTagForms.end()) return false;
    const auto number = static_cast<std::size_t>(form - kTagForms.begin());
    const std::size_t begin = at_ + form->begin.size();
    // What was searched for the tag before this one is not searched again.
    const std::size_t from = std::max(begin, searched_[number]);
    const auto found = text_.substr(0, begin + kLongestTag).find(form->end, from);
    if (found == npos) {
      searched_[number] = std::min(begin + kLongestTag, text_.size()) - form->end.size() + 1;
      return false;
    }
    at_ = found + form->end.size();
    take_verbatim(name_of(text_.substr(begin, found - begin)), form->begin);
    leave_gap();
    return true;
  }

  /// Takes what stands between the tag `name`, just taken, and its end, if it is verbatim.
  void take_verbatim(std::string_view name, std::string_view begin) {
    const auto tag = std::find_if(kVerbatimTags.begin(), kVerbatimTags.end(),
                                  [&](const VerbatimTag& known) { return known.name == name; });
    if (tag == kVerbatimTags.end()) return;
    const std::string_view end = tag->ends[begin == "{%" ? 0 : 1];
    const auto found = missing_ends_.contains(end) ? npos : rest().find(end);
    const auto open = found == npos ? npos : rest().rfind('{', found);
    const auto closed = found == npos ? npos : rest().find('}', found);
    if (open == npos || closed == npos) {
      missing_ends_.insert(end);
      return;
    }
    keep(trim_tag(rest().substr(0, open)), tag->content);
    at_ = std::min(text_.find_first_not_of('}', at_ + closed), text_.size());
  }

  /// Without the brace before `{%` or `{{<`.
  static std::string_view trim_tag(std::string_view content) {
    return content.substr(0, content.find_last_not_of('{') + 1);
  }

  void keep(std::string_view content, VerbatimTag::Content how) {
    if (how == VerbatimTag::Content::nothing) return;
    if (how == VerbatimTag::Content::as_it_is) {
      cleaned_ += content;
      return;
    }
    cleaned_.append("\n\n").append(kFence).append("\n").append(content);
    cleaned_.append("\n").append(kFence).append("\n\n");
    paragraph_begin_ = cleaned_.size();
  }

  /// `{#id}` and `{.class}` behind a heading or a link, `{: .class}` anywhere.
  bool take_attributes() {
    const std::string_view inside = rest().substr(1, kLongestLabel);
    const auto end = inside.find_first_of("}\n{");
    if (end == npos || inside[end] != '}' || std::string_view("#.:").find(inside[0]) == npos) {
      return false;
    }
    const bool ends_line = is_line_end(at_ + end + 2) || first_behind_spaces(at_ + end + 2) == '{';
    const bool is_behind_link = cleaned_.ends_with(')') || cleaned_.ends_with(']');
    if (inside[0] != ':' && !ends_line && !is_behind_link) return false;
    at_ += end + 2;
    return true;
  }

  bool take_footnote_mark() {
    const std::string_view name = footnote_of(rest());
    if (name.empty() || !footnotes_.contains(name)) return false;
    at_ += name.size() + 3;
    return true;
  }

  /// The bytes between the brackets of `[[...]]`; npos when there are none.
  std::size_t length_of_wikilink(std::size_t begin) const {
    if (!text_.substr(begin).starts_with("[[")) return npos;
    const auto end = text_.substr(begin + 2, kLongestLabel).find_first_of("[]\n");
    const bool is_closed =
        end != npos && end > 0 && text_.substr(begin + 2 + end).starts_with("]]");
    return is_closed ? end : npos;
  }

  /// `label` of `[[page|label]]`, `page` of `[[page]]`; `[[1]](url)` is a link like any other.
  bool take_wikilink() {
    const std::size_t length = length_of_wikilink(at_);
    if (length == npos) return false;
    const std::string_view behind = rest().substr(length + 4);
    if (behind.starts_with('(') || behind.starts_with('[') || behind.starts_with(':')) return false;
    const std::string_view inside = rest().substr(2, length);
    const auto bar = inside.find('|');
    cleaned_ += trimmed(bar == npos ? inside : inside.substr(bar + 1));
    at_ += length + 4;
    return true;
  }

  bool take_embed() {
    const std::size_t length = is_next("![[") ? length_of_wikilink(at_ + 1) : npos;
    if (length == npos) return false;
    at_ += length + 5;
    return true;
  }

  /// `%%...%%` within a line, or a block between two lines of `%%`.
  bool take_comment() {
    if (!is_next("%%") || (!cleaned_.empty() && is_word_character(cleaned_.back()))) return false;
    const bool begins_line = cleaned_.empty() || cleaned_.back() == '\n';
    return begins_line && is_line_end(at_ + 2) ? take_comment_block() : take_comment_in_line();
  }

  bool take_comment_in_line() {
    const auto end = text_.find("%%", at_ + 2);
    if (end == npos || text_.substr(at_, end - at_).find('\n') != npos) return false;
    at_ = end + 2;
    return true;
  }

  bool take_comment_block() {
    const auto end = is_comment_open_ ? npos : text_.find("\n%%", at_);
    is_comment_open_ = end == npos;
    if (is_comment_open_) return false;
    at_ = end + 3;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string cleaned_;
  std::array<std::size_t, kTagForms.size()> searched_{};  // no tag of the form ends before
  std::unordered_set<std::string_view> footnotes_;
  std::unordered_set<std::string_view> missing_ends_;  // of verbatim tags: not in what is left
  bool is_comment_open_ = false;                       // no line of %% comes any more
  std::size_t paragraph_begin_ = 0;                    // in cleaned_
  bool is_in_table_ = false;
};

}  // namespace

std::string plain_markdown(std::string_view text) {
  return SourceCleaner(text).clean();
}

}  // namespace lede
