#include "console/named_options.hpp"

#include <algorithm>

namespace lede {
namespace {

/// Of a cluster of short options, as in -qn5, each letter may be the name.
bool may_name(std::string_view argument, std::string_view name) {
  if (name.starts_with("--")) return argument.starts_with(name);
  const bool is_short = argument.starts_with('-') && !argument.starts_with("--");
  return is_short && argument.find(name.back()) != argument.npos;
}

/// Whether an argument may be meant for an option of these names, written as for CLI11:
/// `-n,--limit`. That is certain for what is named by its place.
bool may_name_any(std::span<const char* const> arguments, std::string_view names) {
  if (!names.starts_with('-')) return true;
  const std::size_t comma = std::min(names.find(','), names.size());
  const std::string_view name = names.substr(0, comma);
  return std::ranges::any_of(arguments, [&](const char* text) { return may_name(text, name); }) ||
         (comma < names.size() && may_name_any(arguments, names.substr(comma + 1)));
}

}  // namespace

NamedOption NamedOption::type_name(const std::string& name) const {
  if (option_ != nullptr) option_->type_name(name);
  return *this;
}

NamedOption NamedOption::check(const CLI::Validator& validator) const {
  if (option_ != nullptr) option_->check(validator);
  return *this;
}

NamedOption NamedOption::allow_extra_args(bool may_follow) const {
  if (option_ != nullptr) option_->allow_extra_args(may_follow);
  return *this;
}

NamedOption NamedOption::excludes(NamedOption other) const {
  if (option_ != nullptr && other.option_ != nullptr) option_->excludes(other.option_);
  return *this;
}

NamedOptions::NamedOptions(CLI::App& app, std::span<const char* const> arguments)
    : app_(app),
      arguments_(arguments),
      has_all_(may_name_any(arguments, "-h,--help,--completion")) {}

bool NamedOptions::has(std::string_view names) {
  if (const std::size_t dashes = names.find("--"); dashes != names.npos)
    long_names_.push_back(names.substr(dashes));
  return has_all_ || may_name_any(arguments_, names);
}

}  // namespace lede
