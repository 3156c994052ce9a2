#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "query/ranked_articles.hpp"

namespace lede {

/// The age at which an article counts half as much as one of now.
struct HalfLife {
  double seconds = 0;  ///< more than 0

  friend bool operator==(const HalfLife&, const HalfLife&) = default;
};

/// Reads `12h`, `30d`, `2w`, `6m`, `1y`: a whole number from 1 on of hours, days, weeks, months or
/// years. A year is 365.25 days, a month a twelfth of it. Throws Error (usage) for anything else.
HalfLife parse_half_life(std::string_view text);

/// Multiplies each score by 2^-(age / half-life), and puts the articles in the order of what that
/// gives; of equal ones the newest comes first, then that which is first in the index. An article
/// counts from the beginning of what is known of its date. One of the future is as old as one of
/// now, one without a date as old as the middle one of those that have one: it neither gains nor
/// loses by that. Throws Xapian::Error.
std::vector<RankedArticle> weighed_by_recency(std::vector<RankedArticle> ranked, HalfLife half_life,
                                              std::int64_t now_unix_seconds,
                                              const Xapian::Database& index);

}  // namespace lede
