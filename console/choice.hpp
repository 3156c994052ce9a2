#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

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

/// Adds an option that takes one of several names and sets `value`, a Value or what one can be
/// assigned to, which must outlive `app`.
template <typename Target, typename Value, std::size_t count>
CLI::Option* add_choice(CLI::App& app, const std::string& option, Target& value,
                        const std::array<Choice<Value>, count>& choices,
                        const std::string& description) {
  std::vector<std::string> names;
  for (const auto& choice : choices) names.emplace_back(choice.name);
  const auto choose = [&value, choices](const std::string& name) {
    value = std::ranges::find(choices, name, &Choice<Value>::name)->value;
  };
  return app.add_option_function<std::string>(option, choose, description)
      ->type_name("NAME")
      ->check(CLI::IsMember(names));
}

/// One of several names, and as often as one likes.
template <typename Value, std::size_t count>
CLI::Option* add_choices(CLI::App& app, const std::string& option, std::vector<Value>& values,
                         const std::array<Choice<Value>, count>& choices,
                         const std::string& description) {
  std::vector<std::string> names;
  for (const auto& choice : choices) names.emplace_back(choice.name);
  const auto choose = [&values, choices](const std::vector<std::string>& chosen) {
    for (const std::string& name : chosen)
      values.push_back(std::ranges::find(choices, name, &Choice<Value>::name)->value);
  };
  return app.add_option_function<std::vector<std::string>>(option, choose, description)
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->check(CLI::IsMember(names));
}

}  // namespace lede
