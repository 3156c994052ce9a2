#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "corpus/fields.hpp"
#include "corpus/settings.hpp"

namespace lede {

/// What one occurrence of a bare word in a field is to count, instead of what the index has it
/// count.
struct FieldWeight {
  FieldId field = FieldId::body;
  double weight = 1;  ///< from 0 on

  friend bool operator==(const FieldWeight&, const FieldWeight&) = default;
};

/// Reads `title=5`, `body=.5`: a field that bare words search, and a number from 0 to 1000. Throws
/// Error (usage) for anything else.
FieldWeight parse_field_weight(std::string_view text);

/// Weights of fields beside those that an index was made with.
class FieldWeights {
 public:
  /// Of several of one field the last holds. Throws Error (usage) for a body that is to count where
  /// the index counts it nothing: how often a word stands there is not known then.
  FieldWeights(const IndexSettings& settings, std::span<const FieldWeight> asked);

  bool changes() const { return asked_ != indexed_; }
  bool changes(FieldId field) const { return of(asked_, field) != of(indexed_, field); }
  bool changes_body() const { return changes(FieldId::body); }

  /// What a term counts in an article, where the index counts it `wdf` and it stands in `fields`,
  /// which may lack those that do not change, unless the body does.
  double counted(double wdf, std::span<const FieldId> fields) const;

 private:
  using Weights = std::array<double, kFieldCount>;
  static double of(const Weights& weights, FieldId field) {
    return weights[static_cast<std::size_t>(field)];
  }

  Weights indexed_;
  Weights asked_;
};

/// One or several terms, without prefix, that rank like one, by other weights of the fields. Where
/// they stand is told by the fields' own terms, so that in a title, a lede, a tag, an author a
/// word counts once. The lengths of articles stay those by the index's weights.
///
/// It is OP_FILTER: a source of weights, and the terms that it weighs.
Xapian::Query reweighed(const std::vector<std::string>& terms, double factor,
                        const FieldWeights& weights);

}  // namespace lede
