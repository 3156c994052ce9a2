#pragma once

#include <exception>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "corpus/error.hpp"

namespace lede {

/// Parses the command line into what `app` describes, then runs `command`. Every way a tool ends
/// passes here: `tool: message` and `hint: what to do` on standard error, the documented status,
/// standard output flushed and checked. --help and --version print and succeed. A message is put
/// on one line; a hint may have several. Of an option that takes one value and comes several times
/// the last one holds, so that an alias can be overruled. `app` must have its name; `other_names`
/// are those of options that it has not been told of, for who mistypes one.
int run_tool(CLI::App& app, int argc, char** argv, const std::function<ExitStatus()>& command,
             std::span<const std::string_view> other_names = {});

/// Adds what both tools have: -h/--help, -V/--version, --completion SHELL. To be called before
/// subcommands are added, which take their help from `app`.
void define_common_options(CLI::App& app);

/// Reports a problem that does not end the command: `tool: message` on standard error.
void warn(std::string_view tool, std::string_view message);

/// What stands on standard error of an Error that ends a tool: `tool: message`, `hint: what to do`.
std::string error_lines(std::string_view tool, const Error& error);

/// Reports a failure as run_tool() does and ends the process with its status, nothing unwound: for
/// a process in which a thread cannot be stopped.
[[noreturn]] void end_at_once(std::string_view tool, const std::exception_ptr& failure);

/// A check for options that count something: a whole number from `low` to `high` in decimal digits,
/// without a sign or leading zeros (which CLI11 would take for octal).
CLI::Validator whole_number(unsigned long long low, unsigned long long high);

}  // namespace lede
