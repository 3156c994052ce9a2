#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace lede {

/// Writes one JSON document into a string, without spaces: the caller says what comes, commas and
/// escapes come by themselves. Strings are always valid UTF-8 in the outcome: a byte that is none
/// becomes U+FFFD; controls, U+2028/9, bidirectional controls and DEL/C1 are escaped.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth);
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number);
  template <std::integral Number>
  JsonWriter& value(Number number) {  // int and the like, which would fit several of these
    if constexpr (std::signed_integral<Number>)
      return value(static_cast<std::int64_t>(number));
    else
      return value(static_cast<std::uint64_t>(number));
  }
  JsonWriter& value(double number);  ///< shortest form that reads back equal; not finite: null
  JsonWriter& value(std::span<const std::string> texts);  ///< an array
  JsonWriter& null();

  /// The document so far; complete when every begin has its end.
  const std::string& text() const { return text_; }

  /// Hands the document over; the writer is then as new.
  std::string take() {
    needs_comma_ = false;
    return std::exchange(text_, {});
  }

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  void separate();

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace lede
