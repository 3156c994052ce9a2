#include "corpus/readers/markdown/markdown_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <md4c.h>
#include <utility>

#include "corpus/readers/html/entities.hpp"
#include "corpus/readers/html/html_text.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::string_view kBetweenCells = " | ";

/// Callbacks and the bytes they carry, for each byte of the source. A table of many columns and few
/// cells, or a long link that many places refer to, makes quadratically many.
constexpr std::size_t kMostWork = 32;
constexpr std::size_t kWorkForFree = std::size_t{1} << 20;

/// Elements whose tags show nothing of their own: links and looks. Passing over them spares most
/// paragraphs the way through an HTML parser.
constexpr std::array<std::string_view, 16> kInertTags{
    "a", "abbr", "b", "big",   "cite",   "code", "em", "font",
    "i", "mark", "s", "small", "strong", "span", "tt", "u"};

bool is_inert(std::string_view tag) {
  const std::size_t begin = tag.starts_with("</") ? 2 : 1;
  const std::size_t end = std::min(tag.find_first_of(" \t\n/>", begin), tag.size());
  const std::string_view name = tag.substr(begin, end - begin);
  return std::find(kInertTags.begin(), kInertTags.end(), name) != kInertTags.end();
}

enum class Gap : std::uint8_t { none, line, paragraph };

/// Takes md4c's callbacks and writes text. A block's text is gathered apart, so that one with HTML
/// in it can be handed to html_text as a whole.
class TextWriter {
 public:
  explicit TextWriter(std::string_view source)
      : work_left_(kMostWork * source.size() + kWorkForFree) {
    result_.text.reserve(source.size());
  }

  MarkdownText take() {
    end_leaf();
    const bool is_only_one = level_one_headings_ == 1;
    if (is_only_one || (level_one_headings_ > 1 && first_of_level_one_->begin == 0)) {
      result_.heading = first_of_level_one_;
    } else if (level_one_headings_ == 0) {
      result_.heading = heading_at_begin_;
    }
    return std::move(result_);
  }

  void enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        return begin_leaf(list_depth_++ == 0 ? Gap::paragraph : Gap::line);
      case MD_BLOCK_LI:
      case MD_BLOCK_TR:
        return begin_leaf(Gap::line);
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        return append_plain(leaf_.empty() ? std::string_view{} : kBetweenCells);
      case MD_BLOCK_H:
        begin_leaf(Gap::paragraph);
        heading_level_ = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
        return;
      case MD_BLOCK_HTML:
        begin_leaf(Gap::paragraph);
        is_html_ = is_after_html_ = true;
        return;
      case MD_BLOCK_CODE:
        begin_leaf(Gap::paragraph);
        may_be_html_ =
            is_after_html_ && static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->fence_char == 0;
        return;
      case MD_BLOCK_DOC:
      case MD_BLOCK_THEAD:
      case MD_BLOCK_TBODY:
        return;
      case MD_BLOCK_P:
        is_after_html_ = false;
        return begin_leaf(Gap::paragraph);
      case MD_BLOCK_QUOTE:
      case MD_BLOCK_HR:
      case MD_BLOCK_TABLE:
        return begin_leaf(Gap::paragraph);
    }
  }

  void leave(MD_BLOCKTYPE type) {
    if (type >= MD_BLOCK_THEAD && type != MD_BLOCK_TR) return;
    const bool is_list = type == MD_BLOCK_UL || type == MD_BLOCK_OL;
    if (is_list) --list_depth_;
    const bool is_line = type == MD_BLOCK_LI || type == MD_BLOCK_TR || (is_list && list_depth_ > 0);
    begin_leaf(is_line ? Gap::line : Gap::paragraph);
  }

  void enter_span(MD_SPANTYPE type) { image_depth_ += type == MD_SPAN_IMG ? 1 : 0; }
  void leave_span(MD_SPANTYPE type) { image_depth_ -= type == MD_SPAN_IMG ? 1 : 0; }

  void add_text(MD_TEXTTYPE type, std::string_view text) {
    if (image_depth_ > 0) return;
    switch (type) {
      case MD_TEXT_NULLCHAR:
        return;
      case MD_TEXT_BR:
        return is_html_ ? append_html("<br>") : append_plain("\n");
      case MD_TEXT_SOFTBR:
        return append_plain(" ");
      case MD_TEXT_ENTITY:
        return append_entity(text);
      case MD_TEXT_HTML:
        return append_html(text);
      case MD_TEXT_CODE:
        return append_code(text);
      case MD_TEXT_NORMAL:
      case MD_TEXT_LATEXMATH:
        return append_words(text);
    }
  }

  /// False when the text has cost too much.
  bool pay(std::size_t work) {
    const bool is_affordable = work < work_left_;
    work_left_ -= is_affordable ? work : work_left_;
    return is_affordable;
  }

 private:
  /// Without a second space where something was left out.
  void append_words(std::string_view words) {
    if (leaf_.ends_with(' ') && words.starts_with(' ')) words.remove_prefix(1);
    append_plain(words);
  }

  void append_plain(std::string_view text) {
    if (is_html_) {
      append_escaped(leaf_, text);
    } else {
      leaf_ += text;
    }
  }

  /// Indented HTML behind HTML is its continuation, not an example of code: most renderers of old
  /// let empty lines stand in it.
  void append_code(std::string_view code) {
    if (may_be_html_ && leaf_.empty()) is_html_ = code.starts_with('<');
    if (may_be_html_ && is_html_) return append_html(code);
    append_plain(code);
  }

  void append_html(std::string_view html) {
    if (!is_html_ && is_inert(html)) return;
    if (!is_html_) {
      const std::string plain = std::exchange(leaf_, {});
      append_escaped(leaf_, plain);
    }
    is_html_ = true;
    leaf_ += html;
  }

  void append_entity(std::string_view entity) {
    if (is_html_) {
      leaf_ += entity;
      return;
    }
    const std::string text = entity_text(entity);
    leaf_ += text.empty() ? entity : std::string_view(text);
  }

  /// Ends the block so far; what comes next stands behind at least this gap.
  void begin_leaf(Gap gap) {
    end_leaf();
    gap_ = std::max(gap_, gap);
  }

  void end_leaf() {
    const std::string shown = is_html_ ? html_text(leaf_) : std::string();
    const std::string_view text = is_html_ ? trimmed(shown) : trimmed_lines(leaf_);
    if (!text.empty()) write(text);
    leaf_.clear();
    is_html_ = may_be_html_ = false;
    heading_level_ = 0;
  }

  /// Without empty lines around it; the spaces that indent a line of code stay.
  static std::string_view trimmed_lines(std::string_view text) {
    if (trimmed(text).empty()) return {};
    const auto first = text.find_first_not_of(" \t\n");
    const auto newline = text.rfind('\n', first);
    const auto last = text.find_last_not_of(" \t\n");
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    return text.substr(begin, last + 1 - begin);
  }

  void write(std::string_view text) {
    std::string& all = result_.text;
    if (!all.empty()) all += gap_ == Gap::paragraph ? "\n\n" : "\n";
    gap_ = Gap::none;
    const std::size_t begin = all.size();
    all += text;
    if (heading_level_ != 0) note_heading(text, begin);
  }

  void note_heading(std::string_view text, std::size_t begin) {
    const TopHeading heading{std::string(text), begin, result_.text.size()};
    if (begin == 0) heading_at_begin_ = heading;
    if (heading_level_ == 1 && ++level_one_headings_ == 1) first_of_level_one_ = heading;
  }

  MarkdownText result_;
  std::string leaf_;
  Gap gap_ = Gap::none;
  bool is_html_ = false;        // leaf_ is HTML
  bool is_after_html_ = false;  // the last block was HTML, but for indented code
  bool may_be_html_ = false;    // leaf_ is indented code behind HTML
  unsigned heading_level_ = 0;
  std::size_t list_depth_ = 0;
  std::size_t image_depth_ = 0;
  std::size_t work_left_;
  std::optional<TopHeading> heading_at_begin_;
  std::optional<TopHeading> first_of_level_one_;
  std::size_t level_one_headings_ = 0;
};

TextWriter& writer_of(void* user) {
  return *static_cast<TextWriter*>(user);
}

/// What a callback returns: anything but 0 ends the parsing.
int when(bool is_affordable) {
  return is_affordable ? 0 : 1;
}

int enter_block(MD_BLOCKTYPE type, void* detail, void* user) {
  writer_of(user).enter(type, detail);
  return when(writer_of(user).pay(1));
}

int leave_block(MD_BLOCKTYPE type, void*, void* user) {
  writer_of(user).leave(type);
  return when(writer_of(user).pay(1));
}

int enter_span(MD_SPANTYPE type, void* detail, void* user) {
  writer_of(user).enter_span(type);
  const bool is_link = type == MD_SPAN_A;
  const bool is_image = type == MD_SPAN_IMG;
  std::size_t work = 1;
  if (is_link) work += static_cast<MD_SPAN_A_DETAIL*>(detail)->href.size;
  if (is_link) work += static_cast<MD_SPAN_A_DETAIL*>(detail)->title.size;
  if (is_image) work += static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src.size;
  if (is_image) work += static_cast<MD_SPAN_IMG_DETAIL*>(detail)->title.size;
  return when(writer_of(user).pay(work));
}

int leave_span(MD_SPANTYPE type, void*, void* user) {
  writer_of(user).leave_span(type);
  return when(writer_of(user).pay(1));
}

int add_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
  writer_of(user).add_text(type, {text, size});
  return when(writer_of(user).pay(1 + size));
}

/// GitHub's Markdown but for links without brackets: they read the same, and md4c takes quadratic
/// time for many of them.
constexpr unsigned kDialect =
    MD_DIALECT_GITHUB & ~static_cast<unsigned>(MD_FLAG_PERMISSIVEAUTOLINKS);

constexpr MD_PARSER kParser{0,          kDialect, enter_block, leave_block, enter_span,
                            leave_span, add_text, nullptr,     nullptr};

}  // namespace

MarkdownText markdown_text(std::string_view source) {
  TextWriter writer(source);
  const bool is_short = source.size() < std::numeric_limits<MD_SIZE>::max() / 2;
  if (is_short &&
      md_parse(source.data(), static_cast<MD_SIZE>(source.size()), &kParser, &writer) == 0) {
    return writer.take();
  }
  return {std::string(source), std::nullopt, true};
}

}  // namespace lede
