#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lede {

/// The name of the entity that `text` begins with, `amp` of `&amp; so`, `#65` of `&#65;`; empty
/// when it begins with none.
std::string_view entity_name(std::string_view text);

/// What an entity stands for, by its name in HTML or in the SGML of news collections, or by its
/// number, 128 to 159 being windows-1252 as in a browser. 0 is a character that no text has (`#3`);
/// nullopt is no entity.
std::optional<char32_t> entity_value(std::string_view name);

/// The characters of one entity, `&eacute;`; empty for what is none, or no character of a text.
std::string entity_text(std::string_view entity);

/// The text with each entity as its character; control characters vanish, what is no entity stays.
std::string decode_entities(std::string_view text);

/// Appends text as HTML or XML that shows it.
void append_escaped(std::string& html, std::string_view text);

}  // namespace lede
