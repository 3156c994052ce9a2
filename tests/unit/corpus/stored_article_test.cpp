#include "corpus/stored_article.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

std::string random_text(std::mt19937& random) {
  std::string text(random() % 300, '\0');
  for (char& c : text) c = static_cast<char>(random() & 0xFF);
  return text;
}

std::optional<Date> random_date(std::mt19937& random) {
  if (random() % 2 == 0) return std::nullopt;
  return Date{static_cast<std::int64_t>(random()) * (random() % 2 == 0 ? 1 : -1),
              static_cast<DatePrecision>(random() % 4),
              static_cast<std::int16_t>(static_cast<int>(random() % 1440) - 720),
              random() % 2 == 0};
}

Article random_article(unsigned seed) {
  std::mt19937 random(seed);
  Article article;
  for (std::string* text : {&article.id, &article.path, &article.member, &article.container,
                            &article.url, &article.title, &article.lede, &article.body,
                            &article.source, &article.section, &article.language, &article.format})
    *text = random_text(random);
  for (std::size_t i = random() % 4; i > 0; --i) article.authors.push_back(random_text(random));
  for (std::size_t i = random() % 4; i > 0; --i) article.tags.push_back(random_text(random));
  article.date = random_date(random);
  article.modified = random_date(random);
  for (Origin& origin : article.origins) origin = static_cast<Origin>(random() % 7);
  return article;
}

/// decode_article, or nothing where it says that the bytes are damaged.
std::optional<Article> try_decode(const std::string& bytes) {
  try {
    return decode_article(bytes);
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::damaged);
    return std::nullopt;
  }
}

TEST(StoredArticle, ComesBackAsItWentIn) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const Article article = random_article(seed);
    EXPECT_EQ(decode_article(encode_article(article)), article);
  }
}

TEST(StoredArticle, CutAnywhereIsReportedAsDamaged) {
  const std::string bytes = encode_article(random_article(7));
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(try_decode(bytes.substr(0, length))) << length;
}

TEST(StoredArticle, OverwrittenAnywhereIsReadOrReportedAsDamaged) {
  const std::string bytes = encode_article(random_article(8));
  std::mt19937 random(9);
  for (int round = 0; round < 5000; ++round) {
    std::string damaged = bytes;
    damaged[random() % damaged.size()] = static_cast<char>(random() & 0xFF);
    try_decode(damaged);
  }
}

TEST(StoredArticle, WithALengthBeyondItsBytesAllocatesNothing) {
  EXPECT_FALSE(try_decode("\x02\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"));
}

}  // namespace
}  // namespace lede
