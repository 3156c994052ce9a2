#pragma once

#include <string>
#include <string_view>

namespace lede {

/// The characters of one HTML entity, `&eacute;`, `&#233;`, `&#xE9;`, as a browser shows them: 128
/// to 159 are windows-1252. Empty for what is no entity, a control character or none at all.
std::string entity_text(std::string_view entity);

/// The text with each entity decoded once; what is no entity stays.
std::string decode_entities(std::string_view text);

}  // namespace lede
