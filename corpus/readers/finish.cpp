#include "corpus/readers/finish.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include <utf8proc.h>

#include "corpus/readers/language.hpp"
#include "corpus/readers/title.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::string_view without_spaces_at_end(std::string_view line) {
  const auto last = line.find_last_not_of(" \t");
  return last == std::string_view::npos ? std::string_view{} : line.substr(0, last + 1);
}

/// Cleaned text whose lines end without spaces, with at most one empty line between two others and
/// none around them.
std::string clean_paragraphs(std::string_view bytes) {
  const std::string text = clean_text(bytes);
  std::string tidy;
  tidy.reserve(text.size());
  std::size_t newlines = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto line = without_spaces_at_end(std::string_view(text).substr(at, end - at));
    if (!line.empty()) {
      if (!tidy.empty()) tidy.append(std::min<std::size_t>(newlines, 2), '\n');
      tidy += line;
      newlines = 0;
    }
    ++newlines;
    at = end + 1;
  }
  return tidy.erase(0, std::min(tidy.find_first_not_of(" \t"), tidy.size()));
}

/// Cleaned lines without the empty ones and those that came before in another case.
std::vector<std::string> clean_list(const std::vector<std::string>& lines) {
  std::vector<std::string> kept;
  std::unordered_set<std::string> seen;
  for (const std::string& line : lines) {
    std::string clean = clean_line(line);
    if (!clean.empty() && seen.insert(ascii_lower(clean)).second) kept.push_back(std::move(clean));
  }
  return kept;
}

bool is_letter_or_digit(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool has_word(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = decode_code_point(text);
    if (is_letter_or_digit(next.value)) return true;
    text.remove_prefix(next.length_bytes);
  }
  return false;
}

void clean_texts(Article& article) {
  article.body = clean_paragraphs(article.body);
  article.lede = clean_paragraphs(article.lede);
  for (std::string* line : {&article.id, &article.url, &article.title, &article.source,
                            &article.section, &article.language}) {
    *line = clean_line(*line);
  }
  article.authors = clean_list(article.authors);
  article.tags = clean_list(article.tags);
}

void forget_origin_of_nothing(Article& article, Metadata metadata, bool is_empty) {
  if (is_empty) article.origin(metadata) = Origin::none;
}

void forget_origins_of_nothing(Article& article) {
  forget_origin_of_nothing(article, Metadata::id, article.id.empty());
  forget_origin_of_nothing(article, Metadata::url, article.url.empty());
  forget_origin_of_nothing(article, Metadata::title, article.title.empty());
  forget_origin_of_nothing(article, Metadata::lede, article.lede.empty());
  forget_origin_of_nothing(article, Metadata::authors, article.authors.empty());
  forget_origin_of_nothing(article, Metadata::source, article.source.empty());
  forget_origin_of_nothing(article, Metadata::section, article.section.empty());
  forget_origin_of_nothing(article, Metadata::tags, article.tags.empty());
  forget_origin_of_nothing(article, Metadata::language, article.language.empty());
  forget_origin_of_nothing(article, Metadata::date, !article.date);
  forget_origin_of_nothing(article, Metadata::modified, !article.modified);
}

void derive_missing_title(Article& article) {
  if (!article.title.empty()) return;
  article.title = has_word(article.body) ? derive_title(article.body, article.lede)
                                         : derive_title(article.lede, {});
  article.origin(Metadata::title) = Origin::derived;
}

void give_id(Article& article) {
  if (!article.id.empty()) return;
  const bool has_url = !article.url.empty();
  article.id = has_url ? article.url : location(article);
  article.origin(Metadata::id) = has_url ? article.origin(Metadata::url) : Origin::path;
}

bool is_without_words(const Article& article) {
  return !has_word(article.title) && !has_word(article.lede) && !has_word(article.body);
}

/// `record 3` of `#3`.
std::string record_of(const Article& article) {
  return article.member.starts_with('#') ? "record " + article.member.substr(1) : article.member;
}

}  // namespace

ReadResult finish_article(Article article, const ReadContext& context) {
  article.path = context.path;
  article.member = context.member + article.member;
  clean_texts(article);
  forget_origins_of_nothing(article);
  if (is_without_words(article)) {
    return Skipped{context.path, record_of(article), "there is no text in it"};
  }
  settle_language(article);
  derive_missing_title(article);
  give_id(article);
  return article;
}

}  // namespace lede
