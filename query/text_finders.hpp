#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/analyzer.hpp"

namespace lede {

/// Tells whether a text has the words of a phrase side by side, as positions would tell it.
class PhraseFinder {
 public:
  /// `terms`: of the phrase's words, in order, as the analyzer makes them; at least one. They and
  /// the analyzer must outlive it.
  PhraseFinder(std::span<const std::string> terms, Analyzer& analyzer);

  /// Takes time linear in the text up to the phrase, of which only the words that may go on with it
  /// are stemmed.
  bool is_in(std::string_view text);

 private:
  bool is_expected(std::string_view folded) const;
  void take(const Token& token);
  bool is_whole() const { return !begun_.empty() && begun_.front() == terms_.size(); }

  std::span<const std::string> terms_;
  Analyzer& analyzer_;
  std::vector<std::size_t> begun_;  // words of the phrase right before, longest first: 2, 0
};

/// What a word of a text must be: of one of the terms or, where there are forms, of one of these as
/// folded words are, whatever its term is.
struct WordTest {
  std::vector<std::string> terms;
  std::vector<std::string> forms;  ///< sorted
};

/// Words side by side.
using WordSequence = std::vector<WordTest>;

/// One of several words or phrases.
using Operand = std::vector<WordSequence>;

/// Tells which of several operands a text has as they are written: their tests all go by forms.
class WrittenFinder {
 public:
  /// Bit i: whether the text has operand i.
  using Found = std::uint32_t;
  static constexpr std::size_t kMostOperands = 32;

  explicit WrittenFinder(std::vector<Operand> operands);
  WrittenFinder(WrittenFinder&&) = default;
  WrittenFinder& operator=(WrittenFinder&&) = default;
  WrittenFinder(const WrittenFinder&) = delete;  // starts_ points into operands_
  WrittenFinder& operator=(const WrittenFinder&) = delete;
  ~WrittenFinder() = default;

  /// Those of the `wanted` operands that the text has. Takes time linear in the text up to the last
  /// one's first place, and reads only words that begin as one of them.
  Found found_in(std::string_view text, Found wanted) const;

 private:
  struct Start {
    std::string_view form;
    std::size_t operand;
    const WordSequence* sequence;
  };

  std::vector<Operand> operands_;
  std::vector<Start> starts_;  // by form
  WordBeginnings beginnings_;
};

/// Tells whether a text has all of several operands near each other.
class NearFinder {
 public:
  /// `distance`: words from the first to the last one at most, a phrase counting by its words that
  /// are nearest. No word is taken for two operands. `operands` and the analyzer must outlive it.
  NearFinder(std::span<const Operand> operands, std::size_t distance, Analyzer& analyzer);

  /// Takes time linear in the text up to the place.
  bool is_in(std::string_view text);

 private:
  /// A sequence that began so many words ago, and what of it has been found.
  struct Begun {
    const WordSequence* sequence;
    std::size_t words;
  };
  struct Span {
    std::size_t first = 0;
    std::size_t last = 0;

    friend bool operator==(const Span&, const Span&) = default;
  };
  /// Where an operand was found last, and the time before.
  struct Found {
    const Operand* operand = nullptr;
    std::vector<Begun> begun = {};
    std::vector<Span> spans = {};  ///< at most two, the last one first
  };

  void expect(const WordTest& test);
  void forget_beginnings();
  void take(const Token& token, std::string_view folded);
  bool take(Found& found, const Token& token, std::string_view folded) const;
  bool is_near() const;

  std::span<const Operand> operands_;
  std::size_t distance_;
  Analyzer& analyzer_;
  bool needs_terms_ = false;
  WordBeginnings beginnings_;  // of words that may be one of an operand's
  std::vector<Found> found_;
  std::size_t position_ = 0;
  bool is_found_ = false;
};

}  // namespace lede
