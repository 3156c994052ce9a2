#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lede {

/// Of the names that one with a typing error or two may have been meant for, the nearest one; the
/// first of several. Empty where all differ in more than a third of what was written. An error is a
/// byte too many, too few or another one, or two neighbours changed; case does not count.
std::string_view nearest_name(std::string_view written, std::span<const std::string_view> names);

/// What to say of it in a hint: `did you mean title? ` before `hint`, or `hint` alone.
std::string with_nearest_name(std::string_view written, std::span<const std::string_view> names,
                              std::string_view hint);

}  // namespace lede
