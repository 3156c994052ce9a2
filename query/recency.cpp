#include "query/recency.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "query/walk_beside.hpp"

namespace lede {
namespace {

constexpr double kHour = 3600;
constexpr double kDay = 24 * kHour;
constexpr double kYear = 365.25 * kDay;

/// 0 for a letter that is no unit.
double unit_seconds(char unit) {
  switch (unit) {
    case 'h':
      return kHour;
    case 'd':
      return kDay;
    case 'w':
      return 7 * kDay;
    case 'm':
      return kYear / 12;
    case 'y':
      return kYear;
    default:
      return 0;
  }
}

/// An article with its age in half-lives; unknown without a date.
struct Aged {
  RankedArticle article;
  std::optional<double> half_lives;
};

/// Puts ages beside the articles, which come in the order of their docids then.
std::vector<Aged> with_ages(std::vector<RankedArticle> ranked, HalfLife half_life,
                            std::int64_t now_unix_seconds, const Xapian::Database& index) {
  std::ranges::sort(ranked, {}, &RankedArticle::docid);
  std::vector<Aged> aged;
  std::vector<Xapian::docid> docids;
  for (const RankedArticle& article : ranked) {
    aged.push_back({article, std::nullopt});
    docids.push_back(article.docid);
  }
  for_each_value(Slot::date, docids, index, [&](std::size_t i, const std::string& value) {
    const double age = static_cast<double>(now_unix_seconds) - Xapian::sortable_unserialise(value);
    aged[i].half_lives = std::max(age, 0.) / half_life.seconds;
  });
  return aged;
}

/// Of the ages that are known, the one in the middle; 0 where none is.
double middle_age(const std::vector<Aged>& aged) {
  std::vector<double> known;
  for (const Aged& each : aged)
    if (each.half_lives) known.push_back(*each.half_lives);
  if (known.empty()) return 0;
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
  std::nth_element(known.begin(), middle, known.end());
  return *middle;
}

/// A score that is too old for a double is 0; its logarithm tells it from others yet.
struct Place {
  double score;
  double logarithm;
  double half_lives;
  RankedArticle article;
};

Place place_of(const Aged& aged, double middle) {
  const double half_lives = aged.half_lives.value_or(middle);
  Place place{0, std::log2(aged.article.score) - half_lives, half_lives, aged.article};
  place.article.recency = std::exp2(-half_lives);
  place.article.score *= place.article.recency;
  place.score = place.article.score;
  return place;
}

bool comes_first(const Place& a, const Place& b) {
  return std::tuple(-a.score, -a.logarithm, a.half_lives, a.article.docid) <
         std::tuple(-b.score, -b.logarithm, b.half_lives, b.article.docid);
}

}  // namespace

HalfLife parse_half_life(std::string_view text) {
  constexpr unsigned kMost = 100'000;
  unsigned count = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  const double unit = end - read.ptr == 1 ? unit_seconds(*read.ptr) : 0;
  if (read.ec == std::errc{} && count > 0 && count <= kMost && unit > 0) return {count * unit};
  throw Error(
      fmt::format("'{}' is not a length of time from 1 to {} hours, days, weeks, months or "
                  "years, as in 12h, 30d, 2w, 6m, 1y",
                  printable_line(text), kMost));
}

std::vector<RankedArticle> weighed_by_recency(std::vector<RankedArticle> ranked, HalfLife half_life,
                                              std::int64_t now_unix_seconds,
                                              const Xapian::Database& index) {
  const std::vector<Aged> aged = with_ages(std::move(ranked), half_life, now_unix_seconds, index);
  const double middle = middle_age(aged);
  std::vector<Place> places;
  places.reserve(aged.size());
  for (const Aged& each : aged) places.push_back(place_of(each, middle));
  std::ranges::sort(places, comes_first);
  std::vector<RankedArticle> weighed;
  weighed.reserve(places.size());
  for (const Place& place : places) weighed.push_back(place.article);
  return weighed;
}

}  // namespace lede
