#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/unicode.hpp"
#include "query/formats.hpp"
#include "query/links.hpp"
#include "query/marked_line.hpp"

namespace lede {
namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kHighlight = "\x1b[1;31m";
constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kLinkBegin = "\x1b]8;;";  // OSC 8
constexpr std::string_view kLinkEnd = "\x1b\\";
constexpr std::string_view kNoLink = "\x1b]8;;\x1b\\";
constexpr std::string_view kBetweenMetadata = " · ";

/// Folds a line into lines of at most `width` columns: at spaces, and beside characters of double
/// width, which are written without spaces. A longer word stays whole.
class Folder {
 public:
  Folder(std::string_view text, std::size_t width) : text_(text), width_(width) {}

  std::vector<Range> fold() {
    for (std::size_t at = 0; at < text_.size();) at = pass(at);
    lines_.push_back({begin_, text_.size()});
    return std::move(lines_);
  }

 private:
  std::size_t pass(std::size_t at) {
    const CodePoint point = decode_code_point(text_.substr(at));
    const std::size_t columns = columns_of(point.value);
    const std::size_t next = at + point.length_bytes;
    if (columns == 2 && at > begin_) remember_gap(at, at, columns_);
    columns_ += columns;
    if (point.value == ' ')
      remember_gap(at, next, columns_);
    else if (columns_ > width_)
      break_line();
    if (columns == 2) remember_gap(next, next, columns_);
    return next;
  }

  /// A place for a line to end and, behind the space, the next to begin.
  void remember_gap(std::size_t end, std::size_t next, std::size_t columns) {
    gap_ = {end, next};
    gap_columns_ = columns;
  }

  void break_line() {
    if (gap_.begin <= begin_) return;
    lines_.push_back({begin_, gap_.begin});
    begin_ = gap_.end;
    columns_ -= gap_columns_;
    gap_ = {};
  }

  std::string_view text_;
  std::size_t width_;
  std::size_t begin_ = 0;    // of the line
  std::size_t columns_ = 0;  // of the line so far
  Range gap_;                // the last place where it can be folded
  std::size_t gap_columns_ = 0;
  std::vector<Range> lines_;
};

/// Where a person's current folder is, with a slash at its end; empty when that is unknown.
std::string current_folder() {
  std::error_code error;
  std::string folder = std::filesystem::current_path(error).string();
  if (!folder.empty() && folder.back() != '/') folder += '/';
  return folder;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::format("{}", fmt::join(texts, between));
}

/// Empty where the file, or one of that name, may be another than the article came from.
std::string file_url_of(const Article& article) {
  return article.is_imported() ? std::string() : file_url(article.path);
}

/// Puts text together for one reader: colours or none, folded or not.
class Page {
 public:
  explicit Page(const TextStyle& style) : style_(style), folder_(current_folder()) {}

  /// One line, or several on a terminal, each behind `indent` columns; `lead` stands before the
  /// first instead.
  void add_block(const MarkedLine& marked, std::string_view lead, std::string_view color,
                 std::string_view url = {}) {
    const bool has_markers = !style_.markers.is_none();
    const MarkedLine line = has_markers ? with_markers(marked, style_.markers) : marked;
    const std::size_t indent = lead.size();
    std::string_view before = lead;
    const std::string spaces(indent, ' ');
    for (const Range& part : folded(line.text, indent)) {
      text_ += before;
      begin_link(url);
      add_painted(line, part, color);
      end_link(url);
      text_ += '\n';
      before = spaces;
    }
  }

  /// One line that stays whole, so that what it says can be copied.
  void add_line(std::string_view text, std::string_view lead, std::string_view color) {
    text_ += lead;
    add_painted({std::string(text), {}}, {0, text.size()}, color);
    text_ += '\n';
  }

  /// Text of many lines, its own kept.
  void add_text(std::string_view text) {
    const std::string safe = printable(text);
    for (std::string_view rest = safe; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      add_block({std::string(rest.substr(0, end)), {}}, {}, {});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void add_blank() { text_ += '\n'; }

  /// An empty line between one part and the next.
  void begin_part() {
    if (!text_.empty()) add_blank();
  }

  /// Where an article lies, as short as the current folder allows; a link to the file.
  std::string linked_place_of(const Article& article) const {
    const std::string url = style_.has_links ? file_url_of(article) : std::string();
    if (url.empty()) return place_of(article);
    return fmt::format("{}{}{}{}{}", kLinkBegin, url, kLinkEnd, place_of(article), kNoLink);
  }

  /// What the title is a link to: the article on the web, else its file. Empty for no link.
  std::string url_of(const Article& article) const {
    if (!style_.has_links) return {};
    return is_clean_url(article.url) ? article.url : file_url_of(article);
  }

  std::string place_of(const Article& article) const {
    const std::string place = location(article);
    const bool is_here = !folder_.empty() && place.starts_with(folder_);
    return in_line(is_here ? std::string_view(place).substr(folder_.size()) : place);
  }

  std::string take() { return std::move(text_); }

 private:
  std::vector<Range> folded(std::string_view text, std::size_t indent) const {
    constexpr std::size_t kNarrowest = 20;
    if (!style_.is_terminal) return {{0, text.size()}};
    return Folder(text, std::max(kNarrowest, style_.width - std::min(indent, style_.width))).fold();
  }

  void add_painted(const MarkedLine& line, const Range& part, std::string_view color) {
    const std::string_view text = line.text;
    std::size_t done = part.begin;
    switch_to(color);
    for (const Range& mark : line.marks) {
      const Range shown{std::max(mark.begin, done), std::min(mark.end, part.end)};
      if (shown.begin >= shown.end) continue;
      text_ += text.substr(done, shown.begin - done);
      add_highlight(text.substr(shown.begin, shown.end - shown.begin), color);
      done = shown.end;
    }
    text_ += text.substr(done, part.end - done);
    if (!color.empty()) switch_to(kReset);
  }

  void add_highlight(std::string_view text, std::string_view color_after) {
    switch_to(kHighlight);
    text_ += text;
    switch_to(kReset);
    switch_to(color_after);
  }

  void begin_link(std::string_view url) {
    if (!url.empty()) text_.append(kLinkBegin).append(url).append(kLinkEnd);
  }

  void end_link(std::string_view url) {
    if (!url.empty()) text_ += kNoLink;
  }

  void switch_to(std::string_view color) {
    if (style_.has_color) text_ += color;
  }

  TextStyle style_;
  std::string folder_;
  std::string text_;
};

const Snippet* find_title(const std::vector<Snippet>& snippets) {
  const auto found = std::find_if(snippets.begin(), snippets.end(), [](const Snippet& snippet) {
    return snippet.field == FieldId::title;
  });
  return found == snippets.end() ? nullptr : &*found;
}

/// The title with its hits; an article without one goes by its id.
MarkedLine title_line(const Hit& hit) {
  if (const Snippet* title = find_title(hit.snippets))
    return marked_line(title->text, title->highlights);
  return marked_line(hit.article.title.empty() ? hit.article.id : hit.article.title, {});
}

std::string metadata_line(const Article& article, const Page& page) {
  constexpr std::size_t kDayLength = 10;
  std::vector<std::string> parts;
  if (article.date) parts.push_back(format_date(*article.date).substr(0, kDayLength));
  parts.push_back(in_line(article.source));
  parts.push_back(in_line(joined(article.authors, ", ")));
  parts.push_back(page.linked_place_of(article));
  std::erase(parts, "");
  return joined(parts, kBetweenMetadata);
}

/// What each word adds, and the sum that is the score.
void add_explanation(Page& page, const Hit& hit, const std::string& indent) {
  for (const TermShare& share : *hit.explanation) {
    std::vector<std::string> fields;
    for (const FieldCount& field : share.fields)
      fields.push_back(fmt::format("{} {}", field_of(field.field).name, field.count));
    const std::string where = fields.empty() ? "" : fmt::format(" ({})", fmt::join(fields, ", "));
    page.add_line(fmt::format("{:9.4f}  {}: {}{}, in {} articles", share.weight,
                              in_line(joined(share.words.empty() ? share.terms : share.words, "|")),
                              share.wdf, where, share.articles),
                  indent, kDim);
  }
  if (hit.recency) page.add_line(fmt::format(" × {:6.4f}  recency", *hit.recency), indent, kDim);
  page.add_line(fmt::format("{:9.4f}  score", hit.score), indent, kDim);
}

void add_hit(Page& page, const Hit& hit, const std::optional<CollapseField>& collapse,
             std::size_t rank_width) {
  const std::string rank = fmt::format("{:>{}}  ", hit.rank, rank_width);
  const std::string indent(rank.size(), ' ');
  page.add_block(title_line(hit), rank, kBold, page.url_of(hit.article));
  const std::string metadata = metadata_line(hit.article, page);
  if (!metadata.empty()) page.add_line(metadata, indent, kDim);
  for (const Snippet& snippet : hit.snippets)
    if (snippet.field != FieldId::title) page.add_block(passage_line(snippet), indent, {});
  if (collapse && hit.similar > 0)
    page.add_line(in_line(words_for_similar(hit.article, *collapse, hit.similar)), indent, kDim);
  if (hit.explanation) add_explanation(page, hit, indent);
}

/// A bar of at most `columns` columns, which the greatest count fills; in eighths of a column.
std::string bar(std::uint64_t count, std::uint64_t greatest, std::size_t columns) {
  constexpr std::array<std::string_view, 8> kEighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (greatest == 0) return {};
  const double share = static_cast<double>(count) / static_cast<double>(greatest);
  auto eighths = static_cast<std::size_t>(std::lround(share * static_cast<double>(columns) * 8));
  if (count > 0) eighths = std::max<std::size_t>(eighths, 1);
  std::string text;
  for (std::size_t full = eighths / 8; full > 0; --full) text += "█";
  return text.append(kEighths[eighths % 8]);
}

/// A name before its count; without one it stands for lines that are left out.
struct CountLine {
  std::string name;
  std::optional<std::uint64_t> count;
};

/// Counts below a heading, names first, on a terminal with bars.
void add_counts(Page& page, std::string_view heading, const std::vector<CountLine>& lines,
                const TextStyle& style) {
  const std::size_t widest_name = std::min<std::size_t>(40, style.width / 2);
  std::size_t name_width = 0;
  std::uint64_t greatest = 0;
  for (const CountLine& line : lines) {
    name_width = std::min(std::max(name_width, columns_of_text(line.name)), widest_name);
    greatest = std::max(greatest, line.count.value_or(0));
  }
  const std::size_t count_width = fmt::formatted_size("{}", greatest);
  const std::size_t taken = 2 + name_width + 2 + count_width + 2;
  const std::size_t room = style.width > taken + 1 ? style.width - taken - 1 : 0;
  page.add_line(heading, {}, kBold);
  for (const CountLine& line : lines) {
    if (!line.count) {
      page.add_line(line.name, "  ", kDim);
      continue;
    }
    const std::string name = style.is_terminal ? cut_to_columns(line.name, widest_name) : line.name;
    const std::size_t columns = columns_of_text(name);
    const std::string gap(name_width > columns ? name_width - columns : 0, ' ');
    const std::string shown =
        style.is_terminal ? bar(*line.count, greatest, std::min<std::size_t>(room, 40)) : "";
    page.add_line(fmt::format("{}{}  {:>{}}{}{}", name, gap, *line.count, count_width,
                              shown.empty() ? "" : "  ", shown),
                  "  ", {});
  }
}

void add_facet(Page& page, const Facet& facet, const TextStyle& style) {
  std::vector<CountLine> lines;
  for (const FacetValue& value : facet.values)
    lines.push_back({in_line(value.value), value.articles});
  add_counts(page, name_of(facet.field), lines, style);
}

/// Of more empty periods in a row than a glance can count, only that they are there.
void add_histogram(Page& page, const std::vector<PeriodCount>& periods, const TextStyle& style) {
  constexpr std::ptrdiff_t kMostEmpty = 12;
  std::vector<CountLine> lines;
  for (auto period = periods.begin(); period != periods.end();) {
    const auto next = std::find_if(period, periods.end(),
                                   [](const PeriodCount& each) { return each.articles > 0; });
    if (next - period > kMostEmpty) {
      lines.push_back({"…", {}});
      period = next;
    } else {
      lines.push_back({period->start, period->articles});
      ++period;
    }
  }
  add_counts(page, "date", lines, style);
}

void add_metadata(Page& page, std::string_view name, std::string_view value) {
  if (!value.empty()) page.add_line(fmt::format("{}: {}", name, in_line(value)), {}, kDim);
}

void add_all_metadata(Page& page, const Article& article) {
  add_metadata(page, "Author", joined(article.authors, ", "));
  add_metadata(page, "Date", article.date ? format_date(*article.date) : "");
  add_metadata(page, "Modified", article.modified ? format_date(*article.modified) : "");
  add_metadata(page, "Source", article.source);
  add_metadata(page, "Section", article.section);
  add_metadata(page, "Tags", joined(article.tags, ", "));
  add_metadata(page, "Language", article.language);
  add_metadata(page, "URL", article.url);
  add_metadata(page, "File", page.place_of(article));
  const bool has_own_id = article.id != article.url && article.id != location(article);
  if (has_own_id) add_metadata(page, "Id", article.id);
}

}  // namespace

std::string format_text(const Answer& answer, const TextStyle& style) {
  constexpr std::size_t kNarrowestRank = 2;
  const std::uint64_t last_rank = answer.hits.empty() ? 0 : answer.hits.back().rank;
  const std::size_t rank_width = std::max(kNarrowestRank, fmt::formatted_size("{}", last_rank));
  Page page(style);
  for (const Hit& hit : answer.hits) {
    page.begin_part();
    add_hit(page, hit, answer.collapse, rank_width);
  }
  for (const Facet& facet : answer.facets) {
    page.begin_part();
    add_facet(page, facet, style);
  }
  if (answer.histogram) {
    page.begin_part();
    add_histogram(page, *answer.histogram, style);
  }
  return page.take();
}

std::string format_article_text(const Article& article, const TextStyle& style) {
  Page page(style);
  if (!article.title.empty())
    page.add_block(marked_line(article.title, {}), {}, kBold, page.url_of(article));
  add_all_metadata(page, article);
  for (const std::string* text : {&article.lede, &article.body}) {
    if (text->empty()) continue;
    page.add_blank();
    page.add_text(*text);
  }
  return page.take();
}

}  // namespace lede
