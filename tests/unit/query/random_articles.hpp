#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "corpus/article.hpp"
#include "corpus/date.hpp"

namespace lede {

/// Articles of few words, names and dates, so that much of them is equal; the seed decides.
inline std::vector<Article> random_articles(unsigned seed, std::size_t count) {
  constexpr std::array<std::string_view, 8> kWords{"oil",  "opera", "port",   "strike",
                                                   "rain", "price", "vienna", "harbour"};
  constexpr std::array<std::string_view, 4> kNames{"", "Coastal Wire", "coastal wire", "Övre Post"};
  constexpr std::array<std::string_view, 5> kDates{"", "2025", "2025-08",
                                                   "2025-08-31T23:30:00-05:00", "2024-12-30"};
  std::minstd_rand random(seed + 1);
  const auto pick = [&](const auto& values) {
    return std::string(values[random() % values.size()]);
  };
  std::vector<Article> articles(count);
  for (std::size_t i = 0; i < count; ++i) {
    Article& article = articles[i];
    article.id = fmt::format("id-{}", i);
    article.path = fmt::format("/archive/{}", random() % 3);
    article.title = fmt::format("{} {}", pick(kWords), pick(kWords));
    for (auto words = random() % 12; words > 0; --words) article.body += pick(kWords) + " ";
    article.source = pick(kNames);
    article.section = pick(kNames);
    for (auto authors = random() % 3; authors > 0; --authors) {
      const std::string name = pick(kNames);
      if (!name.empty()) article.authors.push_back(name);
    }
    for (auto tags = random() % 3; tags > 0; --tags) article.tags.push_back(pick(kWords));
    if (random() % 2 == 0) article.url = fmt::format("https://www.{}.example/{}", pick(kWords), i);
    article.language = random() % 3 == 0 ? "" : "en";
    article.date = parse_date(pick(kDates));
  }
  return articles;
}

}  // namespace lede
