#pragma once

#include <string>
#include <vector>

#include "query/demand.hpp"
#include "query/period.hpp"
#include "query/question.hpp"

namespace lede {

/// What a value in an exact field or a path asks for: `lang:de`.
Demand value_filter(const Question& question);

/// What `date:2024..` asks for. `years` are those that the index has articles of. Throws Error
/// (usage), which names the column, for a date that cannot be read.
Demand date_filter(const Question& question, const std::vector<int>& years, const Moment& now);

/// A day, month or year or a range of them, or of times, as parse_period reads it.
std::string period_text(const Period& period);

}  // namespace lede
