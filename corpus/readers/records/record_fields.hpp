#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"

namespace lede {

/// What a key of a record may fill.
struct RecordField {
  std::optional<Metadata> metadata;  ///< nullopt: the body

  constexpr RecordField() = default;
  constexpr RecordField(Metadata value) : metadata(value) {}

  friend constexpr bool operator==(RecordField, RecordField) = default;
};
inline constexpr RecordField kBody{};

/// The name of a field: `body`, or the metadata value's.
std::string_view name_of(RecordField field);

/// The field called `name`; nullopt for none.
std::optional<RecordField> find_record_field(std::string_view name);

/// What is to be done with the values of a key, beyond filling its field.
enum class KeyUse : std::uint8_t {
  usual,
  one_text,    ///< several texts under the key are the same text in several forms
  url,         ///< counts only when it is one
  lead,        ///< a lede, and where no other key gives a body, that
  tags,        ///< the keywords join them
  keywords,    ///< tags; join those of `tags`
  categories,  ///< the first is the section; where there are no tags, the others are
};

/// What a key means.
struct RecordKey {
  RecordField field;
  unsigned rank;  ///< of two keys for one field, the lower rank is trusted more
  KeyUse use = KeyUse::usual;
};

/// One more than the highest rank.
unsigned rank_count();

/// The meaning of a record's key; nullopt for a key that says nothing about an article. Case, `_`
/// and `-` do not count. A key inside an object is written with a dot, `source.name`; one inside a
/// list with `[*]`, or with what the list's item calls its role or type: `headlines[main].value`.
/// Where a body is an object or a list of them, `text`, `html` and the like in it are body, too.
std::optional<RecordKey> find_record_key(std::string_view key);

/// Is there a key that means something inside the object or list at `key`?
bool leads_to_record_key(std::string_view key);

/// Does an object that is a part of a body keep its text under `key`?
bool is_block_text(std::string_view key);

/// A key as a table or a user's mapping may be compared with it: in lower case, without `_`, `-`
/// and `[*]`. Empty when it is longer than any key that means something.
std::string normal_key(std::string_view key);

/// A normal key without the roles in its brackets: `headlines.value`.
std::string without_roles(std::string_view normal_key);

/// Is it what an author is rather than who: `Political Correspondent`, `staff writer`?
bool is_job_title(std::string_view text);

/// Without what stands so behind a comma or bar: `Ada Writer` of `Ada Writer, Staff Writer`.
std::string_view without_job_titles(std::string_view names);

/// The names in a line of authors, `By A. Writer and B. Other`. A comma parts names only when each
/// part has a space in it, so `Brenckman, M.` stays one. Job
/// titles are left out.
std::vector<std::string> split_authors(std::string_view text);

/// The parts of `text` between commas or semicolons, trimmed, the empty ones left out.
std::vector<std::string> split_list(std::string_view text);

/// Puts a metadata value into the article, unless it already has one: authors and tags are split,
/// dates are parsed. False when the value is empty or cannot be read; a date that cannot be read
/// leaves a warning.
bool set_metadata(Article& article, Metadata metadata, std::string_view value, Origin origin);

}  // namespace lede
