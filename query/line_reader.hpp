#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace lede {

/// Cuts what comes from a descriptor into lines of any length and content. It never waits by
/// itself: who reads decides when, so that other things can be waited for beside the next line.
class LineReader {
 public:
  /// The descriptor must outlive it. `name` is what an Error calls it.
  LineReader(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

  /// The next line without its end, LF or CRLF; the last one needs none. A byte order mark before
  /// the first one is left off. nullopt: more has to be
  /// read first, or nothing is left.
  std::optional<std::string> next();

  /// Reads once what the descriptor has; waits when that is nothing. Throws Error (resources).
  void read_more();

  /// True when read_more() can give nothing any more.
  bool is_at_end() const { return is_at_end_; }

  int descriptor() const { return descriptor_; }

  /// Of the line that came last, from 1.
  std::size_t number() const { return number_; }

 private:
  std::string take(std::size_t end);

  int descriptor_;
  std::string name_;
  std::string buffer_;
  std::size_t begin_ = 0;    // of the next line in the buffer
  std::size_t scanned_ = 0;  // no line ends before
  std::size_t number_ = 0;
  bool is_at_end_ = false;
};

/// What reading the questions in `name` says when the system has refused it for `error_number`.
[[noreturn]] void fail_to_read_questions(const std::string& name, int error_number);

}  // namespace lede
