#include "corpus/readers/records/csv.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/assemble.hpp"
#include "corpus/readers/records/csv_row.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/readers/xml/numbered_records.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;  // by which a file is judged
constexpr std::size_t kHeadRows = 100;
constexpr auto kDelimiters = std::to_array<char>({',', '\t', ';', '|'});

using Row = std::vector<std::string>;

// ---- what the beginning of a file tells

/// The rows that are whole in the beginning of a file; one that is cut off only when it is alone.
std::vector<Row> rows_of(std::string_view head, CsvDialect dialect) {
  std::vector<Row> rows;
  while (!head.empty() && rows.size() < kHeadRows) {
    RowScanner scanner(dialect);
    const bool is_whole = scanner.scan(head);
    if (!is_whole && !rows.empty()) break;
    Row row = split_row(head.substr(0, scanner.length()), dialect);
    if (row.size() > 1 || !trimmed(row.front()).empty()) rows.push_back(std::move(row));
    head.remove_prefix(scanner.length());
  }
  return rows;
}

bool is_known(std::string_view column, const std::vector<FieldMapping>& mappings) {
  return Assembler(mappings, Origin::record).wants(trimmed(column));
}

std::size_t count_known(const Row& row, const std::vector<FieldMapping>& mappings) {
  return static_cast<std::size_t>(std::count_if(
      row.begin(), row.end(), [&](const auto& column) { return is_known(column, mappings); }));
}

/// The rows that have as many fields as the first one, if that has more than one.
std::size_t count_even(const std::vector<Row>& rows) {
  if (rows.empty() || rows.front().size() < 2) return 0;
  const auto is_even = [&](const Row& row) { return row.size() == rows.front().size(); };
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), is_even));
}

/// The delimiter by which the first row names the most known columns; of equal ones, the one by
/// which the most rows are equally long, then the one by which they are longest.
CsvDialect dialect_of(std::string_view head, const std::vector<FieldMapping>& mappings) {
  CsvDialect best;
  best.line_end = head.find('\n') == head.npos && head.find('\r') != head.npos ? '\r' : '\n';
  auto best_score = std::array<std::size_t, 3>{};
  for (const char delimiter : kDelimiters) {
    const CsvDialect dialect{delimiter, best.line_end};
    const auto rows = rows_of(head, dialect);
    if (rows.empty() || rows.front().size() < 2) continue;
    const std::size_t evenness = count_even(rows) * 10 / rows.size();
    const std::array score{count_known(rows.front(), mappings), evenness, rows.front().size()};
    if (score <= best_score) continue;
    best_score = score;
    best.delimiter = delimiter;
  }
  return best;
}

/// A first line that names the delimiter, as Excel wants it: `sep=;`.
struct NamedDelimiter {
  char delimiter;
  std::size_t length_bytes;  // of the line with its end
};

std::optional<NamedDelimiter> named_delimiter(std::string_view head) {
  constexpr std::string_view kStart = "sep=";
  const auto end = head.find('\n');
  if (end == head.npos) return std::nullopt;
  std::string_view line = head.substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() > 2 && line.starts_with('"') && line.ends_with('"')) {
    line = line.substr(1, line.size() - 2);
  }
  const bool is_named =
      line.size() == kStart.size() + 1 && ascii_lower(line.substr(0, kStart.size())) == kStart;
  return is_named ? std::optional(NamedDelimiter{line.back(), end + 1}) : std::nullopt;
}

bool is_name_like(std::string_view column) {
  constexpr std::size_t kLongestName = 40;  // bytes
  column = trimmed(column);
  const bool has_letter = std::any_of(column.begin(), column.end(), [](char c) {
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
  });
  return column.size() <= kLongestName && (has_letter || column.empty()) &&
         column.find_first_of(".!?") == column.npos;
}

/// Does the file begin with the names of its columns?
bool is_header(const Row& row, const std::vector<FieldMapping>& mappings) {
  if (count_known(row, mappings) > 0) return true;
  return row.size() > 1 && std::all_of(row.begin(), row.end(), is_name_like);
}

bool is_text_field(RecordField field) {
  return field == kBody || field == RecordField{Metadata::title} ||
         field == RecordField{Metadata::lede};
}

bool names_a_text(std::string_view column, const std::vector<FieldMapping>& mappings) {
  column = trimmed(column);
  const auto known = find_record_key(column);
  const bool is_mapped =
      std::any_of(mappings.begin(), mappings.end(), [&](const FieldMapping& mapping) {
        return is_text_field(mapping.field) && normal_key(mapping.key) == normal_key(column);
      });
  return is_mapped || (known && is_text_field(known->field));
}

/// A URL, or what a program has written of lists and objects.
bool is_no_prose(std::string_view text) {
  text = trimmed(text);
  const bool is_url = text.starts_with("http://") || text.starts_with("https://");
  return (is_url && text.find(' ') == text.npos) || text.starts_with("[{") ||
         text.starts_with("{\"") || text == "[]";
}

/// The column with the most text in it.
std::size_t longest_column(const std::vector<Row>& rows) {
  std::vector<std::size_t> bytes;
  for (const Row& row : rows) {
    bytes.resize(std::max(bytes.size(), row.size()));
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (!is_no_prose(row[at])) bytes[at] += row[at].size();
    }
  }
  return static_cast<std::size_t>(std::max_element(bytes.begin(), bytes.end()) - bytes.begin());
}

bool is_all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c); });
}

/// `class,title,description`, as labelled news come.
bool is_labelled_news(const std::vector<Row>& rows) {
  return std::all_of(rows.begin(), rows.end(), [](const Row& row) {
    return row.size() == 3 && is_all_digits(trimmed(row[0])) && row[1].size() < row[2].size();
  });
}

/// What each column is called, and what had to be guessed.
struct Columns {
  std::vector<std::string> names;
  bool has_header = false;
  std::string warning;  // empty: nothing
};

void take_longest_for_body(Columns& columns, const std::vector<Row>& rows) {
  const std::size_t longest = longest_column(rows);
  columns.names.resize(std::max(columns.names.size(), longest + 1));
  columns.names[longest] = name_of(kBody);
  columns.warning = fmt::format(
      "no column says that it is the text: taken for it is the longest, column {}", longest + 1);
}

Columns name_columns(std::vector<Row> rows, const std::vector<FieldMapping>& mappings) {
  Columns columns;
  if (rows.empty()) return columns;
  columns.has_header = is_header(rows.front(), mappings);
  if (columns.has_header) {
    columns.names = std::move(rows.front());
    rows.erase(rows.begin());
  } else {
    columns.names.resize(rows.front().size());
  }
  // A number in a mapping is a column's, unless a column has it for a name.
  for (const FieldMapping& mapping : mappings) {
    for (std::size_t at = 0; at < columns.names.size(); ++at) {
      const bool is_meant = mapping.key == fmt::to_string(at + 1);
      const bool is_name =
          std::find(columns.names.begin(), columns.names.end(), mapping.key) != columns.names.end();
      if (is_meant && !is_name) columns.names[at] = mapping.key;
    }
  }
  const bool has_text =
      std::any_of(columns.names.begin(), columns.names.end(),
                  [&](const std::string& name) { return names_a_text(name, mappings); });
  if (has_text) return columns;
  if (!columns.has_header && is_labelled_news(rows)) {
    columns.names = {"", "title", "body"};
    columns.warning =
        "no column has a name: taken are the second for the title, the third for the text";
  } else {
    take_longest_for_body(columns, rows);
  }
  return columns;
}

// ---- the rows

class CsvFile {
 public:
  CsvFile(Input& input, const ReadContext& context, const Emit& emit)
      : input_(input),
        context_(context),
        records_(context, emit, true),
        assembler_(context.options.mappings, Origin::record) {}

  void read() {
    if (input_.peek(kByteOrderMark.size()) == kByteOrderMark) input_.consume(kByteOrderMark.size());
    std::string_view head = input_.peek(kHeadBytes);
    const auto named = named_delimiter(head);
    if (named) {
      input_.consume(named->length_bytes);
      head = input_.peek(kHeadBytes);
    }
    encoding_ = detect_encoding(head);
    dialect_ = dialect_of(head, context_.options.mappings);
    if (named) dialect_.delimiter = named->delimiter;
    columns_ = name_columns(rows_of(head, dialect_), context_.options.mappings);
    bool is_first = true;
    while (!input_.peek(1).empty()) {
      const bool is_header_row = std::exchange(is_first, false) && columns_.has_header;
      if (!(is_header_row ? pass_over_header() : read_row())) break;
    }
    records_.finish();
  }

 private:
  bool pass_over_header() {
    RowScanner scanner(dialect_);
    scan(scanner);
    input_.consume(std::min(scanner.length(), input_.buffered().size()));
    return true;
  }

  /// True when a whole row lies in the buffer, also the last one without a line end.
  bool scan(RowScanner& scanner) {
    while (!scanner.scan(input_.buffered())) {
      if (scanner.length() > context_.options.limits.record_bytes) return false;
      if (!input_.fill()) return !scanner.is_in_quotes();
    }
    return scanner.length() <= context_.options.limits.record_bytes;
  }

  bool read_row() {
    const std::uint64_t line = input_.line_number();
    RowScanner scanner(dialect_);
    if (!scan(scanner)) return pass_over_broken(line, scanner);
    const Row row = split_row(input_.buffered().substr(0, scanner.length()), dialect_);
    input_.consume(scanner.length());
    const bool is_empty = row.size() == 1 && trimmed(row.front()).empty();
    return is_empty || add(row, line);
  }

  bool add(const Row& row, std::uint64_t line) {
    Article article = article_of(row);
    if (article.title.empty() && article.lede.empty() && article.body.empty()) {
      return records_.skip(line, "no column of it holds a title, a summary or a text");
    }
    article.format = "csv";
    if (!columns_.warning.empty()) article.warnings.push_back(columns_.warning);
    if (row.size() > columns_.names.size()) {
      article.warnings.push_back(
          fmt::format("the row has {} fields, {} more than there are columns", row.size(),
                      row.size() - columns_.names.size()));
    }
    return records_.add(std::move(article));
  }

  Article article_of(const Row& row) {
    std::vector<std::string> converted;
    converted.reserve(row.size());  // values point into it
    std::vector<RecordValue> values;
    for (std::size_t at = 0; at < std::min(row.size(), columns_.names.size()); ++at) {
      std::string_view text = row[at];
      if (!is_utf8(text)) text = converted.emplace_back(to_utf8(text, encoding_));
      values.push_back({trimmed(columns_.names[at]), text});
    }
    return assembler_.assemble(values);
  }

  /// A quote without an end swallows the rows behind it: goes on at the next line.
  bool pass_over_broken(std::uint64_t line, const RowScanner& scanner) {
    const std::size_t limit = context_.options.limits.record_bytes;
    const bool is_quote = scanner.is_in_quotes();
    const std::string reason = is_quote ? "a quote in it never ends"
                                        : fmt::format("the record is longer than {} bytes", limit);
    if (!records_.skip(line, reason)) return false;
    scanned_again_ += scanner.length();
    constexpr std::uint64_t kMostOften = 4;  // times, on average, that a byte is scanned again
    if (scanned_again_ > kMostOften * input_.bytes_read()) {
      records_.skip(line, "too much is broken: the rest of the file is passed over");
      return false;
    }
    input_.next_line(kLineStart);
    return true;
  }

  static constexpr std::size_t kLineStart = 64;  // bytes: enough of a line that is passed over

  Input& input_;
  const ReadContext& context_;
  NumberedRecords records_;
  Assembler assembler_;
  CsvDialect dialect_;
  std::string encoding_;
  Columns columns_;
  std::uint64_t scanned_again_ = 0;  // bytes
};

}  // namespace

bool looks_like_csv(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  if (const auto named = named_delimiter(head)) head.remove_prefix(named->length_bytes);
  constexpr std::size_t kLongestHeader = 2000;  // bytes
  const auto end = head.find_first_of("\r\n");
  if (end > kLongestHeader) return false;  // which is so where none ends
  const std::string_view line = head.substr(0, end);
  const CsvDialect dialect = dialect_of(line, {});
  const Row names = split_row(line, dialect);
  const bool are_names = names.size() > 1 && std::all_of(names.begin(), names.end(), is_name_like);
  return are_names && count_known(names, {}) >= 2 &&
         std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return names_a_text(name, {}); });
}

void read_csv(Input& input, const ReadContext& context, const Emit& emit) {
  CsvFile(input, context, emit).read();
}

}  // namespace lede
