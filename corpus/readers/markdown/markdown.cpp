#include "corpus/readers/markdown/markdown.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "corpus/readers/markdown/front_matter.hpp"
#include "corpus/readers/markdown/markdown_source.hpp"
#include "corpus/readers/markdown/markdown_text.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/readers/text/plain_text.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kCommentKey = "[#]:";

// ---- `[#]: key: (value)` lines

struct CommentName {
  std::string_view name;
  std::string_view key;  // what front matter calls it
};
constexpr std::array kCommentNames{CommentName{"subject", "title"}, CommentName{"via", "url"}};

std::string_view key_of(std::string_view name) {
  const auto found = std::find_if(kCommentNames.begin(), kCommentNames.end(),
                                  [&](const CommentName& known) { return known.name == name; });
  return found == kCommentNames.end() ? name : found->key;
}

/// `value` of `(value)` and `"value"`.
std::string_view unwrapped(std::string_view value) {
  const bool is_wrapped = value.size() > 1 && ((value.front() == '(' && value.back() == ')') ||
                                               (value.front() == '"' && value.back() == '"'));
  return is_wrapped ? trimmed(value.substr(1, value.size() - 2)) : value;
}

/// Reads and passes the lines; the rest of the text stays.
FrontMatter take_comment_lines(std::string_view& text) {
  FrontMatter entries;
  while (text.starts_with(kCommentKey)) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::string_view pair = trimmed(line.substr(kCommentKey.size()));
    const auto colon = pair.find(':');
    if (colon == npos) break;
    const std::string_view value = unwrapped(trimmed(pair.substr(colon + 1)));
    if (!value.empty()) {
      entries.push_back({std::string(key_of(pair.substr(0, colon))), {std::string(value)}, false});
    }
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return entries;
}

// ---- the article

/// Lines that end with \n alone, whatever they ended with.
std::string with_plain_line_ends(std::string text) {
  if (text.find('\r') == npos) return text;
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (!is_pair) plain += text[at] == '\r' ? '\n' : text[at];
  }
  return plain;
}

std::string_view file_name(const ReadContext& context) {
  const std::string_view path = context.member.empty() ? context.path : context.member;
  return path.substr(path.find_last_of("/!") + 1);  // npos + 1 is 0
}

/// The day that begins a file's name, as Jekyll wants it: `2025-08-29-slug.md`.
void take_date_of_name(Article& article, std::string_view name) {
  constexpr std::size_t kDayLength = 10;
  const bool ends_there =
      name.size() > kDayLength && std::string_view("-_. ").find(name[kDayLength]) != npos;
  const std::string_view day = name.substr(0, kDayLength);
  if (!ends_there || day[4] != '-' || day[7] != '-') return;
  set_metadata(article, Metadata::date, day, Origin::path);
}

/// Makes the heading the title, and takes it out of the body when it says no more than the title.
void take_heading(Article& article, const TopHeading& heading) {
  const std::string text = clean_line(heading.text);
  set_metadata(article, Metadata::title, text, Origin::text);
  if (ascii_lower(clean_line(article.title)) != ascii_lower(text)) return;
  article.body.erase(heading.begin, heading.end - heading.begin);
}

/// Reads what stands above the text; false when that is front matter of a draft.
bool take_head(std::string_view& text, Article& article, const ReadOptions& options) {
  FrontMatter front_matter;
  if (const auto block = find_front_matter(text)) {
    front_matter = read_front_matter(*block, article.warnings);
    text.remove_prefix(block->length_bytes);
  } else {
    front_matter = take_comment_lines(text);
    if (front_matter.empty()) text.remove_prefix(read_text_header(text, article));
  }
  apply_front_matter(front_matter, options.mappings, article);
  return options.reads_drafts || !is_draft(front_matter);
}

ReadResult result_of(std::string_view text, const ReadContext& context) {
  Article article;
  article.format = "markdown";
  if (!take_head(text, article, context.options)) {
    return Skipped{context.path, {}, "it is a draft; --drafts reads it"};
  }
  MarkdownText shown = markdown_text(plain_markdown(text));
  article.body = std::move(shown.text);
  if (shown.is_plain)
    article.warnings.push_back("too costly to read as Markdown: its text is as it stands");
  if (shown.heading) take_heading(article, *shown.heading);
  if (!article.date) take_date_of_name(article, file_name(context));
  return article;
}

}  // namespace

bool looks_like_markdown(std::string_view head) {
  return begins_with_front_matter(head);
}

void read_markdown(Input& input, const ReadContext& context, const Emit& emit) {
  const auto limit = context.options.limits.record_bytes;
  if (const auto bytes = input.all(limit)) {
    emit(result_of(with_plain_line_ends(to_utf8(*bytes)), context));
  } else {
    emit(Skipped{context.path, {}, fmt::format("it is longer than {} bytes", limit)});
  }
}

}  // namespace lede
