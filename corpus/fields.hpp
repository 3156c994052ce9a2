#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"

namespace lede {

/// The fields of an article that a question can name. The order is that of kFields.
enum class FieldId : std::uint8_t {
  title,
  lede,
  body,
  tags,
  authors,
  source,
  section,
  language,
  id,
  url,
  host,
  path,
  date,
};

/// How the values of a field become terms.
enum class FieldKind : std::uint8_t {
  text,   ///< analysed into stems with positions
  exact,  ///< one term for the whole value, as it is written
  path,   ///< one term for the file and one for each folder above it
  date,   ///< one term each for the year, the month and the day
};

/// One searchable field of an article, as the index stores it.
///
/// kFields is the only place that knows a prefix or a weight. Changing a row changes what an
/// index means, so it also raises kSchemaVersion (corpus/settings.hpp).
struct Field {
  FieldId field;
  std::string_view name;   ///< what people type, `title:`, and what JSON and --weight call it
  std::string_view alias;  ///< another name that people type, or empty
  FieldKind kind;
  /// What Xapian puts before each term; Omega's letter where it has one. It stands in every
  /// article's list of terms: short ones of `source` and `section` save 1 % of a list.
  std::string_view prefix;
  bool is_bare;     ///< a word without a field looks here
  unsigned weight;  ///< wdf of one occurrence for bare words; 0 in fields they do not search
};

inline constexpr std::size_t kFieldCount = 13;

inline constexpr std::array<Field, kFieldCount> kFields{{
    {FieldId::title, "title", "headline", FieldKind::text, "S", true, 3},
    {FieldId::lede, "lede", "summary", FieldKind::text, "XL", true, 1},
    {FieldId::body, "body", "text", FieldKind::text, "", true, 1},
    {FieldId::tags, "tag", "tags", FieldKind::text, "K", true, 1},
    {FieldId::authors, "author", "by", FieldKind::text, "A", true, 1},
    {FieldId::source, "source", "publisher", FieldKind::text, "XS", false, 0},
    {FieldId::section, "section", "category", FieldKind::text, "XC", false, 0},
    {FieldId::language, "language", "lang", FieldKind::exact, "L", false, 0},
    {FieldId::id, "id", "", FieldKind::exact, "Q", false, 0},
    {FieldId::url, "url", "link", FieldKind::exact, "U", false, 0},
    {FieldId::host, "host", "site", FieldKind::exact, "H", false, 0},
    {FieldId::path, "path", "file", FieldKind::path, "P", false, 0},
    {FieldId::date, "date", "", FieldKind::date, "", false, 0},
}};

/// The terms of a date have one prefix for each length of the period they name.
inline constexpr std::string_view kYearPrefix = "Y";
inline constexpr std::string_view kMonthPrefix = "M";
inline constexpr std::string_view kDayPrefix = "D";

constexpr const Field& field_of(FieldId id) {
  return kFields[static_cast<std::size_t>(id)];
}

/// Every word searches the body, so a question does not name it.
constexpr bool can_be_named(const Field& field) {
  return field.field != FieldId::body;
}

/// The names of those that can: `title, lede, ...`.
std::string field_names();

/// The same and their aliases, one by one.
std::vector<std::string_view> all_names_of_fields();

/// The names of those that bare words search.
std::string bare_field_names();

/// The field that people call `name` (or its alias), case not counting; nullptr for none.
const Field* find_field(std::string_view name);

/// Value slots of a document: what can be compared without reading the stored article.
enum class Slot : std::uint32_t {
  date = 0,         ///< Unix seconds, Xapian::sortable_serialise; absent where undated
  fingerprint = 1,  ///< hash of the stored article: the same hash, nothing to write
  lengths = 2,      ///< words that count in each field that bare words search
  source = 3,       ///< who published it, as it stands; shortened like a term
};

static_assert([] {
  for (std::size_t i = 0; i < kFieldCount; ++i)
    if (static_cast<std::size_t>(kFields[i].field) != i) return false;
  return true;
}());

}  // namespace lede
