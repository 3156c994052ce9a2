#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corpus/fields.hpp"
#include "query/demand.hpp"

namespace lede {

/// A word or phrase that a snippet shows: its terms without prefix, in order.
struct Wanted {
  std::vector<std::string> terms;
  std::vector<std::string> others;  ///< of a single word: terms that will do as well as its own
  /// Empty, or for each word the folded forms that it must have besides: as it is written.
  std::vector<std::vector<std::string>> forms;
  std::optional<FieldId> field;  ///< only here; none is every field
  double weight = 1;             ///< how rare it is: its idf in the index

  friend bool operator==(const Wanted&, const Wanted&) = default;
};

/// The words and phrases of a demand, each once, in its order; not those that are excluded or, in
/// that language, left out.
std::vector<Wanted> wanted_in(Language language, const Demand& demand);

}  // namespace lede
