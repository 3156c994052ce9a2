#include "corpus/fields.hpp"

#include <iterator>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {

std::string field_names() {
  std::string names;
  for (const Field& field : kFields)
    if (can_be_named(field)) fmt::format_to(std::back_inserter(names), "{}, ", field.name);
  names.resize(names.size() - 2);
  return names;
}

const Field* find_field(std::string_view name) {
  const std::string wanted = ascii_lower(name);
  if (wanted.empty()) return nullptr;
  for (const Field& field : kFields)
    if (wanted == field.name || wanted == field.alias) return &field;
  return nullptr;
}

}  // namespace lede
