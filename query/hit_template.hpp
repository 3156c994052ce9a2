#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "query/hit_values.hpp"

namespace lede {

/// The layout of a line for a hit (`--template`): text with values of the hit in braces, `{title}`,
/// by the names of hit_values(). `\t`, `\n`, `\0` and `\\` are tab, newline, NUL and backslash;
/// `{{` and `}}` are braces.
///
/// A colon behind the name begins the layout of the value, [[FILL]ALIGN][WIDTH][.PRECISION]: ALIGN
/// is <, > or ^; WIDTH and PRECISION are the least and the most columns of a terminal, and a value
/// that is cut ends in an ellipsis, but for a date, which {date:.10} cuts to its day. Of a number,
/// PRECISION counts decimal places. Numbers stand right, others left.
class HitTemplate {
 public:
  /// Throws Error (usage) that names the column for what cannot be read.
  explicit HitTemplate(std::string_view text);

  /// One hit's record, without an end. `is_raw`: values as they are; else what a terminal would
  /// obey is visible in them, and newlines and tabs are spaces.
  std::string fill(const HitInAnswer& hit, bool is_raw) const;

 private:
  friend class TemplateReader;

  /// Text, or a value where `value` is one.
  struct Part {
    std::string text;
    const HitValue* value = nullptr;
    std::string filling = " ";
    char align = 0;  // 0: by what it is
    std::size_t width = 0;
    std::size_t precision = std::string::npos;
  };
  static std::string filled(const Part& part, const HitInAnswer& hit, bool is_raw);

  std::vector<Part> parts_;
};

}  // namespace lede
