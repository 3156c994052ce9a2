#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace lede {

/// An option of a command line, or none where the command line does not name it: then all that is
/// said of it is forgotten. Used like a pointer, as CLI11's own options are.
class NamedOption {
 public:
  NamedOption() = default;
  NamedOption(CLI::Option* option) : option_(option) {}

  explicit operator bool() const { return option_ != nullptr; }
  const NamedOption* operator->() const { return this; }

  NamedOption type_name(const std::string& name) const;
  NamedOption check(const CLI::Validator& validator) const;
  NamedOption allow_extra_args(bool may_follow) const;
  NamedOption excludes(NamedOption other) const;

  /// How often the command line has it.
  std::size_t count() const { return option_ == nullptr ? 0 : option_->count(); }

 private:
  CLI::Option* option_ = nullptr;
};

/// Adds to an app those options only that its arguments name: CLI11 compares each one that it gets
/// with all before it, and a short run has no time for that. Arguments that ask for a text about
/// all options, --help or --completion, name them all. Names must live as long as the program.
class NamedOptions {
 public:
  /// Both must outlive this object. Of the arguments the first may be the program.
  NamedOptions(CLI::App& app, std::span<const char* const> arguments);

  /// The long names of all options so far, whether added or not: `--limit`.
  const std::vector<std::string_view>& long_names() const { return long_names_; }

  /// The title that --help has above the options that follow.
  void begin_group(const char* title) { app_.option_defaults()->group(title); }

  template <typename Target>
  NamedOption add_option(std::string_view names, Target& target, const char* description) {
    if (!has(names)) return {};
    return app_.add_option(std::string(names), target, description);
  }

  template <typename Value, typename Take>
  NamedOption add_option_function(std::string_view names, Take&& take, const char* description) {
    if (!has(names)) return {};
    return app_.add_option_function<Value>(std::string(names), std::forward<Take>(take),
                                           description);
  }

  NamedOption add_flag(std::string_view names, bool& target, const char* description) {
    if (!has(names)) return {};
    return app_.add_flag(std::string(names), target, description);
  }

  template <typename Take>
  NamedOption add_flag_callback(std::string_view names, Take&& take, const char* description) {
    if (!has(names)) return {};
    return app_.add_flag_callback(std::string(names), std::forward<Take>(take), description);
  }

 private:
  /// Takes note of an option's names.
  bool has(std::string_view names);

  CLI::App& app_;
  std::span<const char* const> arguments_;
  bool has_all_;
  std::vector<std::string_view> long_names_;
};

}  // namespace lede
