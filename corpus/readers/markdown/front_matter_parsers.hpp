#pragma once

#include <optional>
#include <string_view>

#include "corpus/readers/markdown/front_matter.hpp"

namespace lede {

/// How deep a key may lie that is taken: `a.b.c`.
inline constexpr int kDeepestFrontMatterKey = 3;
/// How many values a block may have, repeated aliases included.
inline constexpr std::size_t kMostFrontMatterValues = 10'000;

/// The entries of a YAML mapping; nullopt for what yaml-cpp refuses and for what would cost it too
/// much: deep nesting, many nodes, more than a few anchors and aliases.
std::optional<FrontMatter> parse_yaml(std::string_view content);

/// The entries of a TOML table; nullopt for what is not TOML.
std::optional<FrontMatter> parse_toml(std::string_view content);

/// The entries of a JSON object; nullopt when simdjson refuses it.
std::optional<FrontMatter> parse_json_object(std::string_view content);

}  // namespace lede
