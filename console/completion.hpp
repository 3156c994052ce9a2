#pragma once

#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace lede {

/// The completion script of a tool for `bash`, `zsh` or `fish`, made from the options the tool
/// itself reads: names, descriptions, choices, subcommands, and whether a value is a file.
/// Throws Error for another shell.
std::string completion_script(const CLI::App& app, std::string_view shell);

}  // namespace lede
