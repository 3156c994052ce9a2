#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "corpus/readers/reader.hpp"

namespace lede {

/// The filter for files of that name: the last that is given for its ending; nullptr for none.
const Filter* find_filter(std::span<const Filter> filters, std::string_view path);

/// The name that a filter's output has, as far as names tell formats: `a.md` of `a.md.gpg`.
std::string_view name_of_output(const Filter& filter, std::string_view path);

/// A filter's command as the shell is to run it: each `{}` is `"$1"`. nullopt when one stands
/// inside quotes, where the shell would take the file's name apart.
std::optional<std::string> shell_command(std::string_view command);

/// What a filter's command prints for an input of which nothing has been consumed. The command
/// finds the file's name in `"$1"` (for what lies in an archive or comes through a pipe, the name
/// of a descriptor) and its bytes on its standard input. No file's name is ever read by the shell.
std::variant<std::string, Skipped> run_filter(const Filter& filter, Input& input,
                                              const ReadContext& context);

}  // namespace lede
