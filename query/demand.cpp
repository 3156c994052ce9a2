#include "query/demand.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lede {
namespace {

using Kind = Demand::Kind;

std::string unsigned_text(const Demand& demand);

/// With what stands before and behind it.
std::string with_signs(const Demand& demand, std::string_view text) {
  const std::string_view sign = demand.is_required ? "+" : "";
  if (demand.weight == 1) return fmt::format("{}{}", sign, text);
  return fmt::format("{}{}^{}", sign, text, demand.weight);
}

std::string operand_text(const Demand& part) {
  const std::string text = unsigned_text(part);
  return with_signs(part, part.parts.empty() ? text : fmt::format("({})", text));
}

std::string joined_text(const std::vector<Demand>& parts, std::string_view joint) {
  std::vector<std::string> operands;
  for (const Demand& part : parts) operands.push_back(operand_text(part));
  return fmt::format("{}", fmt::join(operands, joint));
}

/// `a AND b AND NOT c`: NOT and AND bind alike, so that such a beginning needs no brackets.
std::string except_text(std::vector<Demand> parts) {
  const bool has_no_brackets = parts[0].kind == Kind::all && parts[0].is_plain();
  const std::string first = has_no_brackets ? unsigned_text(parts[0]) : operand_text(parts[0]);
  for (Demand& part : parts) part.is_required = false;
  parts.erase(parts.begin());
  return fmt::format("{} AND NOT {}", first, joined_text(parts, " AND NOT "));
}

std::string unsigned_text(const Demand& demand) {
  switch (demand.kind) {
    case Kind::nothing:
      return {};
    case Kind::words:
    case Kind::expansion:
    case Kind::filter:
      return demand.text;
    case Kind::near:
      return joined_text(demand.parts, fmt::format(" NEAR/{} ", demand.distance));
    case Kind::all:
      return joined_text(demand.parts, " AND ");
    case Kind::any:
      return joined_text(demand.parts, " OR ");
    case Kind::ranked:
      return joined_text(demand.parts, " ");
    case Kind::except:
      return except_text(demand.parts);
  }
  return {};
}

}  // namespace

bool has_pair(const std::vector<QueryWord>& words) {
  return std::ranges::any_of(words, [](const QueryWord& word) { return !word.pair.empty(); });
}

bool is_pair(const std::vector<QueryWord>& words) {
  return words.size() == 2 && !words[1].pair.empty();
}

std::vector<std::vector<QueryWord>> units_of(const std::vector<QueryWord>& words) {
  std::vector<std::vector<QueryWord>> units;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].pair.empty()) {
      units.push_back({words[i - 1], words[i]});
      units.back()[0].pair.clear();
    } else if (i + 1 == words.size() || words[i + 1].pair.empty()) {
      units.push_back({words[i]});
    }
  }
  return units;
}

bool is_filter(const Demand& demand) {
  const bool has_words =
      demand.kind == Kind::words || demand.kind == Kind::expansion || demand.kind == Kind::near;
  if (has_words) return demand.field && !field_of(*demand.field).is_bare;
  if (demand.kind == Kind::except) return is_filter(demand.parts[0]);
  return demand.kind == Kind::filter ||
         (!demand.parts.empty() && std::ranges::all_of(demand.parts, is_filter));
}

double weight_of_words(const Demand& demand) {
  if (is_filter(demand)) return 0;
  if (demand.kind == Kind::words)
    return demand.weight * static_cast<double>(units_of(demand.words).size());
  if (demand.kind == Kind::expansion) return demand.weight;
  const std::size_t counting = demand.kind == Kind::except ? 1 : demand.parts.size();
  double weight = 0;
  for (std::size_t i = 0; i < counting; ++i) weight += weight_of_words(demand.parts[i]);
  return demand.weight * weight;
}

std::string text_of(const Demand& demand) {
  return demand.is_plain() ? unsigned_text(demand) : operand_text(demand);
}

}  // namespace lede
