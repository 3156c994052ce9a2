#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lede {

/// A word of a date as the functions below want it: in lower case and without accents.
std::string folded_date_word(std::string_view word);

/// The month, 1 to 12, that a folded word names in one of the European languages listed in
/// date_names.cpp: its name, or at least three letters of its beginning that no other month of that
/// language shares. nullopt for any other word.
std::optional<int> month_named(std::string_view folded);

/// Does a folded word name a day of the week, whole or by two or more letters of its beginning?
bool is_weekday(std::string_view folded);

/// A time zone by its name.
struct NamedZone {
  int offset_minutes;    ///< east of UTC, in winter if it changes
  bool changes = false;  ///< `ET`, `PT`: an hour more while the United States have summer time
};

/// The zone that a folded name means: `z`, `gmt`, `est`, `cest`, `et`. Of the names that several
/// zones share, RFC 822's meaning holds; `ist` is India's, `bst` Britain's summer.
std::optional<NamedZone> zone_named(std::string_view folded);

/// Do the United States have summer time on this day?
bool is_american_summer(std::chrono::sys_days day);

}  // namespace lede
