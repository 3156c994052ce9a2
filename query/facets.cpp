#include "query/facets.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "corpus/date.hpp"
#include "corpus/fields.hpp"
#include "query/walk_beside.hpp"

namespace lede {
namespace {

using Docids = std::span<const Xapian::docid>;
using Counts = std::unordered_map<std::string, std::uint64_t>;

/// Calls `receive(value, count)` for each term of a prefix that some of the articles have.
template <typename Receive>
void count_terms(const std::string& prefix, Docids found, const Xapian::Database& index,
                 Receive&& receive) {
  const auto end = index.allterms_end(prefix);
  for (auto term = index.allterms_begin(prefix); term != end; ++term) {
    std::uint64_t count = 0;
    for_each_having(*term, found, index, [&](std::size_t) { ++count; });
    if (count > 0) receive((*term).substr(prefix.size()), count);
  }
}

Counts count_by_terms(FieldId field, Docids found, const Xapian::Database& index) {
  Counts counts;
  count_terms(std::string(field_of(field).prefix), found, index,
              [&](std::string value, std::uint64_t count) { counts[std::move(value)] = count; });
  return counts;
}

Counts count_by_slot(Slot slot, Docids found, const Xapian::Database& index) {
  Counts counts;
  for_each_value(slot, found, index,
                 [&](std::size_t, const std::string& value) { ++counts[value]; });
  return counts;
}

std::vector<std::string> values_of(const Article& article, FacetField field) {
  if (field == FacetField::author) return article.authors;
  if (field == FacetField::tag) return article.tags;
  return {article.section};
}

void count_values_of(const Article& article, FacetField field, Counts& counts) {
  std::vector<std::string> values = values_of(article, field);
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  for (std::string& value : values)
    if (!value.empty()) ++counts[std::move(value)];
}

/// What neither a slot nor a term of its own tells.
bool is_read_from_articles(FacetField field) {
  return field == FacetField::section || field == FacetField::author || field == FacetField::tag;
}

Counts count_by_index(FacetField field, Docids found, const Xapian::Database& index) {
  if (field == FacetField::source) return count_by_slot(Slot::source, found, index);
  const bool is_language = field == FacetField::language;
  return count_by_terms(is_language ? FieldId::language : FieldId::host, found, index);
}

std::vector<FacetValue> most_frequent(const Counts& counts, std::size_t limit) {
  std::vector<FacetValue> values;
  for (const auto& [value, count] : counts) values.push_back({value, count});
  const auto comes_first = [](const FacetValue& a, const FacetValue& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.value < b.value;
  };
  const std::size_t kept = std::min(limit, values.size());
  std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(kept),
                    values.end(), comes_first);
  values.resize(kept);
  return values;
}

// Periods ----------------------------------------------------------------------------------------

using std::chrono::days;
using std::chrono::sys_days;

/// A period as a number, one more than that of the period before it.
using Ordinal = std::int64_t;

constexpr Ordinal kMondayBefore1970 = 3;  // days, as 1970 began on a Thursday
constexpr Ordinal kDaysOfWeek = 7;
constexpr Ordinal kMonthsOfYear = 12;

/// How the terms of dates spell what a bar counts.
std::string_view prefix_of(CalendarUnit period) {
  if (period == CalendarUnit::year) return kYearPrefix;
  return period == CalendarUnit::month ? kMonthPrefix : kDayPrefix;
}

/// The digits of a term as year, month and day; what the term does not have is 1.
std::optional<std::chrono::year_month_day> day_of(std::string_view digits, CalendarUnit period) {
  const std::size_t length = period == CalendarUnit::year    ? 4
                             : period == CalendarUnit::month ? 6
                                                             : 8;
  std::uint32_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.size() != length || read.ptr != digits.data() + length) return std::nullopt;
  if (length == 4) number = number * 100 + 1;
  if (length <= 6) number = number * 100 + 1;
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(number / 10000)),
                                        std::chrono::month(number / 100 % 100),
                                        std::chrono::day(number % 100)};
  return day.ok() ? std::optional(day) : std::nullopt;
}

Ordinal ordinal_of(std::chrono::year_month_day day, CalendarUnit period) {
  const Ordinal days_since_1970 = sys_days(day).time_since_epoch().count();
  const Ordinal year = static_cast<int>(day.year());
  switch (period) {
    case CalendarUnit::day:
      return days_since_1970;
    case CalendarUnit::week: {
      const Ordinal since_monday = days_since_1970 + kMondayBefore1970;
      return (since_monday - (since_monday % kDaysOfWeek + kDaysOfWeek) % kDaysOfWeek) /
             kDaysOfWeek;
    }
    case CalendarUnit::month:
      return year * kMonthsOfYear + static_cast<Ordinal>(static_cast<unsigned>(day.month())) - 1;
    case CalendarUnit::year:
      return year;
  }
  return 0;
}

std::string start_of(Ordinal ordinal, CalendarUnit period) {
  switch (period) {
    case CalendarUnit::day:
      return format_day(sys_days(days(ordinal)));
    case CalendarUnit::week:
      return format_day(sys_days(days(ordinal * kDaysOfWeek - kMondayBefore1970)));
    case CalendarUnit::month:
      return fmt::format("{:04}-{:02}", ordinal / kMonthsOfYear, ordinal % kMonthsOfYear + 1);
    case CalendarUnit::year:
      return fmt::format("{:04}", ordinal);
  }
  return {};
}

using PeriodCounts = std::map<Ordinal, std::uint64_t>;

void fill_gaps(PeriodCounts& counts) {
  if (counts.empty()) return;
  const Ordinal first = counts.begin()->first;
  const Ordinal last = counts.rbegin()->first;
  if (last - first >= static_cast<Ordinal>(kMostPeriods)) return;
  for (Ordinal period = first; period < last; ++period) counts.try_emplace(period, 0);
}

}  // namespace

void MatchedArticles::operator()(const Xapian::Document& document, double) {
  docids_.push_back(document.get_docid());
}

std::vector<Xapian::docid> MatchedArticles::take() {
  std::ranges::sort(docids_);
  return std::move(docids_);
}

std::vector<Facet> count_facets(std::span<const FacetField> fields,
                                std::span<const Xapian::docid> matched, std::size_t limit,
                                StoredArticles& articles) {
  std::vector<Counts> counts(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!is_read_from_articles(fields[i]))
      counts[i] = count_by_index(fields[i], matched, articles.index());
  if (std::ranges::any_of(fields, is_read_from_articles))
    for (const Xapian::docid docid : matched)
      for (std::size_t i = 0; i < fields.size(); ++i)
        if (is_read_from_articles(fields[i]))
          count_values_of(articles.article(docid), fields[i], counts[i]);
  std::vector<Facet> facets;
  for (std::size_t i = 0; i < fields.size(); ++i)
    facets.push_back({fields[i], most_frequent(counts[i], limit)});
  return facets;
}

std::vector<PeriodCount> count_periods(CalendarUnit period, std::span<const Xapian::docid> matched,
                                       const Xapian::Database& index) {
  PeriodCounts counts;
  count_terms(std::string(prefix_of(period)), matched, index,
              [&](std::string_view digits, std::uint64_t count) {
                if (const auto day = day_of(digits, period))
                  counts[ordinal_of(*day, period)] += count;
              });
  fill_gaps(counts);
  std::vector<PeriodCount> periods;
  for (const auto& [ordinal, count] : counts) periods.push_back({start_of(ordinal, period), count});
  return periods;
}

}  // namespace lede
