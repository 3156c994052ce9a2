#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lede {

/// How a table is written.
struct CsvDialect {
  char delimiter = ',';
  char line_end = '\n';  ///< \r only where there is no \n; a \r before the \n is no text
};

/// Finds the end of the row that a text begins with, also when the text comes in pieces.
class RowScanner {
 public:
  explicit RowScanner(CsvDialect dialect) : dialect_(dialect) {}

  /// Goes on where the last call stopped, in a text that has grown since. True when the row's end
  /// is in it.
  bool scan(std::string_view text);

  /// The bytes of the row with its line end, or those seen when it is not finished.
  std::size_t length() const { return length_; }

  bool is_in_quotes() const { return state_ == State::quoted; }

 private:
  enum class State : std::uint8_t { field_begin, plain, quoted, behind_quote };

  void step(std::string_view text);
  void step_behind_quote(char c);
  void take(char c);

  CsvDialect dialect_;
  State state_ = State::field_begin;
  bool is_finished_ = false;
  std::size_t length_ = 0;
};

/// The fields of one row, with or without its line end; quotes around a field are taken off,
/// doubled ones in it are one, blanks between a comma or semicolon and a quote are none. A quote
/// that never ends runs to the end of the row.
std::vector<std::string> split_row(std::string_view row, CsvDialect dialect);

}  // namespace lede
