#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "query/demand.hpp"
#include "query/period.hpp"
#include "query/question.hpp"

namespace lede {

/// What a value in an exact field or a path asks for: `lang:de`, or `host:*.example`, which stands
/// for every value of the index with any characters in the place of each `*`. In quotes a `*` is
/// itself. Throws Error (usage), which names the column, where more than 10,000 values match.
Demand value_filter(const Question& question, const Xapian::Database& index);

/// What `date:2024..` asks for. `years` are those that the index has articles of. Throws Error
/// (usage), which names the column, for a date that cannot be read.
Demand date_filter(const Question& question, const std::vector<int>& years, const Moment& now);

/// A day, month or year or a range of them, or of times, as parse_period reads it.
std::string period_text(const Period& period);

}  // namespace lede
