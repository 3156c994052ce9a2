#include "corpus/readers/records/json_mend.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;

class Mender {
 public:
  explicit Mender(std::string_view text) : rest_(text) { mended_.reserve(text.size() + 64); }

  std::string mend() {
    while (!rest_.empty()) {
      if (is_in_string_) {
        mend_in_string();
      } else {
        mend_outside();
      }
    }
    return std::move(mended_);
  }

 private:
  void keep(std::size_t bytes) {
    mended_ += rest_.substr(0, bytes);
    rest_.remove_prefix(std::min(bytes, rest_.size()));
  }

  void replace(std::size_t bytes, std::string_view by) {
    mended_ += by;
    rest_.remove_prefix(bytes);
  }

  bool replace_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    replace(word.size(), "null");
    return true;
  }

  void mend_outside() {
    const char c = rest_.front();
    if (c == '"') is_in_string_ = true;
    if (is_digit(c) || c == '-') return mend_number();
    if (c == ',' && closes_next()) return replace(1, {});
    if (replace_word("NaN") || replace_word("Infinity")) return;
    keep(1);
  }

  /// Does the comma here stand before the end of its list or object?
  bool closes_next() const {
    const auto next = rest_.find_first_not_of(" \t\r\n", 1);
    return next != npos && (rest_[next] == ']' || rest_[next] == '}');
  }

  void mend_number() {
    constexpr std::size_t kMostDigits = 18;  // always fit in 64 bits
    if (replace_word("-Infinity") || replace_word("-NaN")) return;
    const std::size_t sign = rest_.front() == '-' ? 1 : 0;
    const std::size_t length =
        std::min(rest_.find_first_not_of("0123456789.eE+-", sign), rest_.size());
    const std::string_view digits = rest_.substr(sign, length - sign);
    const bool is_whole = digits.find_first_not_of("0123456789") == npos;
    if (!is_whole || digits.size() <= kMostDigits) return keep(length);
    mended_ += '"';
    keep(length);
    mended_ += '"';
  }

  void mend_in_string() {
    switch (rest_.front()) {
      case '"':
        is_in_string_ = false;
        keep(1);
        break;
      case '\\':
        mend_escape();
        break;
      case '\n':
        replace(1, "\\n");
        break;
      case '\t':
        replace(1, "\\t");
        break;
      default:
        keep(std::max<std::size_t>(length_of_plain(), 1));
    }
  }

  std::size_t length_of_plain() const {
    return std::min(rest_.find_first_of("\"\\\n\t"), rest_.size());
  }

  void mend_escape() {
    if (rest_.starts_with("\\u")) return mend_code_unit();
    const bool is_known = rest_.size() > 1 && std::string_view("\"\\/bfnrt").find(rest_[1]) != npos;
    if (is_known) return keep(2);
    replace(1, "\\\\");
  }

  void mend_code_unit() {
    const auto unit = code_unit(rest_);
    if (!unit) return replace(1, "\\\\");
    const bool is_surrogate = *unit >= 0xD800 && *unit <= 0xDFFF;
    if (!is_surrogate) return keep(6);
    const auto second = *unit < 0xDC00 ? code_unit(rest_.substr(6)) : std::nullopt;
    if (second && *second >= 0xDC00 && *second <= 0xDFFF) return keep(12);
    replace(6, "\\ufffd");
  }

  /// The value of the `\u1234` that begins `text`.
  static std::optional<unsigned> code_unit(std::string_view text) {
    if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
    unsigned value = 0;
    for (const char c : ascii_lower(text.substr(2, 4))) {
      const bool is_hex_letter = c >= 'a' && c <= 'f';
      if (!is_digit(c) && !is_hex_letter) return std::nullopt;
      value = value * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
  }

  std::string_view rest_;
  std::string mended_;
  bool is_in_string_ = false;
};

}  // namespace

std::string mend_json(std::string_view text) {
  return Mender(text).mend();
}

}  // namespace lede
