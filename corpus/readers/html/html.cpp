#include "corpus/readers/html/html.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "corpus/readers/html/body.hpp"
#include "corpus/readers/html/page.hpp"
#include "corpus/readers/html/page_metadata.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kCharsetBytes = 4096;  // where a page has to say its encoding
constexpr std::size_t kComparedBytes = 40;   // of a summary, its letters and digits alone
constexpr std::size_t kShortestBody = 250;   // in JSON-LD; a shorter one is a summary

/// What a page begins with, in lower case.
constexpr std::array kBeginnings{"<!doctype html"sv, "<html"sv, "<head"sv,
                                 "<body"sv,          "<meta"sv, "<title"sv};

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// What may come before a page's first element.
struct Prolog {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array kPrologs{Prolog{"\xEF\xBB\xBF"sv, "\xBF"sv}, Prolog{"<?xml"sv, "?>"sv},
                              Prolog{"<!--"sv, "-->"sv}};

std::string_view without_prolog(std::string_view head) {
  const Prolog* prolog = kPrologs.begin();
  while (prolog != kPrologs.end()) {
    head = trimmed(head);
    prolog = std::find_if(kPrologs.begin(), kPrologs.end(),
                          [&](const Prolog& known) { return head.starts_with(known.begin); });
    if (prolog == kPrologs.end()) break;
    const auto end = head.find(prolog->end);
    head.remove_prefix(end == npos ? head.size() : end + prolog->end.size());
  }
  return head;
}

/// The label that an XML declaration has.
std::string_view charset_in_declaration(std::string_view bytes) {
  const std::string_view declaration =
      bytes.substr(0, std::min<std::size_t>(bytes.find("?>"), 200));
  const auto at = declaration.find("encoding=");
  if (!bytes.starts_with("<?xml") || at == npos) return {};
  const std::string_view label = declaration.substr(at + "encoding=\""sv.size());
  return label.substr(0, label.find_first_of("\"'"));
}

/// Comments become spaces, as a browser passes them over; one that does not end hides the rest.
void blank_comments(std::string& head) {
  for (auto begin = head.find("<!--"); begin != npos; begin = head.find("<!--", begin)) {
    const auto found = head.find("-->", begin + 2);
    const std::size_t end = found == npos ? head.size() : found + 3;
    std::fill(head.begin() + static_cast<std::ptrdiff_t>(begin),
              head.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
}

/// The label behind the first `charset=` of a meta element at a page's beginning.
std::string_view charset_in(std::string_view bytes) {
  std::string head = ascii_lower(bytes.substr(0, kCharsetBytes));
  blank_comments(head);
  for (auto meta = head.find("<meta"); meta != npos; meta = head.find("<meta", meta + 1)) {
    const std::size_t end = std::min(head.find('>', meta), head.size());
    const auto charset = head.find("charset", meta);
    if (charset == npos || charset > end) continue;
    std::size_t at = charset + "charset"sv.size();
    while (at < end &&
           (is_space(head[at]) || head[at] == '=' || head[at] == '"' || head[at] == '\'')) {
      ++at;
    }
    const std::size_t label_end = std::min(head.find_first_of(" \"'/>;", at), end);
    if (label_end > at) return bytes.substr(at, label_end - at);
  }
  return charset_in_declaration(bytes);
}

/// A page that says in its own bytes that it is UTF-16 does not: its meta element was read.
std::string_view label_for(std::string_view bytes, std::string_view http_label) {
  if (!encoding_of(http_label).empty()) return http_label;
  const std::string_view label = charset_in(bytes);
  return ascii_lower(label).starts_with("utf-16") ? "utf-8"sv : label;
}

/// Only the letters and digits of a text, without its case and its general punctuation.
std::string letters_of(std::string_view text) {
  constexpr std::string_view kPunctuation = "\xE2\x80";  // begins U+2000 to U+203F
  constexpr std::string_view kLatin1Signs = "\xC2";      // begins U+0080 to U+00BF
  std::string letters;
  letters.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
    if (text.substr(at, 2) == kPunctuation) {
      at += 2;
    } else if (text.substr(at, 1) == kLatin1Signs) {
      at += 1;
    } else if (!is_ascii || is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      letters += is_upper ? static_cast<char>(c + ('a' - 'A')) : c;
    }
  }
  return letters;
}

bool holds(std::string_view body, std::string_view summary) {
  const std::string wanted = letters_of(summary).substr(0, kComparedBytes);
  return wanted.empty() || letters_of(body).find(wanted) != npos;
}

/// The text of JSON-LD serves when the page shows much less of the article: scripts write the rest.
bool is_fuller(std::string_view json_ld_body, std::string_view body) {
  return json_ld_body.size() >= kShortestBody && body.size() * 2 < json_ld_body.size();
}

void fill_body(Article& article, const PageMetadata& metadata, PageBody&& body) {
  article.body = std::move(body.text);
  if (is_fuller(metadata.json_ld_body(), article.body)) article.body = metadata.json_ld_body();
  PageMetadata::Summary summary = metadata.summary();
  if (holds(article.body, summary.text) || summary.text == article.title) return;
  article.lede = std::move(summary.text);
  article.origin(Metadata::lede) = summary.origin;
}

}  // namespace

bool looks_like_html(std::string_view head) {
  const bool is_wide = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  const std::string text = is_wide ? to_utf8(head) : std::string(head);
  const std::string start = ascii_lower(without_prolog(text).substr(0, 32));
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view beginning) { return start.starts_with(beginning); });
}

Article read_page(std::string_view bytes, const PageSource& source) {
  const std::string utf8 = to_utf8(bytes, label_for(bytes, source.charset));
  const Page page(utf8);
  Article article;
  article.format = "html";
  if (page.is_too_deep()) {
    article.warnings.push_back(fmt::format(
        "it is nested more than {} deep: tags beyond that are left out", kDeepestMarkup));
  }
  if (page.size() == 0) return article;
  const PageMetadata metadata(page);
  metadata.fill_title(article);
  PageBody body = find_body(page, clean_line(article.title));
  metadata.fill(article, body.root, source.url);
  fill_body(article, metadata, std::move(body));
  return article;
}

void read_html(Input& input, const ReadContext& context, const Emit& emit) {
  const std::size_t limit = context.options.limits.record_bytes;
  const auto bytes = input.all(limit);
  if (!bytes) {
    emit(Skipped{context.path, {}, fmt::format("the page is longer than {} bytes", limit)});
    return;
  }
  Article article = read_page(*bytes, {});
  if (article.body.empty() && !article.warnings.empty()) {
    emit(Skipped{context.path, {}, article.warnings.front()});
    return;
  }
  emit(std::move(article));
}

}  // namespace lede
