#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "console/json_writer.hpp"
#include "query/answer.hpp"
#include "query/marked_line.hpp"

namespace lede {

/// A hit where it is printed.
struct HitInAnswer {
  const Answer& answer;
  const Hit& hit;
  const Markers& markers;  ///< around what was asked for, in a snippet
};

/// A value of a hit that people can name: a column of a table, a key in JSON, a field of a
/// template.
///
/// kHitValues is the only place that knows these names.
struct HitValue {
  std::string_view name;
  bool is_number;
  /// As text: several values are joined by `; `, and what is unknown is empty. As it is in the
  /// article, but a snippet is a printable line. nullptr: it is one in JSON only.
  std::string (*text)(const HitInAnswer&);
  /// As JSON; nullptr: it is none there.
  void (*json)(JsonWriter&, const Hit&);
};

/// All of them, in the order in which they are printed.
std::span<const HitValue> hit_values();

/// nullptr: there is none of that name.
const HitValue* find_hit_value(std::string_view name);

/// Where a name may stand.
enum class NamedIn : std::uint8_t { text, json };

/// The names that hits have there.
std::vector<std::string_view> names_of_hit_values(NamedIn place);

/// The values of these names; all that the place has, without names, but then query_id only in a
/// batch's answers. Throws Error (usage) that lists the names for one that the place has not, and
/// for one that comes twice.
std::vector<const HitValue*> chosen_hit_values(std::span<const std::string> names, NamedIn place,
                                               bool is_in_batch);

}  // namespace lede
