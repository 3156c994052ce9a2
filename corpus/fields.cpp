#include "corpus/fields.hpp"

#include "corpus/unicode.hpp"

namespace lede {

const Field* find_field(std::string_view name) {
  const std::string wanted = ascii_lower(name);
  if (wanted.empty()) return nullptr;
  for (const Field& field : kFields)
    if (wanted == field.name || wanted == field.alias) return &field;
  return nullptr;
}

}  // namespace lede
