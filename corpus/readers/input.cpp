#include "corpus/readers/input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "corpus/readers/text/paragraphs.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t kFirstCapacity = std::size_t{64} << 10;  // most articles fit

std::string describe(int error_number) {
  return ascii_lower(std::strerror(error_number));
}

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder, not a file";
  if (S_ISFIFO(mode)) return "a named pipe, not a file";
  if (S_ISSOCK(mode)) return "a socket, not a file";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device, not a file";
  return "not a regular file";
}

std::optional<std::uint64_t> size_of_regular_file(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, bool is_owned, std::string path)
      : descriptor_(descriptor),
        is_owned_(is_owned),
        path_(std::move(path)),
        size_bytes_(size_of_regular_file(descriptor)) {}
  ~FileSource() override {
    if (is_owned_) ::close(descriptor_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  /// Standard input may be no file, and may have been read from before.
  int descriptor() const override { return is_owned_ ? descriptor_ : -1; }

  std::optional<std::uint64_t> size_bytes() const override { return size_bytes_; }

  void seek(std::uint64_t offset_bytes) override {
    if (::lseek(descriptor_, static_cast<off_t>(offset_bytes), SEEK_SET) < 0) {
      throw InputError(path_, describe(errno));
    }
  }

  std::size_t read(char* buffer, std::size_t capacity) override {
    for (;;) {
      const ssize_t count = ::read(descriptor_, buffer, capacity);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) throw InputError(path_, describe(errno));
    }
  }

 private:
  int descriptor_;
  bool is_owned_;
  std::string path_;
  std::optional<std::uint64_t> size_bytes_;  // when it was opened
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t count = std::min(capacity, bytes_.size() - position_);
    std::memcpy(buffer, bytes_.data() + position_, count);
    position_ += count;
    return count;
  }

  std::optional<std::uint64_t> size_bytes() const override { return bytes_.size(); }

  void seek(std::uint64_t offset_bytes) override {
    position_ = static_cast<std::size_t>(std::min<std::uint64_t>(offset_bytes, bytes_.size()));
  }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

void refuse_what_is_no_file(const FileSource& source, const std::string& path) {
  struct stat status {};
  if (::fstat(source.descriptor(), &status) != 0) throw InputError(path, describe(errno));
  if (!S_ISREG(status.st_mode)) throw InputError(path, std::string(kind_of(status.st_mode)));
}

std::string_view without_carriage_return(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

InputError::InputError(const std::string& path, std::string reason)
    : Error("cannot read " + path + ": " + reason, {}, ExitStatus::resources),
      reason_(std::move(reason)) {}

void ByteSource::seek(std::uint64_t) {
  throw InputError("the input", "its bytes come in one order only");
}

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  if (path == "-") return std::make_unique<FileSource>(STDIN_FILENO, false, "standard input");
  // Not to block on a pipe, nor to become the terminal of one, before fstat has told what it is.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) throw InputError(path, describe(errno));
  auto source = std::make_unique<FileSource>(descriptor, true, path);
  refuse_what_is_no_file(*source, path);
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);  // a hint: failing changes nothing
  return source;
}

std::unique_ptr<ByteSource> from_memory(std::string bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

Input::Input(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)),
      buffer_(std::make_unique_for_overwrite<char[]>(kFirstCapacity)),
      capacity_(kFirstCapacity) {
  std::memset(buffer_.get(), 0, kPadding);
}

std::string_view Input::buffered() const {
  return {buffer_.get() + begin_, end_ - begin_};
}

/// Moves the unconsumed bytes to the front only when at least as many were consumed since they
/// were last moved, and else doubles the buffer: so each byte is moved a bounded number of times.
void Input::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ + kPadding < capacity_) return;
  const std::size_t held = end_ - begin_;
  if (begin_ >= held && begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, held);
  } else {
    capacity_ *= 2;
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
    std::memcpy(larger.get(), buffer_.get() + begin_, held);
    buffer_ = std::move(larger);
  }
  begin_ = 0;
  end_ = held;
}

bool Input::fill() {
  if (begin_ == end_) refuse_if_broken();
  if (is_at_end_) return false;
  make_room();
  const std::size_t count = read_more();
  end_ += count;
  bytes_read_ += count;
  is_at_end_ = count == 0;
  std::memset(buffer_.get() + end_, 0, kPadding);
  return !is_at_end_;
}

/// 0 at the end and at a break.
std::size_t Input::read_more() {
  try {
    return source_->read(buffer_.get() + end_, capacity_ - kPadding - end_);
  } catch (const InputError&) {
    if (begin_ == end_) throw;
    broken_ = std::current_exception();
    return 0;
  }
}

void Input::refuse_if_broken() {
  if (broken_ != nullptr) std::rethrow_exception(std::exchange(broken_, nullptr));
}

void Input::seek(std::uint64_t offset_bytes) {
  source_->seek(offset_bytes);
  begin_ = end_ = 0;
  is_at_end_ = false;
}

std::string_view Input::peek(std::size_t bytes) {
  while (end_ - begin_ < bytes && fill()) {
  }
  return buffered().substr(0, bytes);
}

void Input::consume(std::size_t bytes) {
  line_number_ += count_newlines(buffered().substr(0, bytes));
  begin_ += bytes;
}

std::optional<Line> Input::next_line(std::size_t limit_bytes) {
  std::size_t searched = 0;
  std::size_t end = buffered().find('\n');
  while (end == std::string_view::npos) {
    searched = end_ - begin_;
    if (searched > limit_bytes) return cut_line(limit_bytes);
    if (!fill()) return last_line();
    end = buffered().find('\n', searched);
  }
  if (end > limit_bytes) return cut_line(limit_bytes);
  const std::string_view text = buffered().substr(0, end);
  begin_ += end + 1;
  return Line{without_carriage_return(text), line_number_++, false};
}

std::optional<Line> Input::last_line() {
  if (begin_ == end_) return std::nullopt;
  const std::string_view text = buffered();
  begin_ = end_;
  return Line{without_carriage_return(text), line_number_, false};
}

/// Keeps the line's beginning where it is and reads the rest of it over and over into the room
/// behind, so that a line of any length costs no more memory than its limit.
Line Input::cut_line(std::size_t limit_bytes) {
  const std::uint64_t number = line_number_;
  std::size_t newline = buffered().find('\n', limit_bytes);
  while (newline == std::string_view::npos) {
    end_ = begin_ + limit_bytes;
    if (!fill()) break;
    newline = buffered().find('\n', limit_bytes);
  }
  const std::string_view text = buffered().substr(0, limit_bytes);
  if (newline == std::string_view::npos) {
    begin_ = end_;
  } else {
    begin_ += newline + 1;
    ++line_number_;
  }
  return Line{text, number, true};
}

std::optional<std::string_view> Input::all(std::size_t limit_bytes) {
  while (end_ - begin_ <= limit_bytes && fill()) {
  }
  refuse_if_broken();
  if (end_ - begin_ > limit_bytes) return std::nullopt;
  return buffered();
}

}  // namespace lede
