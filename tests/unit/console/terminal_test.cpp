#include "console/terminal.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

/// The status that waitpid() gives for a child that does `work` and then ends with 0.
template <typename Work>
int wait_status_of(Work work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    std::_Exit(0);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

/// A stream whose other end is closed.
std::FILE* open_closed_pipe() {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  close(ends[0]);
  return fdopen(ends[1], "w");
}

std::string failure_to_write(std::FILE* stream, std::string_view text) {
  try {
    write_all(stream, text);
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::resources);
    return error.what();
  }
  return "";
}

std::string contents_of(std::FILE* file) {
  std::string text(1000, '\0');
  std::rewind(file);
  text.resize(std::fread(text.data(), 1, text.size(), file));
  return text;
}

std::size_t bytes_until_end(int descriptor) {
  std::string chunk(65536, '\0');
  std::size_t total = 0;
  for (ssize_t got = 0; (got = read(descriptor, chunk.data(), chunk.size())) > 0;)
    total += static_cast<std::size_t>(got);
  return total;
}

TEST(WantsColor, DoesAsItIsToldWhateverTheStream) {
  std::FILE* file = std::tmpfile();
  EXPECT_TRUE(wants_color(When::always, file));
  EXPECT_FALSE(wants_color(When::never, file));
  EXPECT_FALSE(wants_color(When::automatic, file));
  std::fclose(file);
}

TEST(WantsColor, OnATerminalAsksTheEnvironment) {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_GE(terminal, 0) << "a pseudo-terminal is needed: is /dev/pts mounted?";
  std::FILE* stream = fdopen(terminal, "w");
  ASSERT_TRUE(is_terminal(stream));
  unsetenv("NO_COLOR");
  setenv("TERM", "xterm", 1);
  EXPECT_TRUE(wants_color(When::automatic, stream));
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(wants_color(When::automatic, stream));
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(wants_color(When::automatic, stream));
  unsetenv("NO_COLOR");
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(wants_color(When::automatic, stream));
  std::fclose(stream);
}

TEST(TerminalWidth, IsEightyWhereNothingSaysSo) {
  std::FILE* file = std::tmpfile();
  EXPECT_EQ(terminal_width(file), 80U);
  std::fclose(file);
}

TEST(WriteAll, KeepsItsPlaceBehindWhatStandsInTheBuffer) {
  std::FILE* file = std::tmpfile();
  std::fputs("first ", file);
  write_all(file, "second");
  std::fputs(" third", file);
  EXPECT_EQ(contents_of(file), "first second third");
  std::fclose(file);
}

TEST(WriteAll, WaitsForAReaderOfANonBlockingPipe) {
  const std::string text(1 << 20, 'x');  // more than a pipe holds
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_NONBLOCK), 0);
  const pid_t writer = fork();
  if (writer == 0) {
    write_all(fdopen(ends[1], "w"), text);
    std::_Exit(0);
  }
  close(ends[1]);
  fcntl(ends[0], F_SETFL, 0);
  EXPECT_EQ(bytes_until_end(ends[0]), text.size());
  close(ends[0]);
  waitpid(writer, nullptr, 0);
}

TEST(WriteAll, SaysWhyItCannotWrite) {
  std::FILE* full = std::fopen("/dev/full", "w");
  ASSERT_NE(full, nullptr);
  EXPECT_EQ(failure_to_write(full, "x"), "cannot write the results: no space left on device");
  std::fclose(full);
  std::FILE* readable = std::fopen("/dev/null", "r");
  EXPECT_EQ(failure_to_write(readable, "x"), "cannot write the results: standard output is closed");
  std::fclose(readable);
}

TEST(WriteAll, DoesNotMindAFullDiskWhenThereIsNothingToWrite) {
  std::FILE* full = std::fopen("/dev/full", "w");
  EXPECT_EQ(failure_to_write(full, ""), "");
  std::fclose(full);
}

TEST(WriteAll, IsEndedByTheSignalOfAClosedPipe) {
  const int status = wait_status_of([] {
    std::signal(SIGPIPE, SIG_DFL);
    write_all(open_closed_pipe(), "x");
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGPIPE);
}

TEST(WriteAll, EndsQuietlyWhereTheSignalOfAClosedPipeIsIgnored) {
  const int status = wait_status_of([] {
    std::signal(SIGPIPE, SIG_IGN);
    write_all(open_closed_pipe(), "x");
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 141);
}

}  // namespace
}  // namespace lede
