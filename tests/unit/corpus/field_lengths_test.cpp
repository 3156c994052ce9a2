#include "corpus/field_lengths.hpp"

#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace lede {
namespace {

FieldLengths lengths_of(std::uint32_t title, std::uint32_t body) {
  FieldLengths lengths{};
  lengths[static_cast<std::size_t>(FieldId::title)] = title;
  lengths[static_cast<std::size_t>(FieldId::body)] = body;
  return lengths;
}

TEST(FieldLengths, AreReadAsTheyWereWritten) {
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  for (const std::uint32_t title : {0U, 1U, 127U, 128U, 16'384U, kMost})
    for (const std::uint32_t body : {0U, 1U, 200U, kMost})
      EXPECT_EQ(decode_lengths(encode_lengths(lengths_of(title, body))), lengths_of(title, body));
}

TEST(FieldLengths, TakeNoRoomBehindTheLastField) {
  EXPECT_EQ(encode_lengths({}), "");
  EXPECT_EQ(encode_lengths(lengths_of(5, 0)), "\x05");
}

TEST(FieldLengths, MayBeAnyBytes) {
  std::mt19937 random(1);
  for (int i = 0; i < 10'000; ++i) {
    std::string text(random() % 40, '\0');
    for (char& byte : text) byte = static_cast<char>(random());
    const FieldLengths lengths = decode_lengths(text);
    EXPECT_EQ(lengths[static_cast<std::size_t>(FieldId::date)], 0U);
    EXPECT_EQ(decode_lengths(encode_lengths(lengths)), lengths);
  }
  EXPECT_EQ(decode_lengths("\x85"), lengths_of(5, 0));
}

}  // namespace
}  // namespace lede
