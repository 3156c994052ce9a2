#include "query/value_filters.hpp"

#include <chrono>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/date.hpp"
#include "corpus/error.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/languages.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

std::string host_value(std::string_view value) {
  const bool is_url = value.find("://") != std::string_view::npos;
  return host_of(is_url ? std::string(value) : fmt::format("http://{}", value));
}

bool has_star(std::string_view value) {
  return value.find('*') != std::string_view::npos;
}

/// Whether a value has what stands between the stars, in that order.
bool is_like(std::string_view value, std::string_view pattern) {
  const std::size_t first = pattern.find('*');
  const std::string_view last = pattern.substr(pattern.rfind('*') + 1);
  if (!value.starts_with(pattern.substr(0, first))) return false;
  value.remove_prefix(first);
  if (!value.ends_with(last)) return false;
  value.remove_suffix(last.size());
  pattern = pattern.substr(first, pattern.size() - last.size() - first);
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::string_view piece = pattern.substr(0, pattern.find('*'));
    const std::size_t at = value.find(piece);
    if (at == std::string_view::npos) return false;
    value.remove_prefix(at + piece.size());
    pattern.remove_prefix(piece.size());
  }
  return true;
}

/// The terms of the field's values that are like a pattern.
std::vector<std::string> terms_like(const Field& field, std::string_view pattern,
                                    std::size_t column, const Xapian::Database& index) {
  constexpr std::size_t kMostValues = 10'000;
  const std::string first = fmt::format("{}{}", field.prefix, pattern.substr(0, pattern.find('*')));
  std::vector<std::string> terms;
  const auto end = index.allterms_end(first);
  for (auto term = index.allterms_begin(first); term != end; ++term) {
    const std::string value = *term;
    if (!is_like(std::string_view(value).substr(field.prefix.size()), pattern)) continue;
    terms.push_back(value);
    if (terms.size() > kMostValues)
      throw QuestionError(
          fmt::format("more than {} values are like '{}'", kMostValues, printable_line(pattern)),
          "write more of it", column);
  }
  return terms;
}

/// A pattern that begins with a star is of no folder.
std::string path_value(std::string_view value) {
  if (value.starts_with('*')) return std::string(value);
  std::string path = std::filesystem::absolute(value).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

/// The code that articles have for `DE`, `deu` or `German`; what is none of these finds nothing.
std::string language_value(std::string_view value) {
  std::string code = language_code(value);
  return code.empty() ? ascii_lower(value) : code;
}

/// The value in the form in which the index has it.
std::string stored_value(const Field& field, std::string_view value) {
  switch (field.kind) {
    case FieldKind::path:
      return path_value(value);
    case FieldKind::exact:
      if (field.field == FieldId::host) return host_value(value);
      if (field.field == FieldId::language) return language_value(value);
      return std::string(value);
    case FieldKind::text:
    case FieldKind::date:
      break;
  }
  return std::string(value);
}

/// `value` as a question can hold it behind a field's name.
std::string quoted_value(std::string_view value) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:._-";
  const bool is_plain = value.find_first_not_of(kPlain) == std::string_view::npos;
  return is_plain && !value.starts_with("//") ? std::string(value) : fmt::format("\"{}\"", value);
}

Period period_in(const Question& question, const Moment& now) {
  try {
    return parse_period(question.text, now);
  } catch (const Error& error) {
    throw QuestionError(error.what(), error.hint(), question.column);
  }
}

/// The month or year that these days are; empty where they are none.
std::string calendar_text(const Days& days) {
  if (!days.first || !days.end) return {};
  using std::chrono::months;
  const std::chrono::year_month_day date(*days.first);
  const auto year = static_cast<int>(date.year());
  const auto month = date.year() / date.month();
  if (date.day() != std::chrono::day(1)) return {};
  if (*days.end == CalendarDay((month + months(1)) / 1))
    return fmt::format("{:04}-{:02}", year, static_cast<unsigned>(date.month()));
  const bool is_year =
      date.month() == std::chrono::January && *days.end == CalendarDay((month + months(12)) / 1);
  return is_year ? fmt::format("{:04}", year) : std::string();
}

std::string days_text(const Days& days) {
  if (std::string text = calendar_text(days); !text.empty()) return text;
  const std::string first = days.first ? format_day(std::chrono::year_month_day(*days.first)) : "";
  const std::string last =
      days.end ? format_day(std::chrono::year_month_day(*days.end - std::chrono::days(1))) : "";
  return first == last ? first : fmt::format("{}..{}", first, last);
}

std::string time_text(std::int64_t unix_seconds) {
  return format_date({unix_seconds, DatePrecision::second, 0, false});
}

}  // namespace

std::string period_text(const Period& period) {
  if (!period.has_times) return days_text(period.days);
  return fmt::format("{}..{}", period.begin_seconds ? time_text(*period.begin_seconds) : "",
                     period.end_seconds ? time_text(*period.end_seconds - 1) : "");
}

Demand value_filter(const Question& question, const Xapian::Database& index) {
  const Field& field = field_of(*question.field);
  const std::string value = stored_value(field, trimmed(question.text));
  const bool is_pattern = question.kind == Question::Kind::word && has_star(value);
  Demand demand;
  demand.kind = Demand::Kind::filter;
  demand.terms = is_pattern ? terms_like(field, value, question.column, index)
                            : std::vector{exact_term(field.prefix, value)};
  demand.text = fmt::format("{}:{}", field.name, is_pattern ? value : quoted_value(value));
  return demand;
}

Demand date_filter(const Question& question, const std::vector<int>& years, const Moment& now) {
  const Period period = period_in(question, now);
  Demand demand;
  demand.kind = Demand::Kind::filter;
  demand.text = fmt::format("{}:{}", field_of(FieldId::date).name, period_text(period));
  if (period.has_times)
    demand.period = period;
  else
    demand.terms = period_terms(period.days, years);
  return demand;
}

}  // namespace lede
