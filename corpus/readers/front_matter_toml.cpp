#include <algorithm>
#include <sstream>
#include <string>
#include <toml++/toml.h>

#include "corpus/readers/front_matter_parsers.hpp"

namespace lede {
namespace {

/// The quotes that begin a string here: `"""`, `'`; empty when none does.
std::string_view quotes_at(std::string_view text) {
  for (const std::string_view quotes : {"\"\"\"", "'''", "\"", "'"}) {
    if (text.starts_with(quotes)) return quotes;
  }
  return {};
}

/// The bytes of the string or comment that begins `text`; 1 for any other character.
std::size_t length_of_token(std::string_view text) {
  if (text.front() == '#') return std::min(text.find('\n'), text.size());
  const std::string_view quotes = quotes_at(text);
  if (quotes.empty()) return 1;
  const bool is_one_line = quotes.size() == 1;
  for (std::size_t at = quotes.size(); at < text.size(); ++at) {
    if (text.substr(at).starts_with(quotes)) return at + quotes.size();
    if (is_one_line && text[at] == '\n') return at;
    if (quotes.front() == '"' && text[at] == '\\') ++at;
  }
  return text.size();
}

/// Letters past ASCII stand in TOML's strings and comments only; anywhere else some versions of
/// toml++ run into undefined behaviour.
bool has_bare_letter_past_ascii(std::string_view content) {
  while (!content.empty()) {
    if (static_cast<unsigned char>(content.front()) >= 0x80) return true;
    content.remove_prefix(std::min(length_of_token(content), content.size()));
  }
  return false;
}

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
  if (has_bare_letter_past_ascii(content)) return std::nullopt;
  try {
    TomlEntries entries;
    entries.collect({}, toml::parse(content), 1);
    return entries.take();
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

}  // namespace lede
