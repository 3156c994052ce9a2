#include "query/stories.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <string_view>

#include "corpus/words.hpp"

namespace lede {
namespace {

constexpr std::size_t kShingleWords = 4;
constexpr std::size_t kMostWords = 500;

/// A phrase that more articles have says nothing of any story, and takes time.
constexpr std::size_t kMostHaving = 16;

constexpr std::int64_t kDaysOfAStory = 3;
constexpr std::int64_t kDay = 86'400;

/// Its time, where not only its month or year is known.
std::optional<std::int64_t> day_of(const Article& article) {
  if (!article.date || article.date->precision < DatePrecision::day) return std::nullopt;
  return article.date->unix_seconds;
}

/// Runs of words as one number each.
class ShingleReader {
 public:
  std::vector<std::uint64_t> take() {
    if (count_ > 0 && shingles_.empty()) shingles_.push_back(sum());  // too short for one
    std::ranges::sort(shingles_);
    shingles_.erase(std::unique(shingles_.begin(), shingles_.end()), shingles_.end());
    return std::move(shingles_);
  }

  void read(std::string_view text) {
    WordReader reader(text);
    for (Word word; count_ < kMostWords && reader.next(word);) {
      words_[count_ % kShingleWords] = std::hash<std::string_view>()(word.folded);
      ++count_;
      if (count_ >= kShingleWords) shingles_.push_back(sum());
    }
  }

 private:
  /// Of the last words, in their order.
  std::uint64_t sum() const {
    constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kShingleWords; ++i)
      sum = (sum ^ words_[(count_ + i) % kShingleWords]) * kOdd;
    return sum ^ (sum >> 32U);
  }

  std::array<std::uint64_t, kShingleWords> words_{};
  std::size_t count_ = 0;
  std::vector<std::uint64_t> shingles_;
};

}  // namespace

Stories::Shingles Stories::shingles_of(const Article& article) {
  ShingleReader reader;
  if (!article.title_is_derived()) reader.read(article.title);
  reader.read(article.body.empty() ? article.lede : article.body);
  return reader.take();
}

bool Stories::is_one_story(const Told& one, const Told& other, std::size_t common) {
  const bool are_dated = one.unix_seconds && other.unix_seconds;
  const bool is_of_these_days =
      are_dated && std::abs(*one.unix_seconds - *other.unix_seconds) <= kDaysOfAStory * kDay;
  const std::size_t tenths = is_of_these_days ? 6 : 9;
  return 10 * common >= tenths * std::min(one.shingles, other.shingles);
}

/// 0 where none is known.
Stories::Story Stories::story_with(const Told& told, const Shingles& shingles) const {
  std::unordered_map<std::uint32_t, std::size_t> common;  // by article
  for (const Shingle shingle : shingles) {
    const auto having = having_.find(shingle);
    if (having == having_.end()) continue;
    for (const std::uint32_t article : having->second) {
      if (is_one_story(told, told_[article], ++common[article])) return told_[article].story;
    }
  }
  return 0;
}

Stories::Story Stories::story_of(const Article& article) {
  const Shingles shingles = shingles_of(article);
  Told told{0, shingles.size(), day_of(article)};
  told.story = story_with(told, shingles);
  if (told.story == 0) told.story = ++last_;
  for (const Shingle shingle : shingles) {
    std::vector<std::uint32_t>& having = having_[shingle];
    if (having.size() < kMostHaving) having.push_back(static_cast<std::uint32_t>(told_.size()));
  }
  told_.push_back(told);
  return told.story;
}

}  // namespace lede
