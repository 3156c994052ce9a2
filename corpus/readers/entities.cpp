#include "corpus/readers/entities.hpp"

#include <charconv>
#include <libxml/HTMLparser.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestEntity = 32;  // bytes

bool is_character(char32_t value) {
  return value >= 0x20 && value != 0x7F && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

/// The character of the digits in `&#65;` or `&#x41;`; 0 for none.
char32_t numbered_character(std::string_view digits) {
  const bool is_hex = digits.starts_with('x') || digits.starts_with('X');
  if (is_hex) digits.remove_prefix(1);
  unsigned value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, is_hex ? 16 : 10);
  return error == std::errc() && stop == end && is_character(value) ? char32_t{value} : 0;
}

char32_t named_character(std::string_view name) {
  const htmlEntityDesc* entity =
      htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
  return entity == nullptr ? 0 : char32_t{entity->value};
}

}  // namespace

std::string entity_text(std::string_view entity) {
  if (entity.size() < 3 || !entity.starts_with('&') || !entity.ends_with(';')) return {};
  const std::string_view name = entity.substr(1, entity.size() - 2);
  const char32_t value =
      name.starts_with('#') ? numbered_character(name.substr(1)) : named_character(name);
  std::string text;
  if (value >= 0x80 && value < 0xA0) return clean_text(std::string(1, static_cast<char>(value)));
  if (value != 0) append_code_point(text, value);
  return text;
}

std::string decode_entities(std::string_view text) {
  std::string decoded;
  for (auto at = text.find('&'); at != npos; at = text.find('&')) {
    decoded += text.substr(0, at);
    text.remove_prefix(at);
    const auto end = text.substr(0, kLongestEntity).find(';');
    const std::string character =
        end == npos ? std::string() : entity_text(text.substr(0, end + 1));
    decoded += character.empty() ? "&" : character;
    text.remove_prefix(character.empty() ? 1 : end + 1);
  }
  return decoded.append(text);
}

}  // namespace lede
