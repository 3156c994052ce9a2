#include "corpus/readers/programs/filter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "corpus/readers/programs/child_process.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::string_view kPlace = "{}";
constexpr std::string_view kArgument = "\"$1\"";

bool is_named(const Filter& filter, std::string_view path) {
  return path.size() > filter.extension.size() &&
         ascii_lower(path.substr(path.size() - filter.extension.size())) == filter.extension;
}

/// What quote a place in a shell command stands in, told by the characters before it.
class Quotes {
 public:
  bool is_inside() const { return open_ != 0; }

  void pass(char c) {
    if (is_escaped_) {
      is_escaped_ = false;
    } else if (c == '\\' && open_ != '\'') {
      is_escaped_ = true;
    } else if (c == open_) {
      open_ = 0;
    } else if (open_ == 0 && (c == '\'' || c == '"')) {
      open_ = c;
    }
  }

 private:
  char open_ = 0;
  bool is_escaped_ = false;
};

ChildLimits limits_of(const ReadLimits& limits) {
  ChildLimits child;
  child.seconds = limits.filter_seconds;
  child.memory_bytes = limits.filter_memory_bytes;
  child.output_bytes = limits.record_bytes;
  child.file_bytes = limits.record_bytes;
  return child;
}

}  // namespace

const Filter* find_filter(std::span<const Filter> filters, std::string_view path) {
  const auto found = std::find_if(filters.rbegin(), filters.rend(),
                                  [&](const Filter& filter) { return is_named(filter, path); });
  return found == filters.rend() ? nullptr : &*found;
}

std::string_view name_of_output(const Filter& filter, std::string_view path) {
  return path.substr(0, path.size() - filter.extension.size());
}

std::optional<std::string> shell_command(std::string_view command) {
  std::string shell;
  Quotes quotes;
  while (!command.empty()) {
    const bool is_place = command.starts_with(kPlace);
    if (is_place && quotes.is_inside()) return std::nullopt;
    const std::string_view piece = command.substr(0, is_place ? kPlace.size() : 1);
    shell += is_place ? kArgument : piece;
    for (const char c : piece) quotes.pass(c);
    command.remove_prefix(piece.size());
  }
  return shell;
}

std::variant<std::string, Skipped> run_filter(const Filter& filter, Input& input,
                                              const ReadContext& context) {
  const auto skip = [&](std::string reason) {
    return Skipped{context.path, {}, std::move(reason)};
  };
  const std::size_t limit_bytes = context.options.limits.record_bytes;
  const auto shell = shell_command(filter.command);
  if (!shell) return skip("the filter has a {} inside quotes");
  const bool is_file = input.descriptor() >= 0;
  const auto bytes = descriptor_of(input, limit_bytes);
  if (!bytes) return skip(fmt::format("it is longer than {} bytes", limit_bytes));
  ChildCommand command;
  command.program = "/bin/sh";
  command.arguments = {"-c", *shell, "filter", is_file ? context.path : "/dev/fd/3"};
  command.input = bytes->number();
  command.limits = limits_of(context.options.limits);
  command.is_stopped = context.options.is_stopped;
  ChildResult result = run_child(command);
  const std::string name = fmt::format("the filter for {}", filter.extension);
  if (!result.is_success()) return skip(describe_failure(name, result, command.limits));
  if (trimmed(result.output).empty()) return skip(name + " wrote nothing");
  return std::move(result.output);
}

}  // namespace lede
