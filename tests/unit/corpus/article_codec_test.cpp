#include "corpus/article_codec.hpp"

#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "corpus/stored_article.hpp"

namespace lede {
namespace {

std::string prose(unsigned seed, std::size_t words) {
  constexpr const char* kWords[] = {"harbour", "pilots", "strike", "over", "night", "shifts", "the",
                                    "of",      "prices", "crude",  "oil",  "said",  "Friday"};
  std::mt19937 random(seed);
  std::string text;
  for (; words > 0; --words) {
    text += kWords[random() % std::size(kWords)];
    text += random() % 10 == 0 ? ".\n" : " ";
  }
  return text;
}

std::vector<std::string> sample() {
  std::vector<std::string> articles;
  for (unsigned seed = 0; seed < 300; ++seed) articles.push_back(prose(seed, 120));
  return articles;
}

/// What is unpacked, or nothing where it is said to be damaged.
std::optional<std::string> unpacked(ArticleCodec& codec, const std::string& data) {
  try {
    return std::string(codec.unpack(data));
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::damaged);
    return std::nullopt;
  }
}

TEST(ArticleCodec, GivesBackWhatItPacked) {
  for (const std::string& dictionary : {std::string(), learn_dictionary(sample())}) {
    ArticleCodec codec(dictionary);
    for (const std::size_t words : {0U, 1U, 120U, 700U, 5'000U}) {
      const std::string text = prose(9, words);
      const std::string data(codec.pack(text));
      EXPECT_EQ(unpacked(codec, data), text) << words;
      EXPECT_EQ(std::string(codec.pack(text)), data);  // each time alike
    }
  }
}

TEST(ArticleCodec, LearnsFromMoreThanAFewArticles) {
  EXPECT_EQ(learn_dictionary({}), "");
  EXPECT_EQ(learn_dictionary(std::vector<std::string>(3, prose(1, 500))), "");
  const std::string dictionary = learn_dictionary(sample());
  EXPECT_FALSE(dictionary.empty());
  ArticleCodec with(dictionary);
  ArticleCodec without({});
  const std::string text = prose(1'000, 120);
  EXPECT_LT(with.pack(text).size(), without.pack(text).size());
}

TEST(ArticleCodec, SaysThatDataOfAnythingElseIsDamaged) {
  ArticleCodec codec(learn_dictionary(sample()));
  const std::string data(codec.pack(prose(5, 200)));
  for (std::size_t size = 0; size < data.size(); ++size)
    EXPECT_EQ(unpacked(codec, data.substr(0, size)), std::nullopt) << size;
  EXPECT_EQ(unpacked(codec, "not an article"), std::nullopt);
  EXPECT_EQ(
      unpacked(codec, std::string("\x28\xB5\x2F\xFD\xE0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 13)),
      std::nullopt);  // it says that it is larger than any memory
  for (std::size_t at = 0; at < data.size(); ++at) {
    std::string damaged = data;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    unpacked(codec, damaged);  // something or nothing, and no more than its size says
  }
}

TEST(ArticleCodec, CanBeMoved) {
  ArticleCodec first(learn_dictionary(sample()));
  const std::string text = prose(6, 100);
  const std::string data(first.pack(text));
  first.unpack(data);
  ArticleCodec second({});
  second = std::move(first);
  EXPECT_EQ(unpacked(second, data), text);
}

}  // namespace
}  // namespace lede
