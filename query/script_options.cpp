#include "query/script_options.hpp"

#include <charconv>
#include <string>

#include <fmt/format.h>

#include "console/run_tool.hpp"
#include "query/seen_articles.hpp"

namespace lede {
namespace {

constexpr unsigned long long kMostJobs = 256;
constexpr double kMostSeconds = 1'000'000;

/// A check for seconds: digits, and perhaps a point and more digits.
CLI::Validator seconds() {
  const auto check = [](const std::string& input) -> std::string {
    const bool is_plain = input.find_first_not_of("0123456789.") == input.npos;
    double number = -1;
    const char* const end = input.data() + input.size();
    const auto read = std::from_chars(input.data(), end, number);
    if (is_plain && read.ec == std::errc{} && read.ptr == end && number <= kMostSeconds) return {};
    return fmt::format("'{}' is not a number of seconds from 0 to {}", input, kMostSeconds);
  };
  return CLI::Validator(check, {});
}

CLI::Validator safe_name() {
  const auto check = [](const std::string& input) -> std::string {
    if (is_seen_name(input)) return {};
    return fmt::format("'{}' is not a name of letters, digits, '_', '-' and '.', 64 at most",
                       input);
  };
  return CLI::Validator(check, {});
}

}  // namespace

void define_script_options(NamedOptions& line, ScriptOptions& options, NamedOption show) {
  line.add_option("-j,--jobs", options.jobs,
                  "Answer this many questions of a batch at a time [one a processor]")
      ->type_name("COUNT")
      ->check(whole_number(1, kMostJobs));
  line.add_option("--timeout", options.timeout_seconds,
                  "Give a question up after so long; 0 is never [10]")
      ->type_name("SECONDS")
      ->check(seconds());
  line.add_option("--new-since", options.new_since,
                  "Leave out what the index held when this name was used last")
      ->type_name("NAME")
      ->check(safe_name())
      ->excludes(show);
  line.add_flag("--peek", options.is_peek, "Do not count this as a use of the name");
}

}  // namespace lede
