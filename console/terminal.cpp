#include "console/terminal.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <poll.h>
#include <string>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "corpus/environment.hpp"
#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr int kClosedPipeStatus = 141;  // what a shell reports of a process ended by SIGPIPE

bool is_dumb_terminal() {
  const std::string_view kind = environment("TERM");
  return kind.empty() || kind == "dumb";
}

std::string reason_of(int error_number) {
  if (error_number == EBADF) return "standard output is closed";
  return ascii_lower(std::generic_category().message(error_number));
}

[[noreturn]] void fail_to_write(int error_number) {
  if (error_number == EPIPE) std::_Exit(kClosedPipeStatus);
  if (error_number == 0) throw Error("cannot write the results", {}, ExitStatus::resources);
  throw Error(fmt::format("cannot write the results: {}", reason_of(error_number)), {},
              ExitStatus::resources);
}

void flush(std::FILE* stream) {
  errno = 0;
  if (std::fflush(stream) != 0) fail_to_write(errno);
  if (std::ferror(stream) != 0) fail_to_write(0);
}

void wait_until_writable(int descriptor) {
  pollfd wanted{descriptor, POLLOUT, 0};
  if (poll(&wanted, 1, -1) < 0 && errno != EINTR) fail_to_write(errno);
}

/// The number of bytes that went out; 0 when the stream asks for another try.
std::size_t write_some(int descriptor, std::string_view text) {
  const ssize_t written = write(descriptor, text.data(), text.size());
  if (written >= 0) return static_cast<std::size_t>(written);
  if (errno == EINTR) return 0;
  if (errno != EAGAIN) fail_to_write(errno);
  wait_until_writable(descriptor);  // a pipe that its other end made non-blocking
  return 0;
}

/// By who sets COLUMNS for the programs that are started; else 0.
std::size_t columns_asked_for() {
  const std::string_view text = environment("COLUMNS");
  std::size_t columns = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
  return error == std::errc() && end == text.data() + text.size() ? columns : 0;
}

/// Some file systems say only on closing that there was no room.
void close_copy_of(int descriptor) {
  const int copy = dup(descriptor);
  if (copy >= 0 && close(copy) != 0 && errno != EINTR) fail_to_write(errno);
}

}  // namespace

bool is_terminal(std::FILE* stream) {
  return isatty(fileno(stream)) == 1;
}

bool wants_color(When when, std::FILE* stream) {
  if (when != When::automatic) return when == When::always;
  return is_terminal(stream) && !is_dumb_terminal() && environment("NO_COLOR").empty();
}

std::size_t terminal_width(std::FILE* stream) {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  std::size_t columns = columns_asked_for();
  if (columns == 0 && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  return std::clamp<std::size_t>(columns == 0 ? kUsual : columns, 20, 500);
}

std::size_t terminal_height(std::FILE* stream) {
  winsize size{};
  if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return 24;
  return size.ws_row;
}

void write_all(std::FILE* stream, std::string_view text) {
  flush(stream);
  while (!text.empty()) text.remove_prefix(write_some(fileno(stream), text));
}

void finish_output() {
  flush(stdout);
  close_copy_of(STDOUT_FILENO);
}

}  // namespace lede
