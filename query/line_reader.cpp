#include "query/line_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {

std::optional<std::string> LineReader::next() {
  const std::size_t end = buffer_.find('\n', scanned_);
  if (end != buffer_.npos) return take(end);
  scanned_ = buffer_.size();
  if (!is_at_end_ || begin_ == buffer_.size()) return std::nullopt;
  return take(buffer_.size());
}

std::string LineReader::take(std::size_t end) {
  std::string line = buffer_.substr(begin_, end - begin_);
  if (line.ends_with('\r')) line.pop_back();
  if (number_ == 0 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
  begin_ = scanned_ = std::min(end + 1, buffer_.size());
  ++number_;
  return line;
}

void LineReader::read_more() {
  constexpr std::size_t kBytes = std::size_t{64} << 10;
  buffer_.erase(0, begin_);
  scanned_ -= begin_;
  begin_ = 0;
  const std::size_t size = buffer_.size();
  buffer_.resize(size + kBytes);
  const ssize_t count = ::read(descriptor_, buffer_.data() + size, kBytes);
  const int error = errno;
  buffer_.resize(size + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  is_at_end_ = count == 0;
  const bool is_to_try_again = error == EINTR || error == EAGAIN;
  if (count < 0 && !is_to_try_again) fail_to_read_questions(name_, error);
}

void fail_to_read_questions(const std::string& name, int error_number) {
  throw Error(fmt::format("cannot read the questions in {}: {}", name,
                          ascii_lower(std::generic_category().message(error_number))),
              "name a file of questions, or - for standard input", ExitStatus::resources);
}

}  // namespace lede
