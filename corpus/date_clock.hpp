#pragma once

#include <optional>

#include "corpus/date_names.hpp"
#include "corpus/date_scanner.hpp"

namespace lede {

/// The time of day that a date says.
struct Clock {
  int hour = 0;  ///< 24 is the day's end
  int minute = 0;
  int second = 0;  ///< 60 is a leap second
  std::optional<NamedZone> zone;
};

/// Takes `14:05`, `9:05:00.7`, `14.05 Uhr`, `14h05`, `2 p.m.`, `1405`, `14時05分`, with the zone
/// behind it and what stands around it: `at`, `um`, `kl.`. nullopt, the scanner anywhere, when
/// there is none, or one that no clock shows. A zone without a known offset is passed over.
std::optional<Clock> take_clock(DateScanner& scanner);

/// Is the rest of the text nothing but a zone's number or a `Z`, as behind an XML day?
bool is_zone(DateScanner scanner);

/// Skips remarks in brackets, as in `+0200 (CEST)`, and the spaces around them.
void skip_remarks(DateScanner& scanner);

}  // namespace lede
