#include "console/nearest_name.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// Damerau's distance, in which no part is changed twice (optimal string alignment).
std::size_t errors_between(std::string_view one, std::string_view other) {
  using Row = std::vector<std::size_t>;
  std::array<Row, 3> rows;  // of the last two bytes of `one`, and of this one
  rows.fill(Row(other.size() + 1));
  for (std::size_t j = 0; j <= other.size(); ++j) rows[2][j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::rotate(rows.begin(), rows.begin() + 1, rows.end());
    rows[2][0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t changed = rows[1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
      rows[2][j] = std::min({rows[1][j] + 1, rows[2][j - 1] + 1, changed});
      const bool is_swap =
          i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (is_swap) rows[2][j] = std::min(rows[2][j], rows[0][j - 2] + 1);
    }
  }
  return rows[2][other.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view written, std::span<const std::string_view> names) {
  constexpr std::size_t kLongest = 64;  // of what can be a slip
  if (written.size() > kLongest) return {};
  const std::string asked = ascii_lower(written);
  std::string_view nearest;
  std::size_t fewest = std::min<std::size_t>(2, asked.size() / 3) + 1;
  for (const std::string_view name : names) {
    const std::size_t errors = errors_between(asked, ascii_lower(name));
    if (errors >= fewest) continue;
    fewest = errors;
    nearest = name;
  }
  return nearest;
}

std::string with_nearest_name(std::string_view written, std::span<const std::string_view> names,
                              std::string_view hint) {
  const std::string_view nearest = nearest_name(written, names);
  return nearest.empty() ? std::string(hint) : fmt::format("did you mean {}? {}", nearest, hint);
}

}  // namespace lede
