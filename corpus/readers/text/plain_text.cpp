#include "corpus/readers/text/plain_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/readers/text/mojibake.hpp"
#include "corpus/readers/text/paragraphs.hpp"
#include "corpus/readers/text/title.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t kMostHeaderLines = 20;
constexpr std::size_t kLongestHeaderKey = 30;    // bytes
constexpr std::size_t kLongestTitle = 120;       // characters, or
constexpr std::size_t kMostTitleWords = 20;      // ... words, if not ...
constexpr std::size_t kLongestWordyTitle = 300;  // bytes
constexpr std::size_t kLongestByline = 120;      // bytes

constexpr auto npos = std::string_view::npos;

struct HeaderKey {
  std::string_view key;
  Metadata metadata;
};
constexpr std::array kHeaderKeys{
    HeaderKey{"title", Metadata::title},
    HeaderKey{"headline", Metadata::title},
    HeaderKey{"date", Metadata::date},
    HeaderKey{"published", Metadata::date},
    HeaderKey{"updated", Metadata::modified},
    HeaderKey{"author", Metadata::authors},
    HeaderKey{"authors", Metadata::authors},
    HeaderKey{"by", Metadata::authors},
    HeaderKey{"byline", Metadata::authors},
    HeaderKey{"source", Metadata::source},
    HeaderKey{"publication", Metadata::source},
    HeaderKey{"url", Metadata::url},
    HeaderKey{"link", Metadata::url},
    HeaderKey{"section", Metadata::section},
    HeaderKey{"category", Metadata::section},
    HeaderKey{"tags", Metadata::tags},
    HeaderKey{"keywords", Metadata::tags},
    HeaderKey{"topics", Metadata::tags},
    HeaderKey{"language", Metadata::language},
    HeaderKey{"lang", Metadata::language},
    HeaderKey{"id", Metadata::id},
    HeaderKey{"summary", Metadata::lede},
    HeaderKey{"description", Metadata::lede},
    HeaderKey{"lede", Metadata::lede},
};

/// Lines by which an aggregator leads away from its summary to the article. A whole line, in lower
/// case; `...` at its end stands for anything.
constexpr auto kOriginalLines = std::to_array<std::string_view>(
    {"read the original article here", "read the full article here", "read the original story here",
     "read the full story here", "read original article here", "read full article here",
     "read the original article", "read the full article", "read the original story",
     "read the full story", "read the original article at ...", "read the full article at ...",
     "read the original story at ...", "read the full story at ...",
     "read the original article on ...", "read the full article on ..."});

/// Lines that belong to the page, not to the article.
constexpr auto kPageLines = std::to_array<std::string_view>(
    {"advertisement", "advertisement - scroll to continue", "share this", "share this article",
     "share this story", "continue reading", "continue reading the main story", "read more",
     "read more ...", "click here to read more", "story continues below advertisement",
     "article continues below advertisement", "article continues after this advertisement"});

// ---- what an aggregator adds

/// A line as the lists above write it: in lower case, without the marks that end it.
std::string normal_line(std::string_view line) {
  std::string normal = ascii_lower(trimmed(line));
  while (normal.ends_with("…")) normal.resize(normal.size() - 3);
  while (!normal.empty() && std::string_view(".:>! ").find(normal.back()) != npos) {
    normal.pop_back();
  }
  return normal;
}

bool matches(std::string_view normal, std::string_view pattern) {
  if (!pattern.ends_with(" ...")) return normal == pattern;
  return normal.starts_with(pattern.substr(0, pattern.size() - 3));
}

template <std::size_t size>
bool is_one_of(std::string_view line, const std::array<std::string_view, size>& patterns) {
  constexpr std::size_t kLongestLine = 120;
  line = trimmed(line);
  if (line.empty() || line.size() > kLongestLine) return false;
  const char first = ascii_lower(line.front());
  const auto begins_so = [&](std::string_view pattern) { return pattern.front() == first; };
  if (std::none_of(patterns.begin(), patterns.end(), begins_so)) return false;
  const std::string normal = normal_line(line);
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](std::string_view pattern) { return matches(normal, pattern); });
}

bool is_original_line(std::string_view line) {
  return is_one_of(line, kOriginalLines);
}

bool is_page_line(std::string_view line) {
  return is_one_of(line, kPageLines) || is_original_line(line);
}

// ---- the header

struct HeaderLine {
  std::string key;  // in lower case
  std::string_view value;
};

bool is_key_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '-' || c == '_';
}

std::optional<HeaderLine> as_header_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == npos || colon == 0 || colon > kLongestHeaderKey) return std::nullopt;
  const std::string_view key = line.substr(0, colon);
  if (!std::all_of(key.begin(), key.end(), is_key_character)) return std::nullopt;
  return HeaderLine{ascii_lower(trimmed(key)), trimmed(line.substr(colon + 1))};
}

std::optional<Metadata> meaning_of(std::string_view header_key) {
  for (const HeaderKey& known : kHeaderKeys) {
    if (known.key == header_key) return known.metadata;
  }
  return std::nullopt;
}

/// The header's lines, or none when the text has no header.
std::vector<HeaderLine> find_header(Lines lines) {
  std::vector<HeaderLine> header;
  std::size_t known = 0;
  for (const std::string_view line : lines) {
    if (is_blank_line(line)) break;
    auto header_line = as_header_line(line);
    if (!header_line || header.size() == kMostHeaderLines) return {};
    if (meaning_of(header_line->key)) ++known;
    header.push_back(*std::move(header_line));
  }
  return known >= 2 ? header : std::vector<HeaderLine>{};
}

/// True when the line has done its work; what says nothing that an article can hold is text.
bool takes_header_line(const HeaderLine& line, Article& article) {
  if (line.value.empty()) return true;
  const auto metadata = meaning_of(line.key);
  return metadata && set_metadata(article, *metadata, line.value, Origin::header);
}

/// The lines below the header, behind those lines of it that go on as text.
std::vector<std::string_view> take_header(Lines lines, Article& article) {
  const auto header = find_header(lines);
  const Lines below = without_blank_lines_around(lines.subspan(header.size()));
  std::vector<std::string_view> text;
  for (std::size_t at = 0; at < header.size(); ++at) {
    if (!takes_header_line(header[at], article)) text.push_back(lines[at]);
  }
  if (!text.empty()) text.emplace_back();
  text.insert(text.end(), below.begin(), below.end());
  return text;
}

// ---- title, byline, date

std::size_t count_words(std::string_view line) {
  std::size_t words = 0;
  bool is_inside = false;
  for (const char c : line) {
    const bool is_space = c == ' ' || c == '\t';
    if (!is_space && !is_inside) ++words;
    is_inside = !is_space;
  }
  return words;
}

bool is_short_enough(std::string_view line) {
  if (count_code_points(line) <= kLongestTitle) return true;
  return line.size() <= kLongestWordyTitle && count_words(line) <= kMostTitleWords;
}

bool begins_upper(std::string_view word) {
  return !word.empty() && (word.front() < 'a' || word.front() > 'z');
}

bool is_joining_word(std::string_view word) {
  return word == "and" || word == "of" || word == "for" || word == "in" || word == "de" ||
         word == "van" || word == "von" || word == "der" || word == "la" || word == "del";
}

/// Is each word one that names are made of?
bool are_names(std::string_view text) {
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    if (!word.empty() && !begins_upper(word) && !is_joining_word(word)) return false;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return true;
}

struct Byline {
  std::string_view authors;
  std::optional<Date> date;
};

bool is_whole_day(const std::optional<Date>& date) {
  return date && date->precision >= DatePrecision::day;
}

/// Takes a date off the end of a byline: `, March 5, 2024`, ` | 2024-03-05`.
std::optional<Date> take_date_of_byline(std::string_view& line) {
  constexpr auto kSeparators =
      std::to_array<std::string_view>({", ", " | ", " - ", " \u2013 ", " \u2014 ", " \u00B7 "});
  for (std::size_t at = 1; at < line.size(); ++at) {
    for (const std::string_view separator : kSeparators) {
      if (!line.substr(at).starts_with(separator)) continue;
      const auto date = parse_date(line.substr(at + separator.size()));
      if (!is_whole_day(date)) continue;
      line = trimmed(line.substr(0, at));
      return date;
    }
  }
  return std::nullopt;
}

/// `By Ada Writer, Staff Writer | March 5, 2024`
std::optional<Byline> as_byline(std::string_view line) {
  line = trimmed(line);
  if (line.size() > kLongestByline || line.size() < 5) return std::nullopt;
  if (ascii_lower(line.substr(0, 3)) != "by ") return std::nullopt;
  line = trimmed(line.substr(3));
  const auto date = take_date_of_byline(line);
  line = without_job_titles(line);
  if (line.empty() || line.ends_with('.') || !are_names(line)) return std::nullopt;
  return Byline{line, date};
}

bool is_byline(std::string_view line) {
  return as_byline(line).has_value();
}

bool is_heading(std::string_view line) {
  const auto marks = line.find_first_not_of('#');
  return marks != npos && marks >= 1 && marks <= 6 && line[marks] == ' ';
}

std::string_view without_heading_marks(std::string_view line) {
  return is_heading(line) ? trimmed(line.substr(line.find_first_not_of('#'))) : line;
}

bool ends_like_a_title(std::string_view line) {
  return std::string_view(".,;:").find(line.back()) == npos;
}

/// Does a line below a title part it from the text?
bool is_parted(std::string_view below) {
  return is_blank_line(below) || is_byline(below) || is_whole_day(parse_date(below));
}

bool is_title(Lines lines) {
  if (lines.size() < 3) return false;  // a title, an empty line, and more
  const std::string_view line = trimmed(lines[0]);
  if (is_heading(line)) return is_short_enough(line);
  if (!is_parted(lines[1])) return false;
  return is_short_enough(line) && ends_like_a_title(line) && !is_byline(line) &&
         !is_page_line(line) && !find_dateline(line);
}

/// The title of a first line `Title: ...`; empty for any other line.
std::string_view labelled_title(Lines lines) {
  const auto line = lines.size() < 2 ? std::nullopt : as_header_line(trimmed(lines[0]));
  const bool is_labelled = line && meaning_of(line->key) == Metadata::title && is_parted(lines[1]);
  return is_labelled && is_short_enough(line->value) ? line->value : std::string_view{};
}

Lines take_title(Lines lines, Article& article) {
  if (!article.title.empty()) return lines;
  if (const auto title = labelled_title(lines); !title.empty()) {
    set_metadata(article, Metadata::title, title, Origin::text);
    return without_blank_lines_around(lines.subspan(1));
  }
  if (!is_title(lines)) return lines;
  const std::string_view title = without_heading_marks(trimmed(lines[0]));
  set_metadata(article, Metadata::title, title, Origin::text);
  return without_blank_lines_around(lines.subspan(1));
}

void take_date(Article& article, const std::optional<Date>& date) {
  if (!date || article.date) return;
  article.date = date;
  article.origin(Metadata::date) = Origin::text;
}

/// A line under the title that says who wrote the article or on which day.
bool takes_line_under_title(std::string_view line, Article& article) {
  if (const auto byline = as_byline(line)) {
    set_metadata(article, Metadata::authors, byline->authors, Origin::text);
    take_date(article, byline->date);
    return true;
  }
  const auto date = parse_date(line);
  if (!is_whole_day(date) || article.date) return false;
  take_date(article, date);
  return true;
}

Lines take_lines_under_title(Lines lines, Article& article) {
  if (article.title.empty()) return lines;
  for (int line = 0; line < 2 && lines.size() > 1; ++line) {
    if (!takes_line_under_title(lines[0], article)) break;
    lines = without_blank_lines_around(lines.subspan(1));
  }
  return lines;
}

void take_dateline(Article& article) {
  const auto dateline = find_dateline(article.body);
  if (!dateline) return;
  set_metadata(article, Metadata::source, dateline->source, Origin::text);
  take_date(article, dateline->date);
}

// ---- the text

std::string text_of(Lines lines) {
  std::vector<std::string_view> kept;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(kept),
               [](std::string_view line) { return !is_page_line(line); });
  return join_paragraphs(kept);
}

void take_text(Lines lines, Article& article) {
  const auto original = std::find_if(lines.begin(), lines.end(), is_original_line);
  if (original == lines.end()) {
    article.body = text_of(lines);
    return;
  }
  const auto above = static_cast<std::size_t>(original - lines.begin());
  const std::string lede = text_of(lines.first(above));
  article.body = text_of(lines.subspan(above + 1));
  if (article.body.empty()) {
    article.body = lede;
  } else {
    set_metadata(article, Metadata::lede, lede, Origin::text);
  }
}

Article article_of(std::string_view text) {
  Article article;
  article.format = "text";
  const auto all_lines = split_lines(text);
  const auto lines_below = take_header(without_blank_lines_around(all_lines), article);
  Lines lines = take_title(lines_below, article);
  lines = take_lines_under_title(lines, article);
  take_text(lines, article);
  take_dateline(article);
  return article;
}

// ---- the bytes

/// Is a text UTF-8 but for some bytes, rather than of another encoding that UTF-8 is rarely like?
bool is_mostly_utf8(std::string_view bytes) {
  std::size_t characters = 0;  // beyond ASCII
  std::size_t broken = 0;
  while (!bytes.empty()) {
    const CodePoint point = decode_code_point(bytes);
    if (!point.is_valid) ++broken;
    if (point.length_bytes > 1) ++characters;
    bytes.remove_prefix(point.length_bytes);
  }
  return characters >= broken;
}

/// The file's text, clean; the warnings say what was mended.
std::string clean_file(std::string_view bytes, std::vector<std::string>& warnings) {
  std::string text = is_utf8(bytes) || is_mostly_utf8(bytes) ? std::string(bytes) : to_utf8(bytes);
  mend_mojibake(text, warnings);
  return is_clean_text(text) ? text : clean_text(text);
}

}  // namespace

std::size_t read_text_header(std::string_view text, Article& article) {
  std::vector<std::string_view> lines;
  for (std::string_view rest = text; lines.size() <= kMostHeaderLines && !rest.empty();) {
    lines.push_back(rest.substr(0, rest.find('\n')));
    rest.remove_prefix(std::min(lines.back().size() + 1, rest.size()));
  }
  const auto header = find_header(lines);
  for (const HeaderLine& line : header) takes_header_line(line, article);
  if (header.empty()) return 0;
  const std::string_view last = lines[header.size() - 1];
  return static_cast<std::size_t>(last.data() + last.size() - text.data());
}

void read_plain_text(Input& input, const ReadContext& context, const Emit& emit) {
  const auto bytes = input.all(context.options.limits.record_bytes);
  if (!bytes) {
    const auto limit = context.options.limits.record_bytes;
    emit(Skipped{context.path, {}, fmt::format("it is longer than {} bytes", limit)});
    return;
  }
  std::vector<std::string> warnings;
  Article article = article_of(clean_file(*bytes, warnings));
  article.warnings.insert(article.warnings.begin(), warnings.begin(), warnings.end());
  emit(std::move(article));
}

}  // namespace lede
