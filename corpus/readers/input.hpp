#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/error.hpp"

namespace lede {

/// An input that cannot be opened or read. `what()` names it; `reason()` does not, and is for
/// places that name it themselves.
class InputError : public Error {
 public:
  InputError(const std::string& path, std::string reason);

  const std::string& reason() const noexcept { return reason_; }

 private:
  std::string reason_;
};

/// Where bytes come from: a file, a pipe, a member of an archive.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Puts up to `capacity` bytes (more than 0) at `buffer` and returns how many; 0 is the end.
  /// Throws InputError when reading fails.
  virtual std::size_t read(char* buffer, std::size_t capacity) = 0;

  /// How many bytes there are in all where seek() works: in regular files and in memory.
  virtual std::optional<std::uint64_t> size_bytes() const { return std::nullopt; }

  /// Goes on `offset_bytes` behind the first byte. Throws InputError where that cannot be.
  virtual void seek(std::uint64_t offset_bytes);

  /// The descriptor of the regular file that the bytes are the whole of; -1 when there is none.
  virtual int descriptor() const { return -1; }
};

/// A regular file. Throws InputError for what cannot be opened or is no regular file (a pipe or a
/// device would block). A path of `-` is standard input, of whatever kind.
std::unique_ptr<ByteSource> open_file(const std::string& path);

/// Bytes that are already there: for tests and for text inside text.
std::unique_ptr<ByteSource> from_memory(std::string bytes);

/// One line of an input, without its end.
struct Line {
  std::string_view text;  ///< valid until the input is read again
  std::uint64_t number;   ///< counts from 1
  bool is_cut;  ///< longer than the limit: `text` is its beginning, the rest is passed over
};

/// A byte source with look-ahead. It holds as many bytes as are looked at and not yet consumed.
/// Where the source breaks, the bytes before the break come first, as if they were the last: what
/// was read of a broken archive is not lost. The InputError follows, when more is asked for.
class Input {
 public:
  /// kPadding readable bytes always follow what a view shows: simdjson asks for them.
  static constexpr std::size_t kPadding = 64;

  explicit Input(std::unique_ptr<ByteSource> source);

  /// The bytes read and not yet consumed; valid until the next call.
  std::string_view buffered() const;

  /// Reads more bytes behind those buffered; false when the source has no more, or breaks while
  /// some are buffered. Throws InputError when none are.
  bool fill();

  /// Throws the InputError of a source that broke, if none was thrown yet.
  void refuse_if_broken();

  /// Up to `bytes` bytes from here on, without consuming them: fewer only at the end.
  std::string_view peek(std::size_t bytes);

  /// Passes over `bytes` of the buffered bytes.
  void consume(std::size_t bytes);

  /// The next line, its \n or \r\n consumed and not shown; nullopt at the end.
  std::optional<Line> next_line(std::size_t limit_bytes);

  /// All bytes from here to the end, buffered; nullopt when there are more than `limit_bytes`.
  /// Throws InputError when the source breaks.
  std::optional<std::string_view> all(std::size_t limit_bytes);

  /// Goes on `offset_bytes` behind the source's first byte; only where size_bytes() knows a size.
  void seek(std::uint64_t offset_bytes);

  /// How many bytes the source has in all, where it can seek.
  std::optional<std::uint64_t> size_bytes() const { return source_->size_bytes(); }

  /// The number of the line that the next unconsumed byte stands in; counts from 1.
  std::uint64_t line_number() const { return line_number_; }

  /// Bytes taken from the source so far.
  std::uint64_t bytes_read() const { return bytes_read_; }

  /// The descriptor of the regular file that this is the whole of; -1 when there is none.
  int descriptor() const { return source_->descriptor(); }

 private:
  void make_room();
  std::size_t read_more();
  std::optional<Line> last_line();
  Line cut_line(std::size_t limit_bytes);

  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;  // of the unconsumed bytes in buffer_
  std::size_t end_ = 0;
  std::uint64_t line_number_ = 1;
  std::uint64_t bytes_read_ = 0;
  bool is_at_end_ = false;
  std::exception_ptr broken_;  // held back until the bytes before it are consumed
};

}  // namespace lede
