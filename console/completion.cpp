#include "console/completion.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using Words = std::vector<std::string>;

/// What a shell can offer in the place of a value.
enum class Offer : std::uint8_t { nothing, choices, files, folders };

struct Value {
  Offer offer = Offer::nothing;
  std::string name;  ///< what --help calls it
  Words choices;
};

struct Option {
  Words short_names;  ///< without dashes
  Words long_names;
  std::string description;     ///< one line
  std::optional<Value> value;  ///< none: a flag
  bool is_repeatable = false;
};

struct Command {
  std::string name;
  std::string description;  ///< one line
  std::vector<Option> options;
  Value arguments;  ///< the positional ones
  std::vector<Command> subcommands;
};

// --- from CLI11 to the values above

/// The choices of CLI11's IsMember, which shows them only as text: `{a,b}`, or `{a->1,b->2}`.
Words choices_in(std::string_view type) {
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}', open);
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  Words choices = CLI::detail::split(std::string(type.substr(open + 1, close - open - 1)), ',');
  for (std::string& choice : choices) choice.resize(std::min(choice.find("->"), choice.size()));
  return choices;
}

std::string_view leading_letters(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto end = std::ranges::find_if_not(text, is_letter);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

Offer offer_for(std::string_view kind) {
  constexpr std::array<std::string_view, 3> kFolders{"dir", "folder", "db"};
  constexpr std::array<std::string_view, 2> kFiles{"file", "path"};
  const std::string lower = ascii_lower(leading_letters(kind));
  if (std::ranges::find(kFolders, lower) != kFolders.end()) return Offer::folders;
  if (std::ranges::find(kFiles, lower) != kFiles.end()) return Offer::files;
  return Offer::nothing;
}

Value value_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::string name = type.substr(0, type.find(':'));
  Words choices = choices_in(type);
  const Offer offer = choices.empty() ? offer_for(name) : Offer::choices;
  return {offer, name, std::move(choices)};
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

Option described(const CLI::Option& option) {
  const bool is_flag = option.get_items_expected_max() == 0;
  const bool is_repeatable = option.get_items_expected_max() > 1;
  return {option.get_snames(), option.get_lnames(), first_line(option.get_description()),
          is_flag ? std::nullopt : std::optional(value_of(option)), is_repeatable};
}

/// Of several positional arguments the one a shell can help with.
Value arguments_of(const CLI::App& app) {
  Value arguments;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional() || option->nonpositional()) continue;
    Value value = value_of(*option);
    if (value.offer == Offer::nothing) value.offer = offer_for(option->get_name(true));
    value.name = option->get_name(true);
    if (arguments.offer == Offer::nothing) arguments = std::move(value);
  }
  return arguments;
}

bool has_option(const Command& command, const Words& long_names) {
  return std::ranges::any_of(command.options, [&](const Option& option) {
    return !long_names.empty() && option.long_names == long_names;
  });
}

void add_options(Command& command, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options())
    if (option->nonpositional() && !option->get_group().empty() &&
        !has_option(command, option->get_lnames()))
      command.options.push_back(described(*option));
}

Command described(const CLI::App& app) {
  Command command{app.get_name(), first_line(app.get_description()), {}, arguments_of(app), {}};
  add_options(command, app);
  if (app.get_fallthrough() && app.get_parent() != nullptr) add_options(command, *app.get_parent());
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    if (!sub->get_name().empty() && !sub->get_group().empty())
      command.subcommands.push_back(described(*sub));
  return command;
}

// --- what the scripts share

Words names_of(const Option& option) {
  Words names;
  for (const std::string& name : option.short_names) names.push_back("-" + name);
  for (const std::string& name : option.long_names) names.push_back("--" + name);
  return names;
}

Words names_of(const std::vector<Command>& commands) {
  Words names;
  for (const Command& command : commands) names.push_back(command.name);
  return names;
}

Words names_of(const std::vector<Option>& options) {
  Words names;
  for (const Option& option : options)
    std::ranges::copy(names_of(option), std::back_inserter(names));
  return names;
}

std::string joined(const Words& words, std::string_view separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

/// A name that is fit for a shell function: `_lede_query`.
std::string function_name(const std::string& command) {
  std::string name = "_" + command;
  std::ranges::replace(name, '-', '_');
  return name;
}

/// `text` with a backslash before each of the characters in `special`.
std::string with_escapes(std::string_view text, std::string_view special) {
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// One word for bash and zsh, whatever the text.
std::string single_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.+=").find(c) != std::string_view::npos;
}

/// Words with a backslash before whatever could mean something to a shell.
Words with_escapes(Words words) {
  for (std::string& word : words) {
    std::string escaped;
    for (const char c : word) escaped += is_bare(c) ? std::string(1, c) : std::string{'\\', c};
    word = std::move(escaped);
  }
  return words;
}

/// One word that stands for a list of words, which the shell takes apart once more.
std::string quoted_list(const Words& words) {
  return single_quoted(joined(with_escapes(words), " "));
}

/// The line that says where a script comes from.
std::string origin_of(const Command& command, std::string_view shell) {
  return fmt::format("# {1} completion of {0}, made by: {0} --completion {1}\n", command.name,
                     shell);
}

// --- bash

std::string bash_paths(Offer offer) {
  if (offer == Offer::files) return " paths=-f";
  if (offer == Offer::folders) return " paths=-d";
  return "";
}

std::string bash_words(const Words& words) {
  return words.empty() ? "" : " words=" + quoted_list(words);
}

std::string bash_value_case(const Option& option, const std::string& context) {
  Words patterns = names_of(option);
  for (std::string& pattern : patterns)
    pattern = single_quoted(fmt::format("{} {}", context, pattern));
  return fmt::format("    {}){}{} ;;\n", joined(patterns, " | "), bash_words(option.value->choices),
                     bash_paths(option.value->offer));
}

/// What to offer where an argument of `command` stands.
std::string bash_arguments(const Command& command) {
  return bash_words(names_of(command.subcommands)) + bash_paths(command.arguments.offer);
}

/// The cases for what stands before the cursor; `context` is the subcommand or empty.
std::string bash_cases(const Command& command, const std::string& context) {
  std::string cases;
  for (const Option& option : command.options)
    if (option.value) cases += bash_value_case(option, context);
  return cases + fmt::format(
                     "    {0}*)\n      case $word in\n        -*){1} ;;\n        *){2} ;;\n"
                     "      esac ;;\n",
                     single_quoted(context + " "), bash_words(names_of(command.options)),
                     bash_arguments(command));
}

std::string bash_subcommand_loop(const Command& command) {
  if (command.subcommands.empty()) return {};
  return fmt::format(R"(  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      {}) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
)",
                     joined(names_of(command.subcommands), " | "));
}

std::string bash_script(const Command& command) {
  std::string cases = bash_cases(command, "");
  for (const Command& sub : command.subcommands) cases += bash_cases(sub, sub.name);
  return fmt::format(R"({origin}{function}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
  local command= words= paths= i
  COMPREPLY=()
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=${{COMP_WORDS[COMP_CWORD-2]}}
  fi
{loop}  case "$command $before" in
{cases}  esac
  [[ -z $words$paths ]] && return
  [[ -n $paths ]] && compopt -o filenames 2> /dev/null
  mapfile -t COMPREPLY < <(compgen $paths -W "$words" -- "$word")
}}
complete -F {function} {name}
)",
                     fmt::arg("origin", origin_of(command, "bash")),
                     fmt::arg("function", function_name(command.name)),
                     fmt::arg("loop", bash_subcommand_loop(command)), fmt::arg("cases", cases),
                     fmt::arg("name", command.name));
}

// --- zsh

std::string zsh_action(const Value& value) {
  switch (value.offer) {
    case Offer::choices:
      return "(" + joined(with_escapes(value.choices), " ") + ")";
    case Offer::files:
      return "_files";
    case Offer::folders:
      return "_files -/";
    case Offer::nothing:
      break;
  }
  return " ";
}

std::string zsh_value(const Value& value) {
  return ":" + with_escapes(value.name, R"(\:)") + ":" + zsh_action(value);
}

/// How a value may follow the name: `-n5` and `-n 5`, `--limit=5` and `--limit 5`.
std::string_view zsh_value_mark(const std::string& name) {
  return name.starts_with("--") ? "=" : "+";
}

std::string zsh_spec(const Option& option, const std::string& name) {
  const std::string others = fmt::format("({})", joined(names_of(option), " "));
  return single_quoted(fmt::format("{}{}{}[{}]{}", option.is_repeatable ? "*" : others, name,
                                   option.value ? zsh_value_mark(name) : "",
                                   with_escapes(option.description, R"(\[]:)"),
                                   option.value ? zsh_value(*option.value) : ""));
}

/// The positional arguments as a further line of the call, if there are any.
std::string zsh_arguments_line(const Command& command, const std::string& function) {
  if (!command.subcommands.empty())
    return " \\\n    " + single_quoted("*: :" + function + "_arguments");
  if (command.arguments.name.empty()) return {};
  return " \\\n    " + single_quoted("*" + zsh_value(command.arguments));
}

std::string zsh_arguments_call(const Command& command, const std::string& function) {
  std::string call = "  _arguments -s -S :";
  for (const Option& option : command.options)
    for (const std::string& name : names_of(option)) call += " \\\n    " + zsh_spec(option, name);
  return call + zsh_arguments_line(command, function) + "\n";
}

std::string zsh_subcommand_function(const Command& sub, const std::string& function) {
  return fmt::format("{}_{}() {{\n{}}}\n", function, sub.name, zsh_arguments_call(sub, function));
}

/// Offers the subcommands beside what the tool itself takes.
std::string zsh_subcommand_names(const Command& command, const std::string& function) {
  std::string list;
  for (const Command& sub : command.subcommands)
    list += " " + single_quoted(with_escapes(sub.name + ":" + sub.description, R"(\)"));
  const bool takes_paths = command.arguments.offer != Offer::nothing;
  return fmt::format(
      "{}_arguments() {{\n  local -a commands=({} )\n"
      "  _describe -t commands command commands\n{}}}\n",
      function, list, takes_paths ? "  " + zsh_action(command.arguments) + "\n" : "");
}

std::string zsh_subcommand_loop(const Command& command, const std::string& function) {
  std::string cases;
  for (const Command& sub : command.subcommands)
    cases +=
        fmt::format("      {1}) shift $((i - 1)) words; ((CURRENT -= i - 1)); {0}_{1}; return ;;\n",
                    function, sub.name);
  return fmt::format(
      "  local -i i\n  for ((i = 2; i < CURRENT; ++i)); do\n    case $words[i] in\n"
      "{}    esac\n  done\n",
      cases);
}

std::string zsh_script(const Command& command) {
  const std::string function = function_name(command.name);
  std::string script = fmt::format("#compdef {}\n{}", command.name, origin_of(command, "zsh"));
  for (const Command& sub : command.subcommands) script += zsh_subcommand_function(sub, function);
  const bool has_subcommands = !command.subcommands.empty();
  if (has_subcommands) script += zsh_subcommand_names(command, function);
  return script + fmt::format(
                      "{0}() {{\n{1}{2}}}\n"
                      "if [[ $funcstack[1] == _{3} ]]; then {0} \"$@\"; else compdef {0} {3}; fi\n",
                      function, has_subcommands ? zsh_subcommand_loop(command, function) : "",
                      zsh_arguments_call(command, function), command.name);
}

// --- fish

std::string fish_quoted(std::string_view text) {
  return "'" + with_escapes(text, R"(\')") + "'";
}

std::string fish_offer(const Value& value) {
  switch (value.offer) {
    case Offer::choices:
      return " -x -a " + fish_quoted(joined(with_escapes(value.choices), " "));
    case Offer::files:
      return " -r -F";
    case Offer::folders:
      return " -x -a '(__fish_complete_directories (commandline -ct))'";
    case Offer::nothing:
      break;
  }
  return " -x";
}

std::string fish_option(const Option& option) {
  std::string words;
  for (const std::string& name : option.short_names) words += " -s " + name;
  for (const std::string& name : option.long_names) words += " -l " + name;
  if (option.value) words += fish_offer(*option.value);
  return words + " -d " + fish_quoted(option.description);
}

/// The lines that hold for one command, each beginning with `begin`.
std::string fish_lines(const Command& command, const std::string& begin) {
  std::string lines;
  if (command.arguments.offer == Offer::nothing) lines += begin + " -f\n";
  for (const Option& option : command.options) lines += begin + fish_option(option) + "\n";
  for (const Command& sub : command.subcommands)
    lines += fmt::format("{} -a {} -d {}\n", begin, sub.name, fish_quoted(sub.description));
  return lines;
}

std::string fish_script(const Command& command) {
  const std::string begin = "complete -c " + command.name;
  std::string script = origin_of(command, "fish");
  if (command.subcommands.empty()) return script + fish_lines(command, begin);
  const std::string names = joined(names_of(command.subcommands), " ");
  script +=
      fish_lines(command, fmt::format("{} -n 'not __fish_seen_subcommand_from {}'", begin, names));
  for (const Command& sub : command.subcommands)
    script +=
        fish_lines(sub, fmt::format("{} -n '__fish_seen_subcommand_from {}'", begin, sub.name));
  return script;
}

}  // namespace

std::string completion_script(const CLI::App& app, std::string_view shell) {
  if (shell == "bash") return bash_script(described(app));
  if (shell == "zsh") return zsh_script(described(app));
  if (shell == "fish") return fish_script(described(app));
  throw Error(fmt::format("there is no completion for the shell '{}'", shell),
              "there is one for bash, zsh and fish");
}

}  // namespace lede
