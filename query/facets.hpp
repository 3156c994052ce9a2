#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "query/stored_articles.hpp"

namespace lede {

/// What the articles of an answer can be counted by.
enum class FacetField : std::uint8_t { source, section, author, tag, language, host };
constexpr std::string_view name_of(FacetField field) {
  switch (field) {
    case FacetField::source:
      return "source";
    case FacetField::section:
      return "section";
    case FacetField::author:
      return "author";
    case FacetField::tag:
      return "tag";
    case FacetField::language:
      return "language";
    case FacetField::host:
      return "host";
  }
  return {};
}

/// A value, and how many of the articles have it.
struct FacetValue {
  std::string value;
  std::uint64_t articles = 0;

  friend bool operator==(const FacetValue&, const FacetValue&) = default;
};

struct Facet {
  FacetField field = FacetField::source;
  std::vector<FacetValue> values;  ///< that of most articles first, among equals by their bytes

  friend bool operator==(const Facet&, const Facet&) = default;
};

/// The length of a bar's time. Weeks begin on Monday.
enum class CalendarUnit : std::uint8_t { day, week, month, year };

/// How many of the articles were published in a period.
struct PeriodCount {
  std::string
      start;  ///< its first day, as far as the period needs: `2025-08-25`, `2025-08`, `2025`
  std::uint64_t articles = 0;

  friend bool operator==(const PeriodCount&, const PeriodCount&) = default;
};

/// Takes note of each article that a question finds, when all are looked at.
class MatchedArticles : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double weight) override;

  /// In ascending order.
  std::vector<Xapian::docid> take();

 private:
  std::vector<Xapian::docid> docids_;
};

/// Counts the articles by each of the fields: exactly, all of them. `limit` values of a field at
/// most are kept.
///
/// Sources are compared by their value slot; languages and hosts by their terms, which costs an
/// index nothing and a question one pass over these terms' postings; sections, authors and tags are
/// read from the stored articles, each once for all fields. An article counts once for a value.
/// Values over 200 bytes of sources and hosts are shortened as terms are. Throws Error (damaged),
/// Xapian::Error.
std::vector<Facet> count_facets(std::span<const FacetField> fields,
                                std::span<const Xapian::docid> matched, std::size_t limit,
                                StoredArticles& articles);

/// Counts the articles by the time of their publication, in the calendar of each: a bar is what
/// `date:` and its start would find. Articles without a date, or with one that is less precise than
/// the bars, are in none. In order, from the first to the last that has an article; empty ones
/// between them are there, too, unless that would make more than kMostPeriods.
std::vector<PeriodCount> count_periods(CalendarUnit period, std::span<const Xapian::docid> matched,
                                       const Xapian::Database& index);
inline constexpr std::size_t kMostPeriods = 4000;

}  // namespace lede
