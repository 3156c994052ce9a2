#pragma once

#include <cstddef>
#include <string_view>

#include "corpus/readers/assemble.hpp"

namespace lede {

/// How much of an object is_wrapper looks at.
inline constexpr std::size_t kWrapperHead = std::size_t{64} << 10;  // bytes

/// Is the object that begins `text` no record, but one around a list of records, as what an API
/// answers: `{"status": "ok", "articles": [{...}]}`, `{"response": {"docs": [...]}}`, a JSON Feed?
/// `text` is the beginning of a longer one.
bool is_wrapper(std::string_view text, Assembler& assembler);

/// Does `text` begin with a list whose first item is an object?
bool begins_list_of_objects(std::string_view text);

}  // namespace lede
