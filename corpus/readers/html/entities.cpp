#include "corpus/readers/html/entities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <libxml/HTMLparser.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestName = 10;

struct Entity {
  std::string_view name;
  char32_t value;
};
/// Names that SGML has (ISO 8879) and HTML 4 does not.
constexpr std::array kSgmlEntities{
    Entity{"hyph", '-'},     Entity{"blank", ' '},    Entity{"lsqb", '['},
    Entity{"rsqb", ']'},     Entity{"lpar", '('},     Entity{"rpar", ')'},
    Entity{"dollar", '$'},   Entity{"percnt", '%'},   Entity{"ast", '*'},
    Entity{"num", '#'},      Entity{"comma", ','},    Entity{"period", '.'},
    Entity{"colon", ':'},    Entity{"semi", ';'},     Entity{"quest", '?'},
    Entity{"excl", '!'},     Entity{"plus", '+'},     Entity{"equals", '='},
    Entity{"sol", '/'},      Entity{"bsol", '\\'},    Entity{"lowbar", '_'},
    Entity{"verbar", '|'},   Entity{"commat", '@'},   Entity{"lcub", '{'},
    Entity{"rcub", '}'},     Entity{"apos", '\''},    Entity{"cir", 0x25CB},
    Entity{"racute", 0x155}, Entity{"cacute", 0x107}, Entity{"sacute", 0x15B},
    Entity{"zacute", 0x17A}, Entity{"inodot", 0x131}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

std::optional<char32_t> named_entity(std::string_view name) {
  for (const Entity& entity : kSgmlEntities) {
    if (entity.name == name) return entity.value;
  }
  const std::string terminated(name);
  const auto* found = htmlEntityLookup(reinterpret_cast<const xmlChar*>(terminated.c_str()));
  return found == nullptr ? std::nullopt : std::optional(char32_t{found->value});
}

/// What a byte of 128 to 159 is in windows-1252, which stray bytes are read as.
char32_t windows_1252(unsigned byte) {
  const std::string text = clean_text(std::string(1, static_cast<char>(byte)));
  return text.empty() ? 0 : decode_code_point(text).value;
}

std::optional<char32_t> numeric_entity(std::string_view name) {
  const bool is_hex = name.starts_with("#x") || name.starts_with("#X");
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  unsigned value = 0;
  const auto result =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
  if (result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
  const bool is_space = value == '\t' || value == '\n' || value == '\r';
  const bool is_character = (value >= 0x20 || is_space) && value != 0x7F && value <= 0x10FFFF &&
                            (value < 0xD800 || value > 0xDFFF) && (value & 0xFFFE) != 0xFFFE;
  if (value >= 0x80 && value < 0xA0) return windows_1252(value);
  return is_character ? char32_t{value} : char32_t{0};
}

}  // namespace

std::string_view entity_name(std::string_view text) {
  if (!text.starts_with('&')) return {};
  const auto end = text.substr(0, kLongestName + 2).find(';');
  if (end == npos || end < 2) return {};
  const std::string_view name = text.substr(1, end - 1);
  const std::string_view letters = name.substr(name.front() == '#' ? 1 : 0);
  return std::all_of(letters.begin(), letters.end(), is_name_character) ? name : std::string_view{};
}

std::optional<char32_t> entity_value(std::string_view name) {
  if (name.empty()) return std::nullopt;
  return name.front() == '#' ? numeric_entity(name) : named_entity(name);
}

std::string entity_text(std::string_view entity) {
  const std::string_view name = entity_name(entity);
  const auto value = entity_value(name);
  std::string text;
  if (value && *value != 0 && name.size() + 2 == entity.size()) append_code_point(text, *value);
  return text;
}

std::string decode_entities(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (auto at = text.find('&'); at != npos; at = text.find('&')) {
    decoded += text.substr(0, at);
    text.remove_prefix(at);
    const std::string_view name = entity_name(text);
    const auto value = entity_value(name);
    if (value && *value != 0) append_code_point(decoded, *value);
    if (!value) decoded += '&';
    text.remove_prefix(value ? name.size() + 2 : 1);
  }
  return decoded.append(text);
}

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text) {
    if (c == '<') {
      html += "&lt;";
    } else if (c == '&') {
      html += "&amp;";
    } else {
      html += c;
    }
  }
}

}  // namespace lede
