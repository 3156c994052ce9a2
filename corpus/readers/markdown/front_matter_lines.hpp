#pragma once

#include <string>
#include <string_view>

#include "corpus/readers/markdown/front_matter.hpp"

namespace lede {

/// What lines say when each is read by itself.
struct FrontMatterLines {
  FrontMatter entries;
  bool is_certain;  ///< there is nothing in them that YAML would read in another way
};

/// Reads `key: value` lines (`=` for TOML) with plain and quoted values, lists on one line or
/// several, block text, and one level of inner keys. It refuses nothing: in `title: One: two` all
/// behind the first colon is the title. Takes time linear in the input.
FrontMatterLines read_front_matter_lines(std::string_view content, char separator);

/// The key of a line that begins with one; empty for any other line.
std::string key_in_line(std::string_view line, char separator);

}  // namespace lede
