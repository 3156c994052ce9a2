#include <algorithm>
#include <string>
#include <yaml-cpp/yaml.h>

#include "corpus/readers/markdown/front_matter_parsers.hpp"

namespace lede {
namespace {

constexpr std::size_t kDeepestNesting = 32;
constexpr std::size_t kMostNodes = 5'000;
constexpr std::size_t kMostAnchors = 16;

/// What yaml-cpp would have to do, counted generously: marks in quotes and in text count, too.
struct Cost {
  std::size_t depth = 0;
  std::size_t nodes = 0;
  std::size_t anchors = 0;
};

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

Cost cost_of(std::string_view content) {
  Cost cost;
  std::size_t brackets = 0;
  std::size_t dashes = 0;  // of lists in lists on one line
  char before = '\n';
  for (const char c : content) {
    if (c == '[' || c == '{') cost.depth = std::max(cost.depth, ++brackets);
    if ((c == ']' || c == '}') && brackets > 0) --brackets;
    if (c == '\n') dashes = 0;
    if ((c == '-' || c == '?' || c == '!') && is_space(before))
      cost.depth = std::max(cost.depth, ++dashes);
    if ((c == '&' || c == '*') && before != '*' && !is_letter_or_digit(before)) ++cost.anchors;
    if (c == '\n' || c == ',' || c == '[' || c == '{') ++cost.nodes;
    before = c;
  }
  return cost;
}

bool is_affordable(std::string_view content) {
  const Cost cost = cost_of(content);
  return cost.depth <= kDeepestNesting && cost.nodes <= kMostNodes && cost.anchors <= kMostAnchors;
}

class YamlEntries {
 public:
  void collect(const std::string& path, const YAML::Node& map, int depth) {
    for (const auto& pair : map) {
      if (!pair.first.IsScalar()) continue;
      const std::string key = path + pair.first.Scalar();
      if (pair.second.IsMap()) {
        if (depth == 1) entries_.push_back({key, {}, false});  // which may be an empty one
        if (depth < kDeepestFrontMatterKey) collect(key + '.', pair.second, depth + 1);
      } else {
        add(key, pair.second);
      }
    }
  }

  FrontMatter take() { return std::move(entries_); }

 private:
  void add(const std::string& key, const YAML::Node& value) {
    entries_.push_back({key, {}, value.IsSequence()});
    if (!value.IsSequence()) return add_text(value);
    for (const YAML::Node& item : value) add_text(item.IsMap() ? item["name"] : item);
  }

  void add_text(const YAML::Node& value) {
    if (!value.IsDefined() || !value.IsScalar() || ++count_ > kMostFrontMatterValues) return;
    entries_.back().values.push_back(value.Scalar());
  }

  FrontMatter entries_;
  std::size_t count_ = 0;
};

}  // namespace

std::optional<FrontMatter> parse_yaml(std::string_view content) {
  if (!is_affordable(content)) return std::nullopt;
  try {
    const YAML::Node root = YAML::Load(std::string(content));
    if (!root.IsMap()) return std::nullopt;
    YamlEntries entries;
    entries.collect({}, root, 1);
    return entries.take();
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
}

}  // namespace lede
