#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "corpus/readers/assemble.hpp"

namespace lede {

/// How much of an object find_wrapper looks at.
inline constexpr std::size_t kWrapperHead = std::size_t{64} << 10;  // bytes

/// What an object is, and of a wrapper, which lists in it hold records.
enum class Wrapper : std::uint8_t { none, known_lists, lists_of_texts };

/// Is the object that begins `text` no record, but one around a list of records, as what an API
/// answers: `{"status": "ok", "articles": [{...}]}`, `{"response": {"docs": [...]}}`, a JSON Feed?
/// Lists of known keys hold records; where there are none, those whose first object has a text do.
/// `text` is the beginning of a longer one.
Wrapper find_wrapper(std::string_view text, Assembler& assembler);

/// Does a list under `key` hold records, or an object one with them in it?
bool is_list_key(std::string_view key);

/// Is the first object of the list that begins `list` an article with a text?
bool begins_with_text(std::string_view list, Assembler& assembler);

/// Does `text` begin with a list whose first item is an object?
bool begins_list_of_objects(std::string_view text);

}  // namespace lede
