#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "query/occurrences.hpp"
#include "query/text_map.hpp"

namespace lede {

/// A field's text, and what it has of the question.
struct SearchedText {
  std::string_view text;
  CharacterCounter characters;
  std::vector<Occurrence> occurrences;  ///< in the order in which they begin
};

/// What a passage is made around: from its first occurrence to its last, in bytes.
struct Core {
  std::uint32_t begin;
  std::uint32_t end;
};

/// What a passage is worth. The order of the members is the order of their importance.
struct Value {
  std::int64_t fresh = 0;  ///< weight of what no passage has shown yet
  std::int64_t shown = 0;  ///< weight of all it shows
  bool is_lede = false;
  bool is_one_paragraph = false;
  std::int64_t shape = 0;  ///< repeats, closeness and a sentence start

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 in it.
  auto operator<=>(const Value&) const = default;
};

struct Candidate {
  Core core;
  Value value;
};

/// What a window shows: how often each wanted, and what the distinct ones weigh.
class Tally {
 public:
  explicit Tally(const WantedTerms& wanted);

  void add(std::uint32_t wanted) {
    if (counts_[wanted]++ == 0) change(wanted, +1);
  }
  void remove(std::uint32_t wanted) {
    if (--counts_[wanted] == 0) change(wanted, -1);
  }
  void mark_as_shown(std::uint32_t wanted) { is_shown_[wanted] = true; }

  bool has_several(std::uint32_t wanted) const { return counts_[wanted] > 1; }
  std::int64_t fresh() const { return fresh_; }
  std::int64_t all() const { return all_; }
  std::int64_t distinct() const { return distinct_; }

 private:
  void change(std::uint32_t wanted, int sign) {
    distinct_ += sign;
    all_ += sign * points_[wanted];
    if (!is_shown_[wanted]) fresh_ += sign * points_[wanted];
  }

  std::vector<std::uint32_t> counts_;
  std::vector<bool> is_shown_;
  std::vector<std::int64_t> points_;
  std::int64_t fresh_ = 0;
  std::int64_t all_ = 0;
  std::int64_t distinct_ = 0;
};

/// The best core of a text, of equals the first, in one pass over its occurrences; each of them
/// must be at most `limit` characters wide. `fences`: bytes in rising order that no core lies
/// across, each a word's beginning. `prize`: what every candidate has. The tally is empty before
/// and after.
std::optional<Candidate> find_core(const SearchedText& text, std::vector<std::uint32_t> fences,
                                   const Value& prize, std::size_t limit, Tally& tally);

}  // namespace lede
