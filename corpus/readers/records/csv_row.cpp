#include "corpus/readers/records/csv_row.hpp"

#include <algorithm>
#include <array>

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view without_line_end(std::string_view row, CsvDialect dialect) {
  if (row.ends_with(dialect.line_end)) row.remove_suffix(1);
  if (row.ends_with('\r')) row.remove_suffix(1);
  return row;
}

/// Takes a quoted field, whose quote begins `rest`, off it. Only a quote that a delimiter follows,
/// or nothing, ends the field; others that are not doubled are text, for some programs forget to.
std::string take_quoted(std::string_view& rest, char delimiter) {
  std::string field;
  for (rest.remove_prefix(1);;) {
    const std::size_t quote = std::min(rest.find('"'), rest.size());
    field += rest.substr(0, quote);
    if (quote == rest.size()) {
      rest = {};
      return field;
    }
    const bool is_doubled = rest.substr(quote + 1).starts_with('"');
    const bool is_end = quote + 1 == rest.size() || rest[quote + 1] == delimiter;
    rest.remove_prefix(quote + (is_doubled ? 2 : 1));
    if (is_end) return field;
    field += '"';
  }
}

/// Blanks before a quote mean nothing: `a, "b"`. Behind a tab or a bar they do.
bool is_passed_over(char c, CsvDialect dialect) {
  return c == ' ' && (dialect.delimiter == ',' || dialect.delimiter == ';');
}

/// Takes the blanks off that stand before a quote. True when a quote stands there.
bool take_blanks_before_quote(std::string_view& rest, CsvDialect dialect) {
  const auto at = rest.find_first_not_of(' ');
  if (at == npos || rest[at] != '"') return false;
  if (at > 0 && !is_passed_over(' ', dialect)) return false;
  rest.remove_prefix(at);
  return true;
}

std::string take_plain(std::string_view& rest, char delimiter) {
  const std::size_t end = std::min(rest.find(delimiter), rest.size());
  std::string field(rest.substr(0, end));
  rest.remove_prefix(end);
  return field;
}

}  // namespace

bool RowScanner::scan(std::string_view text) {
  while (!is_finished_ && length_ < text.size()) step(text);
  return is_finished_;
}

void RowScanner::step(std::string_view text) {
  if (state_ == State::quoted) {
    const std::size_t quote = text.find('"', length_);
    if (quote != npos) state_ = State::behind_quote;
    length_ = quote == npos ? text.size() : quote + 1;
    return;
  }
  const char c = text[length_++];
  if (state_ == State::behind_quote) {
    step_behind_quote(c);
  } else {
    take(c);
  }
}

void RowScanner::step_behind_quote(char c) {
  if (c == dialect_.delimiter || c == dialect_.line_end) {
    take(c);
  } else if (c != '\r') {
    state_ = State::quoted;  // doubled, or only text
  }
}

void RowScanner::take(char c) {
  if (c == dialect_.line_end) {
    is_finished_ = true;
  } else if (c == dialect_.delimiter) {
    state_ = State::field_begin;
  } else {
    if (state_ == State::field_begin && is_passed_over(c, dialect_)) return;
    state_ = state_ == State::field_begin && c == '"' ? State::quoted : State::plain;
  }
}

std::vector<std::string> split_row(std::string_view row, CsvDialect dialect) {
  std::vector<std::string> fields;
  std::string_view rest = without_line_end(row, dialect);
  for (;;) {
    const bool is_quoted = take_blanks_before_quote(rest, dialect);
    fields.push_back(is_quoted ? take_quoted(rest, dialect.delimiter)
                               : take_plain(rest, dialect.delimiter));
    if (rest.empty()) return fields;
    rest.remove_prefix(1);
  }
}

}  // namespace lede
