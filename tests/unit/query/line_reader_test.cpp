#include "query/line_reader.hpp"

#include <array>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

/// Two ends of a pipe.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_.data()), 0); }
  ~Pipe() {
    close(ends_[0]);
    end();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reading() const { return ends_[0]; }
  void say(const std::string& text) const {
    EXPECT_EQ(write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void end() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::vector<std::string> rest_of(LineReader& lines) {
  std::vector<std::string> all;
  for (;;) {
    while (auto line = lines.next()) all.push_back(*line);
    if (lines.is_at_end()) return all;
    lines.read_more();
  }
}

TEST(LineReader, GivesALineAsSoonAsItIsWholeAndNotBefore) {
  Pipe pipe;
  LineReader lines(pipe.reading(), "a pipe");
  EXPECT_EQ(lines.next(), std::nullopt);
  pipe.say("one");
  lines.read_more();
  EXPECT_EQ(lines.next(), std::nullopt);
  pipe.say(" two\nthree\nfo");
  lines.read_more();
  EXPECT_EQ(lines.next(), "one two");
  EXPECT_EQ(lines.next(), "three");
  EXPECT_EQ(lines.number(), 2U);
  EXPECT_EQ(lines.next(), std::nullopt);
  EXPECT_FALSE(lines.is_at_end());
}

TEST(LineReader, KnowsBothKindsOfEndsAndALastLineWithoutOne) {
  Pipe pipe;
  LineReader lines(pipe.reading(), "a pipe");
  pipe.say(std::string("a\r\n\nb\rc\n") + '\0' + "\xff\r");
  pipe.end();
  EXPECT_EQ(rest_of(lines), (std::vector<std::string>{"a", "", "b\rc", std::string("\0\xff", 2)}));
  EXPECT_EQ(lines.next(), std::nullopt);
  EXPECT_EQ(lines.number(), 4U);
}

TEST(LineReader, GivesNothingOfAnEmptyInput) {
  Pipe pipe;
  LineReader lines(pipe.reading(), "a pipe");
  pipe.end();
  EXPECT_TRUE(rest_of(lines).empty());
}

TEST(LineReader, ReadsALineOfAnyLength) {
  Pipe pipe;
  LineReader lines(pipe.reading(), "a pipe");
  const std::string part(40'000, 'x');
  for (int i = 0; i < 10; ++i) {
    pipe.say(part);
    lines.read_more();
    EXPECT_EQ(lines.next(), std::nullopt);
  }
  pipe.say("\n");
  lines.read_more();
  EXPECT_EQ(lines.next()->size(), 10 * part.size());
}

TEST(LineReader, NamesWhatCannotBeRead) {
  LineReader lines(-1, "questions.tsv");
  try {
    lines.read_more();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "cannot read the questions in questions.tsv: bad file descriptor");
    EXPECT_EQ(error.status(), ExitStatus::resources);
  }
}

}  // namespace
}  // namespace lede
