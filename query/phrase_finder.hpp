#pragma once

#include <cstddef>
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

}  // namespace lede
