#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"

namespace lede {

/// What a key of a record may fill: the body, or one of the metadata values.
enum class RecordField : std::uint8_t {
  body,
  id,
  url,
  title,
  lede,
  authors,
  source,
  section,
  tags,
  language,
  date,
  modified,
};
inline constexpr std::size_t kRecordFieldCount = 12;

/// What a key means.
struct RecordKey {
  RecordField field;
  unsigned rank;  ///< of two keys for one field, the lower rank is trusted more
};

/// The meaning of a record's key; nullopt for a key that says nothing about an article. Case, `_`
/// and `-` do not count. A key inside an object is written with a dot: `source.name`.
std::optional<RecordKey> find_record_key(std::string_view key);

/// The names in a line of authors, `By A. Writer and B. Other`. A comma parts names only when each
/// part has a space in it, so `Brenckman, M.` stays one.
std::vector<std::string> split_authors(std::string_view text);

/// The parts of `text` between commas or semicolons, trimmed, the empty ones left out.
std::vector<std::string> split_list(std::string_view text);

/// Puts a metadata value into the article, unless it already has one: authors and tags are split,
/// dates are parsed. False when the value is empty or cannot be read; a date that cannot be read
/// leaves a warning.
bool set_metadata(Article& article, Metadata metadata, std::string_view value, Origin origin);

}  // namespace lede
