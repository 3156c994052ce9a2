#include "console/run_tool.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "console/completion.hpp"
#include "console/nearest_name.hpp"
#include "console/printable.hpp"
#include "console/terminal.hpp"
#include "corpus/unicode.hpp"
#include "corpus/version.hpp"

namespace lede {
namespace {

constexpr std::string_view kDashHint =
    "put -- before arguments that begin with - and are no options";

/// Opens what is closed of descriptors 0 to 2, so that no file of ours gets one of these numbers.
/// What is opened cannot be used: reading or writing it fails as the closed stream would.
bool hold_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    const int opposite = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (open("/dev/null", opposite) != descriptor) return false;
  }
  return true;
}

void report(std::string_view tool, const Error& error) {
  const std::string lines = error_lines(tool, error);
  std::fwrite(lines.data(), 1, lines.size(), stderr);  // in one piece, beside other processes
}

void report(std::string_view tool, std::string_view message) {
  report(tool, Error(std::string(message)));
}

/// What CLI11 writes begins with a capital unless it begins with a name.
std::string without_capital(std::string text) {
  const bool begins_a_sentence = text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' &&
                                 (text[1] == ' ' || (text[1] >= 'a' && text[1] <= 'z'));
  if (begins_a_sentence) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

bool looks_like_option(std::string_view argument) {
  return argument.size() > 1 && argument.front() == '-' && argument != "--";
}

bool is_short_option(std::string_view argument) {
  return argument.size() > 1 && argument[0] == '-' && argument[1] != '-';
}

/// CLI11 splits -word into -w and -ord: the argument as it was typed.
std::string as_typed(const std::string& rest, const std::vector<std::string>& arguments) {
  if (rest.starts_with("--")) return rest;
  const auto typed = std::ranges::find_if(arguments, [&](std::string_view argument) {
    return is_short_option(argument) && argument.ends_with(std::string_view(rest).substr(1));
  });
  return typed == arguments.end() ? rest : *typed;
}

/// The first argument that looks like an option and is none; CLI11 reports it after all else.
std::optional<std::string> unknown_option(const CLI::App& app,
                                          const std::vector<std::string>& arguments) {
  const std::vector<std::string> left = app.remaining(true);
  const auto unknown = std::ranges::find_if(left, looks_like_option);
  if (unknown == left.end()) return std::nullopt;
  return as_typed(*unknown, arguments);
}

/// "-oil" may have been meant as a word, and may have been read as -o with the value "il": whether
/// the message is of such a one.
bool is_of_word_with_dash(std::string_view message, const std::vector<std::string>& arguments) {
  const auto end = std::ranges::find(arguments, "--");
  return std::any_of(arguments.begin(), end, [&](std::string_view argument) {
    if (argument.size() <= 2 || !is_short_option(argument)) return false;
    const std::string value = fmt::format("'{}'", argument.substr(2));
    return message.find(argument) != message.npos || message.find(value) != message.npos;
  });
}

std::string help_of(const CLI::App& app) {
  std::string command = app.get_name();
  for (const CLI::App* sub : app.get_subcommands()) command += " " + sub->get_name();
  return command + " --help";
}

std::string usage_hint(const CLI::App& app, std::string_view message,
                       const std::vector<std::string>& arguments) {
  if (!is_of_word_with_dash(message, arguments)) return help_of(app);
  return fmt::format("{}; see {}", kDashHint, help_of(app));
}

/// Long names of the options of an app and of the subcommands in use.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  for (const CLI::App* sub : app.get_subcommands())
    std::ranges::move(option_names(*sub), std::back_inserter(names));
  return names;
}

Error unknown_option_error(const CLI::App& app, const std::string& option,
                           const std::vector<std::string>& arguments,
                           std::span<const std::string_view> other_names) {
  const std::string message = fmt::format("unknown option {}", option);
  const std::vector<std::string> own_names = option_names(app);
  std::vector<std::string_view> names(own_names.begin(), own_names.end());
  names.insert(names.end(), other_names.begin(), other_names.end());
  const std::string_view name = std::string_view(option).substr(0, option.find('='));
  return Error(message, with_nearest_name(name, names, usage_hint(app, message, arguments)));
}

/// "--limit: 1 required COUNT missing" as a sentence.
std::string missing_value(const std::string& message) {
  constexpr std::string_view kBefore = ": 1 required ";
  constexpr std::string_view kAfter = " missing";
  const std::size_t before = message.find(kBefore);
  if (before == std::string::npos || !message.ends_with(kAfter)) return without_capital(message);
  const std::size_t begin = before + kBefore.size();
  const std::string kind = message.substr(begin, message.size() - kAfter.size() - begin);
  return fmt::format("{} needs a value: {}", message.substr(0, before), kind);
}

/// "--format: xml not in {text,json}" as a sentence.
std::string wrong_choice(const std::string& message) {
  constexpr std::string_view kBefore = " not in {";
  const std::size_t before = message.rfind(kBefore);
  const std::size_t value = message.find(": ");
  if (before == std::string::npos || value > before || !message.ends_with('}')) return message;
  const std::size_t begin = before + kBefore.size();
  const std::string choices = message.substr(begin, message.size() - 1 - begin);
  return fmt::format("{}: '{}' is none of {}", message.substr(0, value),
                     message.substr(value + 2, before - value - 2),
                     fmt::join(CLI::detail::split(choices, ','), ", "));
}

std::string message_of(const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return missing_value(error.what());
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr)
    return wrong_choice(error.what());
  return without_capital(error.what());
}

Error usage_error(const CLI::App& app, const CLI::ParseError& error,
                  const std::vector<std::string>& arguments,
                  std::span<const std::string_view> other_names) {
  if (const auto unknown = unknown_option(app, arguments))
    return unknown_option_error(app, *unknown, arguments, other_names);
  const std::string message = message_of(error);
  return Error(message, usage_hint(app, message, arguments));
}

/// Lets the last of several values hold where an option takes one.
void let_last_hold(CLI::App& app) {
  for (CLI::Option* option : app.get_options())
    if (option->get_items_expected_max() == 1)
      option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  for (CLI::App* sub : app.get_subcommands({})) let_last_hold(*sub);
}

std::string ended_line(std::string text) {
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

/// Reads the command line. False: it asked for a text, which has been printed.
bool parse_arguments(CLI::App& app, int argc, char** argv,
                     std::span<const std::string_view> other_names) {
  let_last_hold(app);
  try {
    app.parse(argc, argv);
    return true;
  } catch (const CLI::CallForHelp&) {
    write_all(stdout, app.help());
  } catch (const CLI::CallForVersion& asked) {
    write_all(stdout, ended_line(asked.what()));
  } catch (const CLI::ParseError& error) {
    throw usage_error(app, error, {argv + 1, argv + argc}, other_names);
  }
  return false;
}

ExitStatus parse_and_run(CLI::App& app, int argc, char** argv,
                         const std::function<ExitStatus()>& command,
                         std::span<const std::string_view> other_names) {
  const bool is_asked_to_run = parse_arguments(app, argc, argv, other_names);
  const ExitStatus status = is_asked_to_run ? command() : ExitStatus::success;
  finish_output();
  return status;
}

template <typename Work>
ExitStatus reporting_failures(std::string_view tool, Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    report(tool, error);
    return error.status();
  } catch (const std::bad_alloc&) {
    report(tool, "out of memory");
  } catch (const std::exception& error) {
    report(tool, error.what());
  } catch (...) {
    report(tool, "stopped by a failure without a name");
  }
  return ExitStatus::resources;
}

/// Folds a line at spaces so that no part is wider than `width`, unless it is one word.
std::string folded(std::string_view line, std::size_t width) {
  std::string lines;
  while (line.size() > width) {
    const std::size_t gap = std::min(line.rfind(' ', width), line.find(' ', width));
    if (gap == std::string_view::npos) break;
    lines += line.substr(0, gap);
    lines += '\n';
    line.remove_prefix(gap + 1);
  }
  return lines.append(line);
}

/// `NAME:{a,b}`, or `NAME` where there are dozens of choices.
std::string shown_type(const CLI::Option& option) {
  constexpr std::size_t kLongest = 60;
  const std::string type = option.get_type_name();
  return type.size() <= kLongest ? type : type.substr(0, type.find(":{"));
}

/// As CLI11's, but for 100 columns, and without the long lists of what goes with what.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0) return {};
    const bool is_list = option->get_items_expected_max() > 1;
    return fmt::format(" {}{}{}", shown_type(*option), is_list ? " ..." : "",
                       option->get_required() ? " (required)" : "");
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    return folded(option->get_description(), 100 - get_column_width());
  }
};

std::string range_text(unsigned long long low, unsigned long long high) {
  if (high == std::numeric_limits<unsigned long long>::max())
    return fmt::format("a whole number, {} or more", low);
  return fmt::format("a whole number from {} to {}", low, high);
}

std::optional<unsigned long long> decimal_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '0') return std::nullopt;  // octal to CLI11
  unsigned long long number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

int run_tool(CLI::App& app, int argc, char** argv, const std::function<ExitStatus()>& command,
             std::span<const std::string_view> other_names) {
  if (!hold_standard_descriptors()) return static_cast<int>(ExitStatus::resources);
  const auto work = [&] { return parse_and_run(app, argc, argv, command, other_names); };
  return static_cast<int>(reporting_failures(app.get_name(), work));
}

void define_common_options(CLI::App& app) {
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.set_version_flag("-V,--version", fmt::format("{} {}", app.get_name(), version()),
                       "Print the version and exit");
  app.add_option_function<std::string>(
         "--completion",
         [&app](const std::string& shell) {
           throw CLI::CallForVersion(completion_script(app, shell), 0);  // a text to print
         },
         "Print a completion script for this shell and exit")
      ->type_name("SHELL")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

void warn(std::string_view tool, std::string_view message) {
  report(tool, message);
}

std::string error_lines(std::string_view tool, const Error& error) {
  std::string lines = fmt::format("{}: {}\n", tool, printable_line(error.what()));
  if (!error.hint().empty()) lines += fmt::format("hint: {}\n", printable(error.hint()));
  return lines;
}

void end_at_once(std::string_view tool, const std::exception_ptr& failure) {
  const ExitStatus status =
      reporting_failures(tool, [&]() -> ExitStatus { std::rethrow_exception(failure); });
  std::_Exit(static_cast<int>(status));
}

CLI::Validator whole_number(unsigned long long low, unsigned long long high) {
  const auto check = [low, high](const std::string& input) -> std::string {
    const auto number = decimal_number(input);
    if (number && low <= *number && *number <= high) return {};
    return fmt::format("'{}' is not {}", input, range_text(low, high));
  };
  return CLI::Validator(check, {});
}

}  // namespace lede
