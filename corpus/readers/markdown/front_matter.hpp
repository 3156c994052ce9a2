#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"
#include "corpus/readers/read_options.hpp"

namespace lede {

enum class FrontMatterSyntax : std::uint8_t { yaml, toml, json };

/// Where a text's front matter stands.
struct FrontMatterBlock {
  FrontMatterSyntax syntax;
  std::string_view content;  ///< between the delimiters; of JSON, the object
  std::size_t length_bytes;  ///< with the delimiters, up to the text's first line
};

/// The block that begins `text` (UTF-8 without a byte order mark): YAML between lines of `---` (or
/// up to `...`), TOML between `+++`, a JSON object by itself or between `;;;`. nullopt when it is
/// not closed, is longer than 64 KiB, or its first line names no key: a text may begin with a rule.
std::optional<FrontMatterBlock> find_front_matter(std::string_view text);

/// Do a file's first bytes begin with front matter, as far as they show?
bool begins_with_front_matter(std::string_view head);

/// One key of a front matter. A key inside another is written with a dot: `author.name`. Values are
/// as the source writes them, so that a title may be `2024`, `no` or `1.10`.
struct FrontMatterEntry {
  std::string key;
  std::vector<std::string> values;  ///< of a list of objects, their `name`; none for null
  bool is_list = false;
};
using FrontMatter = std::vector<FrontMatterEntry>;

/// Reads a block. What is not valid is read line by line, with a warning.
FrontMatter read_front_matter(const FrontMatterBlock& block, std::vector<std::string>& warnings);

/// Does the front matter keep the article back: `draft: true`, `published: false`?
bool is_draft(const FrontMatter& front_matter);

/// Gives the article what the keys say (record_fields.hpp, and below `params`, `extra` and
/// `taxonomies`), HTML entities decoded. Left out: a key for the body, an `id` (it is unique at
/// best within its site), and a `url` that is not absolute, for two sites may share it. A key that
/// the user maps fills the field it is mapped to.
void apply_front_matter(const FrontMatter& front_matter, std::span<const FieldMapping> mappings,
                        Article& article);

}  // namespace lede
