#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "corpus/analyzer.hpp"
#include "corpus/fields.hpp"
#include "query/wanted.hpp"

namespace lede {

/// A wanted word, or all words of a wanted phrase, in a text; in bytes.
struct Occurrence {
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t wanted;  ///< index of what was asked for

  friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

/// The terms of a question, found fast: most words of a text are none of them.
class WantedTerms {
 public:
  static constexpr std::uint32_t kNone = 0;

  /// Keeps views of `wanted`, which must outlive it.
  explicit WantedTerms(std::span<const Wanted> wanted);

  /// The number of a term, from 1; kNone for a term that nobody asked for.
  std::uint32_t number_of(std::string_view term) const {
    for (std::size_t slot = hash(term);; ++slot) {
      const std::uint32_t number = slots_[slot & mask_];
      if (number == kNone || terms_[number - 1] == term) return number;
    }
  }

  /// Which of the wanted end with this term.
  std::span<const std::uint32_t> ending_in(std::uint32_t number) const {
    return endings_[number - 1];
  }
  /// The numbers of a wanted word's or phrase's terms, in order.
  std::span<const std::uint32_t> numbers_of(std::uint32_t wanted) const { return numbers_[wanted]; }
  const Wanted& operator[](std::uint32_t wanted) const { return wanted_[wanted]; }

  /// How words begin that have one of the terms.
  WordBeginnings beginnings(const Analyzer& analyzer) const;

  std::size_t size() const { return wanted_.size(); }
  bool has_any_in(FieldId field) const;
  bool has_phrase() const { return has_phrase_; }

 private:
  static std::size_t hash(std::string_view term) {
    if (term.empty()) return 0;
    const auto byte = [&](std::size_t i) -> std::size_t {
      return static_cast<unsigned char>(term[i]);
    };
    return term.size() * 3 + byte(0) * 7 + byte(term.size() / 2) * 31 + byte(term.size() - 1);
  }
  void make_slots(std::size_t count);
  std::uint32_t add(std::string_view term);

  std::span<const Wanted> wanted_;
  std::vector<std::string_view> terms_;
  std::vector<std::vector<std::uint32_t>> endings_;
  std::vector<std::vector<std::uint32_t>> numbers_;
  std::vector<std::uint32_t> slots_;  // open addressing; a power of two, at most a quarter full
  std::size_t mask_ = 0;
  bool has_phrase_ = false;
};

/// What a field's text has of the question, in the order in which it begins. Takes time linear in
/// the text, most of whose words are passed over. `text` is at most 4 GiB long.
std::vector<Occurrence> find_occurrences(std::string_view text, FieldId field,
                                         const WantedTerms& wanted, Analyzer& analyzer);

}  // namespace lede
