#pragma once

#include <optional>
#include <string>

#include "query/build_query.hpp"
#include "query/demand.hpp"
#include "query/index_languages.hpp"
#include "query/period.hpp"
#include "query/question.hpp"

namespace lede {

struct ResolvedQuestion {
  Demand demand;
  std::string
      text;  ///< as it was understood, with its operators spelt out; asked again it is the same
  bool can_relax = false;  ///< `any` would ask for less: words stand side by side
};

/// Decides what each part of a question asks of an index's articles. `match` is all or any; `now`
/// is when relative dates are read, none is the present. Throws
/// Error (usage) for a date that cannot be read, a pattern that too many words match, and when
/// there is no word to look for.
ResolvedQuestion resolve(const Question& question, const IndexLanguages& languages,
                         const std::optional<Moment>& now, Match match);

}  // namespace lede
