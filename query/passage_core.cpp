#include "query/passage_core.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lede {
namespace {

/// Whole numbers, so that sums do not depend on their order.
std::int64_t points_of(const Wanted& wanted) {
  constexpr double kPointsPerWeight = 1 << 20;
  constexpr double kHeaviest = 1e6;
  if (!(wanted.weight > 0)) return 1;
  return std::llround(std::min(wanted.weight, kHeaviest) * kPointsPerWeight) + 1;
}

/// Looks, for each occurrence, at the narrowest window that ends there and has everything that can
/// be had within the limit before it.
class CoreFinder {
 public:
  CoreFinder(const SearchedText& text, std::vector<std::uint32_t> fences, Value prize,
             std::size_t limit, Tally& tally)
      : text_(text),
        sentences_(text.text),
        fences_(std::move(fences)),
        prize_(prize),
        limit_(limit),
        tally_(tally) {}

  std::optional<Candidate> find() {
    measure_left();
    for (std::size_t i = 0; i < text_.occurrences.size(); ++i) {
      pass_fences(i);
      take(i);
      judge(i);
    }
    drop_all(text_.occurrences.size());
    return best_;
  }

 private:
  std::size_t begin_of(std::size_t i) const { return text_.occurrences[i].begin; }

  void pass_fences(std::size_t i) {
    if (!is_past_fence(i)) return;
    while (is_past_fence(i)) ++next_fence_;
    drop_all(i);
    end_ = 0;
  }

  bool is_past_fence(std::size_t i) const {
    return next_fence_ < fences_.size() && fences_[next_fence_] <= begin_of(i);
  }

  void drop_all(std::size_t end) {
    for (; left_ < end; ++left_) tally_.remove(text_.occurrences[left_].wanted);
    measure_left();
  }

  void measure_left() {
    if (left_ < text_.occurrences.size()) begin_ = text_.characters.before(begin_of(left_));
  }

  /// The occurrence at the left goes when the window is too wide, or shows the same again.
  void take(std::size_t i) {
    const Occurrence& occurrence = text_.occurrences[i];
    tally_.add(occurrence.wanted);
    if (const auto end = end_in_characters(i); end >= end_) {
      end_ = end;
      end_byte_ = occurrence.end;
    }
    while (begin_ + limit_ < end_ || tally_.has_several(text_.occurrences[left_].wanted)) {
      tally_.remove(text_.occurrences[left_++].wanted);
      measure_left();
    }
  }

  std::size_t end_in_characters(std::size_t i) const {
    return text_.characters.before(text_.occurrences[i].end);
  }

  void judge(std::size_t i) {
    Value value = prize_;
    value.fresh = tally_.fresh();
    value.shown = tally_.all();
    value.shape = shape(i);
    ++value.shape;  // as if it could begin with a sentence, which takes long to tell
    if (best_ && value <= best_->value) return;
    if (!can_begin_with_sentence()) --value.shape;
    if (best_ && value <= best_->value) return;
    best_ = Candidate{{text_.occurrences[left_].begin, end_byte_}, value};
  }

  /// Without the point for the sentence.
  std::int64_t shape(std::size_t i) {
    constexpr std::int64_t kMostRepeats = 3;
    constexpr std::size_t kSteps = 4;
    const std::int64_t repeats = count_in_reach(i) - tally_.distinct();
    const std::size_t width = end_ - begin_;
    const auto closeness = static_cast<std::int64_t>(kSteps - kSteps * width / limit_);
    return 2 * std::min(repeats, kMostRepeats) + closeness;
  }

  /// How many occurrences a passage can show that begins with the core.
  std::int64_t count_in_reach(std::size_t i) {
    reach_ = std::max(reach_, i + 1);
    while (reach_ < text_.occurrences.size() && !is_past_fence(reach_) &&
           end_in_characters(reach_) <= begin_ + limit_)
      ++reach_;
    return static_cast<std::int64_t>(reach_ - left_);
  }

  bool can_begin_with_sentence() {
    const std::size_t left = begin_of(left_);
    const auto begin = sentences_.of_word_at(left, text_.characters.moved_back(left, limit_));
    return begin && text_.characters.before(*begin) + limit_ >= end_;
  }

  const SearchedText& text_;
  SentenceBegins sentences_;
  std::vector<std::uint32_t> fences_;
  Value prize_;
  std::size_t limit_;
  Tally& tally_;
  std::size_t next_fence_ = 0;
  std::size_t left_ = 0;   // the window's first occurrence
  std::size_t begin_ = 0;  // of the window, in characters
  std::size_t end_ = 0;    // the furthest in the window, a phrase's perhaps; in characters
  std::uint32_t end_byte_ = 0;
  std::size_t reach_ = 0;
  std::optional<Candidate> best_;
};

}  // namespace

Tally::Tally(const WantedTerms& wanted) : counts_(wanted.size()), is_shown_(wanted.size()) {
  points_.reserve(wanted.size());
  for (std::uint32_t i = 0; i < wanted.size(); ++i) points_.push_back(points_of(wanted[i]));
}

std::optional<Candidate> find_core(const SearchedText& text, std::vector<std::uint32_t> fences,
                                   const Value& prize, std::size_t limit, Tally& tally) {
  return CoreFinder(text, std::move(fences), prize, limit, tally).find();
}

}  // namespace lede
