#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lede {

enum class ScanState : std::uint8_t { unfinished, finished, too_deep };

/// Finds the end of the JSON value that a text begins with, also when the text comes in pieces.
/// It knows strings and brackets, no more: a broken value may end too late, or never.
class ValueScanner {
 public:
  static constexpr std::size_t kDeepest = 1024;  // objects and lists in one another

  /// Goes on where the last call stopped, in a text that has grown since.
  ScanState scan(std::string_view text);

  /// The bytes of the value, or those seen when it is not finished.
  std::size_t length() const { return length_; }

 private:
  void scan_string(std::string_view text);
  void scan_outside(char c);
  void open();
  void close();
  void finish_at_top();

  std::size_t length_ = 0;
  std::size_t depth_ = 0;
  std::size_t string_begin_ = 0;  // behind its quote
  bool is_in_string_ = false;
  ScanState state_ = ScanState::unfinished;
};

}  // namespace lede
