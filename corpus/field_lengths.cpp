#include "corpus/field_lengths.hpp"

#include <cstddef>

namespace lede {
namespace {

constexpr unsigned kBits = 7;
constexpr unsigned kMore = 1U << kBits;

/// Takes a length off the front.
std::uint32_t take_length(std::string_view& text) {
  std::uint32_t length = 0;
  for (unsigned shift = 0; !text.empty(); shift += kBits) {
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    if (shift < 32) length |= (byte & (kMore - 1U)) << shift;
    if (byte < kMore) break;
  }
  return length;
}

}  // namespace

std::string encode_lengths(const FieldLengths& lengths) {
  std::string text;
  std::size_t end = 0;
  for (const Field& field : kFields) {
    if (!field.is_bare) continue;
    std::uint32_t length = lengths[static_cast<std::size_t>(field.field)];
    const bool is_zero = length == 0;
    for (; length >= kMore; length >>= kBits) text += static_cast<char>(length | kMore);
    text += static_cast<char>(length);
    if (!is_zero) end = text.size();
  }
  text.resize(end);
  return text;
}

FieldLengths decode_lengths(std::string_view text) {
  FieldLengths lengths{};
  for (const Field& field : kFields)
    if (field.is_bare) lengths[static_cast<std::size_t>(field.field)] = take_length(text);
  return lengths;
}

}  // namespace lede
