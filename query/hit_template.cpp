#include "query/hit_template.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t kNoPrecision = std::string::npos;
constexpr std::size_t kMostColumns = 10'000;  // of a value; more is a slip of the finger
constexpr std::size_t kMostDecimals = 20;

bool is_align(std::string_view text, std::size_t at) {
  return at < text.size() && std::string_view("<>^").find(text[at]) != std::string_view::npos;
}

/// A number that is whole has no decimal places of its own.
std::string with_decimals(const std::string& number, std::size_t places) {
  double value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc{}) return number;
  return fmt::format("{:.{}f}", value, places);
}

/// Cut to fewer columns a date is a less precise one; anything else ends in an ellipsis.
std::string cut_to(const HitValue& value, const std::string& text, std::size_t columns) {
  return value.name == "date" ? text.substr(0, columns) : cut_to_columns(text, columns);
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string whole;
  for (; count > 0; --count) whole += text;
  return whole;
}

}  // namespace

/// Reads a template from its beginning to its end.
class TemplateReader {
 public:
  explicit TemplateReader(std::string_view text) : text_(text) {}

  std::vector<HitTemplate::Part> read() {
    while (at_ < text_.size()) read_next();
    end_text();
    return std::move(parts_);
  }

 private:
  void read_next() {
    const char c = text_[at_];
    const bool is_double = at_ + 1 < text_.size() && text_[at_ + 1] == c;
    if (c == '\\') return read_escape();
    if (c == '}' && !is_double) fail(at_, "a } without its {; write }} for the character");
    if (c == '{' && !is_double) return read_value();
    if (c == '{' || c == '}') ++at_;
    literal_ += c;
    ++at_;
  }

  void read_escape() {
    constexpr std::string_view kNames = "tn0\\";
    constexpr std::string_view kMeanings("\t\n\0\\", 4);
    const std::size_t which =
        at_ + 1 < text_.size() ? kNames.find(text_[at_ + 1]) : std::string_view::npos;
    if (which == std::string_view::npos) fail(at_, R"(a \ without one of t, n, 0 or \ behind it)");
    literal_ += kMeanings[which];
    at_ += 2;
  }

  void read_value() {
    end_text();
    const std::size_t open = at_;
    const std::size_t close = text_.find('}', open);
    if (close == std::string_view::npos)
      fail(open, "a { without its }; write {{ for the character");
    const std::string_view inside = text_.substr(open + 1, close - open - 1);
    const std::size_t colon = inside.find(':');
    const std::string_view name = inside.substr(0, colon);
    HitTemplate::Part part;
    part.value = find_hit_value(name);
    if (part.value == nullptr || part.value->text == nullptr) fail_at_name(open + 1, name);
    if (colon != std::string_view::npos)
      read_layout(part, inside.substr(colon + 1), open + colon + 2);
    parts_.push_back(std::move(part));
    at_ = close + 1;
  }

  /// `begin` is where the layout stands in the template.
  void read_layout(HitTemplate::Part& part, std::string_view layout, std::size_t begin) const {
    std::size_t at = 0;
    const std::size_t first = layout.empty() ? 0 : decode_code_point(layout).length_bytes;
    if (is_align(layout, first)) {
      part.filling = printable_line(layout.substr(0, first));
      if (columns_of_text(part.filling) != 1) fail(begin, "a filling that is not one column wide");
      at = first;
    }
    if (is_align(layout, at)) part.align = layout[at++];
    const bool is_zero_filled = at == 0 && layout.starts_with('0') && part.value->is_number;
    if (is_zero_filled) part.filling = "0";
    part.width = read_number(layout, at, 0, begin);
    if (at < layout.size() && layout[at] == '.') {
      part.precision = read_number(layout, ++at, kNoPrecision, begin);
      if (part.precision == kNoPrecision) fail(begin + at, "a precision without a number");
      if (!part.value->is_number && part.precision == 0) fail(begin + at, "a precision of 0");
      if (part.value->is_number && part.precision > kMostDecimals)
        fail(begin + at, fmt::format("more than {} decimal places", kMostDecimals));
    }
    if (part.value->is_number && layout.substr(at) == "f") ++at;
    if (at != layout.size())
      fail(begin + at,
           "a layout that is not [[FILL]ALIGN][WIDTH][.PRECISION], as in {title:<40.40}");
  }

  /// The number at `at`, which moves behind it; `otherwise` where there is none.
  std::size_t read_number(std::string_view layout, std::size_t& at, std::size_t otherwise,
                          std::size_t begin) const {
    std::size_t number = 0;
    const char* const from = layout.data() + at;
    const auto read = std::from_chars(from, layout.data() + layout.size(), number);
    if (read.ptr == from) return otherwise;
    if (read.ec != std::errc{} || number > kMostColumns)
      fail(begin + at, fmt::format("more than {} columns", kMostColumns));
    at += static_cast<std::size_t>(read.ptr - from);
    return number;
  }

  void end_text() {
    if (literal_.empty()) return;
    parts_.emplace_back();
    parts_.back().text = std::exchange(literal_, {});
  }

  [[noreturn]] void fail_at_name(std::size_t at, std::string_view name) const {
    fail(at, fmt::format("'{}', which is none of {}", printable_line(name),
                         fmt::join(names_of_hit_values(NamedIn::text), ", ")));
  }

  [[noreturn]] void fail(std::size_t at, std::string_view what) const {
    throw Error(fmt::format("column {} has {}", count_code_points(text_.substr(0, at)) + 1, what));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string literal_;
  std::vector<HitTemplate::Part> parts_;
};

HitTemplate::HitTemplate(std::string_view text) : parts_(TemplateReader(text).read()) {}

std::string HitTemplate::fill(const HitInAnswer& hit, bool is_raw) const {
  std::string record;
  for (const Part& part : parts_) record += part.value ? filled(part, hit, is_raw) : part.text;
  return record;
}

std::string HitTemplate::filled(const Part& part, const HitInAnswer& hit, bool is_raw) {
  const bool is_number = part.value->is_number;
  const bool has_precision = part.precision != kNoPrecision;
  std::string value = part.value->text(hit);
  if (!is_raw) value = printable_line(value);
  if (has_precision && is_number) value = with_decimals(value, part.precision);
  if (has_precision && !is_number) value = cut_to(*part.value, value, part.precision);
  const std::size_t columns = columns_of_text(value);
  if (columns >= part.width) return value;
  const std::size_t room = part.width - columns;
  const char align = part.align != 0 ? part.align : is_number ? '>' : '<';
  const std::size_t before = align == '<' ? 0 : align == '>' ? room : room / 2;
  return repeated(part.filling, before) + value + repeated(part.filling, room - before);
}

}  // namespace lede
