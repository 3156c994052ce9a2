#include "corpus/readers/finish.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "corpus/languages.hpp"
#include "corpus/readers/language.hpp"
#include "corpus/readers/text/mojibake.hpp"
#include "corpus/readers/text/title.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view without_spaces_at_end(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

/// Lines that end without spaces, with at most one empty line between two others and none around
/// them.
std::string tidy_paragraphs(std::string_view text) {
  std::string tidy;
  tidy.reserve(text.size());
  std::size_t newlines = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto line = without_spaces_at_end(text.substr(at, end - at));
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

bool is_blank_or_newline(char c) {
  return is_blank(c) || c == '\n';
}

bool are_tidy_paragraphs(std::string_view text) {
  if (text.empty()) return true;
  if (is_blank_or_newline(text.front()) || is_blank_or_newline(text.back())) return false;
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    if (is_blank(text[at - 1]) || text.substr(at).starts_with("\n\n\n")) return false;
  }
  return true;
}

/// Most texts are clean and tidy already, and long: those are looked at and not copied.
void clean_paragraphs(std::string& text) {
  if (!is_clean_text(text)) text = clean_text(text);
  if (!are_tidy_paragraphs(text)) text = tidy_paragraphs(text);
}

void clean_name(std::string& name) {
  if (!is_clean_line(name)) name = clean_line(name);
}

/// Cleaned names without the empty ones and those that came before in another case.
std::vector<std::string> clean_list(std::vector<std::string> names) {
  std::unordered_set<std::string> seen;
  const auto is_useless = [&](const std::string& name) {
    return name.empty() || !seen.insert(ascii_lower(name)).second;
  };
  for (std::string& name : names) clean_name(name);
  if (names.size() > 1 || (names.size() == 1 && names[0].empty())) std::erase_if(names, is_useless);
  return names;
}

bool has_word(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = decode_code_point(text);
    if (is_letter_or_number(next.value)) return true;
    text.remove_prefix(next.length_bytes);
  }
  return false;
}

void clean_texts(Article& article) {
  for (std::string* text : {&article.body, &article.lede, &article.title}) {
    mend_mojibake(*text, article.warnings);
  }
  clean_paragraphs(article.body);
  clean_paragraphs(article.lede);
  for (std::string* name : {&article.id, &article.url, &article.title, &article.source,
                            &article.section, &article.language}) {
    clean_name(*name);
  }
  article.authors = clean_list(std::move(article.authors));
  article.tags = clean_list(std::move(article.tags));
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

void clean_as_it_stands(std::string& text) {
  if (!is_clean_text(text)) text = clean_text(text);
}

/// It was finished before it came into an index; but a line of an export may come from anyone.
ReadResult finish_imported(Article article, const ReadContext& context) {
  for (std::string* text : {&article.url, &article.title, &article.lede, &article.body,
                            &article.source, &article.section, &article.format})
    clean_as_it_stands(*text);
  for (std::string& author : article.authors) clean_as_it_stands(author);
  for (std::string& tag : article.tags) clean_as_it_stands(tag);
  article.language = language_code(article.language);
  if (article.path.empty()) article.path = context.path;
  forget_origins_of_nothing(article);
  if (is_without_words(article)) {
    return Skipped{context.path, record_of(article), "there is no text in it"};
  }
  derive_missing_title(article);
  give_id(article);
  return article;
}

}  // namespace

ReadResult finish_article(Article article, const ReadContext& context) {
  if (article.is_imported()) return finish_imported(std::move(article), context);
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
