#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lede {

/// What all articles of an answer must have beside what the question asks. It weighs nothing.
struct Filter {
  std::string option;  ///< which asked for it: `--since`; errors name it
  std::string query;   ///< in the query language: `date:"2025.."`

  friend bool operator==(const Filter&, const Filter&) = default;
};

/// Of `--since` and `--until`: a period of the query language, open on one side. Throw Error
/// (usage) for what cannot be one side of it.
Filter since_filter(std::string_view date);
Filter until_filter(std::string_view date);

/// Of `--where FIELD=VALUE`: `field:"VALUE"`. Throws Error (usage) for text without a field's name
/// before a `=`, and for a value that no question can hold.
Filter where_filter(std::string_view text);

}  // namespace lede
