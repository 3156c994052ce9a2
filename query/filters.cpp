#include "query/filters.hpp"

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "corpus/unicode.hpp"
#include "query/question.hpp"

namespace lede {
namespace {

std::string one_side(std::string_view option, std::string_view date) {
  const std::string_view side = trimmed(date);
  const bool is_one = !side.empty() && side.find("..") == side.npos && !has_quote(side);
  if (is_one) return std::string(side);
  throw Error(fmt::format("{}: '{}' is not a date", option, printable_line(date)),
              "give a year, a month or a day: 2025, 2025-08, 2025-08-29");
}

const Field& named_field(std::string_view name) {
  const Field* const field = find_field(name);
  if (field != nullptr && can_be_named(*field)) return *field;
  throw Error(fmt::format("there is no field '{}'; the fields are {}", printable_line(name),
                          field_names()));
}

}  // namespace

Filter since_filter(std::string_view date) {
  return {"--since", fmt::format("date:\"{}..\"", one_side("--since", date))};
}

Filter until_filter(std::string_view date) {
  return {"--until", fmt::format("date:\"..{}\"", one_side("--until", date))};
}

Filter where_filter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos)
    throw Error(fmt::format("'{}' is not FIELD=VALUE, as in source=Reuters", printable_line(text)));
  const Field& field = named_field(trimmed(text.substr(0, equals)));
  const std::string_view value = trimmed(text.substr(equals + 1));
  if (value.empty())
    throw Error(fmt::format("'{}' has no value behind the =", printable_line(text)));
  if (has_quote(value))
    throw Error(fmt::format("'{}' has a quote in its value, which no question can hold",
                            printable_line(text)));
  return {"--where", fmt::format("{}:\"{}\"", field.name, value)};
}

}  // namespace lede
