#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/fields.hpp"

namespace lede {

/// The words of each field that count, which stop words do not. 0 in fields that bare words do not
/// search.
using FieldLengths = std::array<std::uint32_t, kFieldCount>;

/// The fields that bare words search, in the order of kFields, each length in groups of 7 bits,
/// least significant first; zeros at the end are left off.
std::string encode_lengths(const FieldLengths& lengths);

/// What is missing, or cannot be read, is 0.
FieldLengths decode_lengths(std::string_view text);

}  // namespace lede
