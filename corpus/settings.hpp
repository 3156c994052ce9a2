#pragma once

#include <array>
#include <string>

#include <xapian.h>

#include "corpus/fields.hpp"

namespace lede {

/// Raised with every change of what an index means: fields, folding, positions, stored articles.
inline constexpr unsigned kSchemaVersion = 1;

/// The rules an index was made under. They are stored in it, and both tools take them from there.
struct IndexSettings {
  std::string language = "english";  ///< Snowball's name of the stemmer, or `none`
  std::array<unsigned, kFieldCount> weights = default_weights();

  static constexpr std::array<unsigned, kFieldCount> default_weights() {
    std::array<unsigned, kFieldCount> weights{};
    for (const Field& field : kFields)
      weights[static_cast<std::size_t>(field.field)] = field.weight;
    return weights;
  }
  unsigned weight(FieldId field) const { return weights[static_cast<std::size_t>(field)]; }

  friend bool operator==(const IndexSettings&, const IndexSettings&) = default;
};

/// Records the settings in an index that has none, with this lede's and libxapian's version.
void write_settings(Xapian::WritableDatabase& index, const IndexSettings& settings);

/// The settings of an index. Throws Error (no_index) with a hint when `path` holds a Xapian
/// database that lede did not make, or one of another schema version.
IndexSettings read_settings(const Xapian::Database& index, const std::string& path);

/// The lede that made the index, and the libxapian it used: `0.1.0`, `1.4.22`.
struct IndexMakers {
  std::string lede;
  std::string xapian;
};
IndexMakers read_makers(const Xapian::Database& index);

}  // namespace lede
