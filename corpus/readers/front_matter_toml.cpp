#include <sstream>
#include <string>
#include <toml++/toml.h>

#include "corpus/readers/front_matter_parsers.hpp"

namespace lede {
namespace {

/// A value as TOML writes it, of a string its text.
std::string text_of(const toml::node& value) {
  if (const auto* text = value.as_string()) return text->get();
  std::ostringstream text;
  value.visit([&](const auto& node) { text << node; });
  return text.str();
}

class TomlEntries {
 public:
  void collect(const std::string& path, const toml::table& table, int depth) {
    for (const auto& [name, value] : table) {
      const std::string key = path + std::string(name.str());
      if (const auto* inner = value.as_table()) {
        if (depth < kDeepestFrontMatterKey) collect(key + '.', *inner, depth + 1);
      } else {
        add(key, value);
      }
    }
  }

  FrontMatter take() { return std::move(entries_); }

 private:
  void add(const std::string& key, const toml::node& value) {
    entries_.push_back({key, {}, value.is_array()});
    if (!value.is_array()) return add_text(value);
    for (const toml::node& item : *value.as_array()) {
      const toml::node* named = item.is_table() ? item.as_table()->get("name") : &item;
      if (named != nullptr) add_text(*named);
    }
  }

  void add_text(const toml::node& value) {
    if (value.is_array() || value.is_table()) return;
    entries_.back().values.push_back(text_of(value));
  }

  FrontMatter entries_;
};

}  // namespace

std::optional<FrontMatter> parse_toml(std::string_view content) {
  try {
    TomlEntries entries;
    entries.collect({}, toml::parse(content), 1);
    return entries.take();
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

}  // namespace lede
