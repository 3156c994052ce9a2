#include <string>

#include <fmt/format.h>
#include <simdjson.h>

#include "corpus/readers/markdown/front_matter_parsers.hpp"

namespace lede {
namespace {

namespace dom = simdjson::dom;

class JsonEntries {
 public:
  void collect(const std::string& path, dom::object object, int depth) {
    for (const auto& [name, value] : object) {
      const std::string key = path + std::string(name);
      dom::object inner;
      if (value.get_object().get(inner) != simdjson::SUCCESS) {
        add(key, value);
      } else if (depth < kDeepestFrontMatterKey) {
        collect(key + '.', inner, depth + 1);
      }
    }
  }

  FrontMatter take() { return std::move(entries_); }

 private:
  void add(const std::string& key, dom::element value) {
    dom::array list;
    const bool is_list = value.get_array().get(list) == simdjson::SUCCESS;
    entries_.push_back({key, {}, is_list});
    if (!is_list) return add_text(value);
    for (const dom::element item : list) {
      dom::element name;
      add_text(item["name"].get(name) == simdjson::SUCCESS ? name : item);
    }
  }

  void add_text(dom::element value) {
    if (value.is_null() || value.is_array() || value.is_object()) return;
    std::string_view text;
    const bool is_string = value.get_string().get(text) == simdjson::SUCCESS;
    entries_.back().values.push_back(is_string ? std::string(text) : simdjson::minify(value));
  }

  FrontMatter entries_;
};

}  // namespace

std::optional<FrontMatter> parse_json_object(std::string_view content) {
  dom::parser parser;
  dom::object object;
  const simdjson::padded_string padded(content);
  if (parser.parse(padded).get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
  JsonEntries entries;
  entries.collect({}, object, 1);
  return entries.take();
}

}  // namespace lede
