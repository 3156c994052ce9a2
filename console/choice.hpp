#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "console/named_options.hpp"
#include "console/terminal.hpp"

namespace lede {

/// A name that an option takes, and what it means.
template <typename Value>
struct Choice {
  std::string_view name;
  Value value;
};
template <typename Value>
Choice(std::string_view, Value) -> Choice<Value>;  // clang 14 deduces none by itself

/// Of values that have their names from name_of().
template <auto... values>
constexpr auto choices_of() {
  return std::array{Choice{name_of(values), values}...};
}

inline constexpr std::array kWhenChoices{
    Choice{"auto", When::automatic}, Choice{"always", When::always}, Choice{"never", When::never}};

template <typename Value, std::size_t count>
CLI::Validator one_of(const std::array<Choice<Value>, count>& choices) {
  std::vector<std::string> names;
  for (const auto& choice : choices) names.emplace_back(choice.name);
  return CLI::IsMember(std::move(names));
}

/// Adds an option that takes one of several names and sets `value`, a Value or what one can be
/// assigned to, which must outlive the command line: NamedOptions or an app.
template <typename Line, typename Target, typename Value, std::size_t count>
auto add_choice(Line& line, const char* option, Target& value,
                const std::array<Choice<Value>, count>& choices, const char* description) {
  const auto choose = [&value, choices](const std::string& name) {
    value = std::ranges::find(choices, name, &Choice<Value>::name)->value;
  };
  auto added = line.template add_option_function<std::string>(option, choose, description);
  if (added) added->type_name("NAME")->check(one_of(choices));
  return added;
}

/// One of several names, and as often as one likes.
template <typename Value, std::size_t count>
void add_choices(NamedOptions& line, const char* option, std::vector<Value>& values,
                 const std::array<Choice<Value>, count>& choices, const char* description) {
  const auto choose = [&values, choices](const std::vector<std::string>& chosen) {
    for (const std::string& name : chosen)
      values.push_back(std::ranges::find(choices, name, &Choice<Value>::name)->value);
  };
  const NamedOption added =
      line.add_option_function<std::vector<std::string>>(option, choose, description);
  if (added) added->type_name("NAME")->allow_extra_args(false)->check(one_of(choices));
}

}  // namespace lede
