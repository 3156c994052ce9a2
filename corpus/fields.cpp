#include "corpus/fields.hpp"

#include <iterator>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {

namespace {

template <typename IsWanted>
std::string names_of_fields(IsWanted&& is_wanted) {
  std::string names;
  for (const Field& field : kFields)
    if (is_wanted(field)) fmt::format_to(std::back_inserter(names), "{}, ", field.name);
  names.resize(names.size() - 2);
  return names;
}

}  // namespace

std::string field_names() {
  return names_of_fields(can_be_named);
}

std::vector<std::string_view> all_names_of_fields() {
  std::vector<std::string_view> names;
  for (const Field& field : kFields) {
    if (!can_be_named(field)) continue;
    names.push_back(field.name);
    if (!field.alias.empty()) names.push_back(field.alias);
  }
  return names;
}

std::string bare_field_names() {
  return names_of_fields([](const Field& field) { return field.is_bare; });
}

const Field* find_field(std::string_view name) {
  const std::string wanted = ascii_lower(name);
  if (wanted.empty()) return nullptr;
  for (const Field& field : kFields)
    if (wanted == field.name || wanted == field.alias) return &field;
  return nullptr;
}

}  // namespace lede
