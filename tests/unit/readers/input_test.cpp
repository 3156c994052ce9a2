#include "corpus/readers/input.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

/// Gives its bytes in pieces of a random size, as a pipe does.
class TricklingSource final : public ByteSource {
 public:
  TricklingSource(std::string bytes, unsigned seed) : bytes_(std::move(bytes)), random_(seed) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t rest = bytes_.size() - position_;
    const std::size_t count = std::min({rest, capacity, std::size_t{1} + random_() % 5000});
    std::memcpy(buffer, bytes_.data() + position_, count);
    position_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
  std::mt19937 random_;
};

/// Lines of 10 bytes, and an error behind so many of them.
class BreakingSource final : public ByteSource {
 public:
  explicit BreakingSource(std::size_t good_bytes) : rest_(good_bytes) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    if (rest_ == 0) throw InputError("a.gz", "broken");
    const std::size_t count = std::min(capacity, rest_);
    for (std::size_t i = 0; i < count; ++i) buffer[i] = ++position_ % 10 == 0 ? '\n' : 'x';
    rest_ -= count;
    return count;
  }

 private:
  std::size_t rest_;
  std::size_t position_ = 0;
};

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "lede-input-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string reason_for(const std::string& path) {
  try {
    open_file(path);
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find(path), std::string::npos);
    return error.reason();
  }
  return "opened";
}

std::vector<std::string> lines_of(Input& input, std::size_t limit) {
  std::vector<std::string> lines;
  while (const auto line = input.next_line(limit)) {
    EXPECT_EQ(line->number, lines.size() + 1);
    lines.push_back((line->is_cut ? "cut:" : "") + std::string(line->text));
  }
  return lines;
}

TEST(OpenFile, ReadsARegularFile) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("a.txt")) << "hello";
  Input input(open_file(folder.file("a.txt")));
  EXPECT_EQ(input.all(100), "hello");
  EXPECT_EQ(input.bytes_read(), 5U);
}

TEST(OpenFile, SaysWhatCannotBeRead) {
  const TemporaryFolder folder;
  ::mkfifo(folder.file("pipe").c_str(), 0600);
  EXPECT_EQ(reason_for(folder.file("nothing")), "no such file or directory");
  EXPECT_EQ(reason_for(folder.file("")), "a folder, not a file");
  EXPECT_EQ(reason_for(folder.file("pipe")), "a named pipe, not a file");
  EXPECT_EQ(reason_for("/dev/zero"), "a device, not a file");
}

TEST(Input, PeeksWithoutConsuming) {
  Input input(from_memory("abcdef"));
  EXPECT_EQ(input.peek(3), "abc");
  EXPECT_EQ(input.peek(100), "abcdef");
  input.consume(2);
  EXPECT_EQ(input.peek(2), "cd");
}

TEST(Input, KeepsReadableBytesBehindWhatItShows) {
  Input input(from_memory(std::string(200'000, 'x')));
  const auto all = input.all(1 << 20);
  ASSERT_TRUE(all);
  for (std::size_t at = 0; at < Input::kPadding; ++at) EXPECT_EQ(all->data()[all->size() + at], 0);
}

TEST(Input, SplitsLinesAtEveryKindOfEnd) {
  Input input(from_memory("one\ntwo\r\n\nfour\rfive\nlast"));
  EXPECT_EQ(lines_of(input, 100),
            (std::vector<std::string>{"one", "two", "", "four\rfive", "last"}));
}

TEST(Input, CutsALineThatIsTooLongAndGoesOnBehindIt) {
  Input input(
      from_memory("ok\n" + std::string(300'000, 'x') + "\nalso ok\n" + std::string(300'000, 'y')));
  EXPECT_EQ(lines_of(input, 10),
            (std::vector<std::string>{"ok", "cut:xxxxxxxxxx", "also ok", "cut:yyyyyyyyyy"}));
}

TEST(Input, CountsTheLinesItConsumes) {
  Input input(from_memory("a\nb\nc\n"));
  input.peek(10);
  input.consume(4);
  EXPECT_EQ(input.line_number(), 3U);
}

TEST(Input, HasNothingToShowOfAnInputThatIsTooLong) {
  Input input(from_memory("12345"));
  EXPECT_FALSE(input.all(4));
  EXPECT_EQ(input.all(5), "12345");
}

TEST(Input, GivesWhatCameBeforeABreakAndThenTheError) {
  const auto lines_before_break = [](std::size_t good_bytes) {
    Input input(std::make_unique<BreakingSource>(good_bytes));
    std::size_t lines = 0;
    const auto count_lines = [&] {
      while (input.next_line(100)) ++lines;
    };
    EXPECT_THROW(count_lines(), InputError);
    return lines;
  };
  EXPECT_EQ(lines_before_break(0), 0U);
  EXPECT_EQ(lines_before_break(15), 2U);  // the second is cut off
  EXPECT_EQ(lines_before_break(1'000'000), 100'000U);
}

TEST(Input, IsNotWholeWhenTheSourceBreaks) {
  Input input(std::make_unique<BreakingSource>(15));
  EXPECT_THROW(input.all(100), InputError);
  Input looked_at(std::make_unique<BreakingSource>(15));
  EXPECT_EQ(looked_at.peek(20).size(), 15U);
  EXPECT_THROW(looked_at.refuse_if_broken(), InputError);
}

TEST(Input, GivesTheSameLinesHoweverTheBytesArrive) {
  std::mt19937 random(7);
  std::string text;
  std::vector<std::string> expected;
  for (int line = 0; line < 3000; ++line) {
    expected.emplace_back(random() % 300, static_cast<char>('a' + random() % 26));
    text += expected.back() + "\n";
  }
  for (unsigned seed = 0; seed < 5; ++seed) {
    Input input(std::make_unique<TricklingSource>(text, seed));
    EXPECT_EQ(lines_of(input, 1000), expected);
    EXPECT_EQ(input.bytes_read(), text.size());
  }
}

}  // namespace
}  // namespace lede
