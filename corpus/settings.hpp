#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "corpus/fields.hpp"
#include "corpus/languages.hpp"

namespace lede {

/// Raised with every change of what an index means: fields, folding, positions, stored articles.
inline constexpr unsigned kSchemaVersion = 4;

/// What an index knows of the places of its words.
enum class Positions : std::uint8_t {
  all,   ///< every word's: a phrase is found by them
  none,  ///< nothing: a phrase is looked for in the stored text of what has its words
};
constexpr std::string_view name_of(Positions positions) {
  return positions == Positions::all ? "all" : "none";
}

/// The rules an index was made under. They are stored in it, and both tools take them from there.
struct IndexSettings {
  /// How words are stemmed: `auto`, by the rules of each article's language; by one stemmer of
  /// Snowball's, `german`; or `none`.
  std::string language{kEachItsOwn};
  std::array<unsigned, kFieldCount> weights = default_weights();
  std::string dictionary;  ///< of the ArticleCodec; learned from the first articles
  Positions positions = Positions::all;

  static constexpr std::array<unsigned, kFieldCount> default_weights() {
    std::array<unsigned, kFieldCount> weights{};
    for (const Field& field : kFields)
      weights[static_cast<std::size_t>(field.field)] = field.weight;
    return weights;
  }
  unsigned weight(FieldId field) const { return weights[static_cast<std::size_t>(field)]; }

  friend bool operator==(const IndexSettings&, const IndexSettings&) = default;
};

/// The settings as an index records them, with this lede's and libxapian's version: entries of its
/// metadata, by name.
std::map<std::string, std::string> settings_metadata(const IndexSettings& settings);

/// Records them in an index that has none.
void write_settings(Xapian::WritableDatabase& index, const IndexSettings& settings);

/// The settings of an index. Throws Error (no_index) with a hint when `path` holds a Xapian
/// database that lede did not make, or one of rules that this lede does not know: another schema
/// version, another stemmer, other positions.
IndexSettings read_settings(const Xapian::Database& index, const std::string& path);

/// The dictionary of its ArticleCodec alone; empty where it has none.
std::string read_dictionary(const Xapian::Database& index);

/// How many articles are in a language; `und` is that of those whose language nobody knows.
struct LanguageCount {
  std::string code;
  std::uint64_t articles = 0;

  friend bool operator==(const LanguageCount&, const LanguageCount&) = default;
};
/// The languages of an index's articles, that of most articles first.
std::vector<LanguageCount> count_languages(const Xapian::Database& index);

/// The lede that made the index, and the libxapian it used: `0.1.0`, `1.4.22`.
struct IndexMakers {
  std::string lede;
  std::string xapian;
};
IndexMakers read_makers(const Xapian::Database& index);

/// What an index is known by: another one for each that is made or made anew, and the same when it
/// is compacted or joined with what is added, for which keep_uuid() sees to it; libxapian gives
/// each copy another one.
std::string index_uuid(const Xapian::Database& index);

/// Records it in an index that is to be copied, or in the copy.
void keep_uuid(Xapian::WritableDatabase& index, const std::string& uuid);

}  // namespace lede
