#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lede {

/// Puts pieces of a page together as a browser lays them out in text: runs of white space are one
/// space, an empty line stands between blocks, gaps at the ends and double ones count once.
class TextFlow {
 public:
  /// Adds text that stands in the line.
  void add(std::string_view text);

  /// Adds text whose white space counts.
  void add_preformatted(std::string_view text);

  void add_space() { want(Gap::space); }
  void next_cell() { want(Gap::cell); }
  void next_line() { want(Gap::line); }
  void end_line() { want(gap_ == Gap::line ? Gap::block : Gap::line); }  ///< a second one shows
  void next_block() { want(Gap::block); }

  bool is_empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  enum class Gap : std::uint8_t { none, space, cell, line, block };

  void want(Gap gap) {
    if (gap > gap_) gap_ = gap;
  }
  void fill_gap();

  std::string text_;
  Gap gap_ = Gap::none;
};

}  // namespace lede
