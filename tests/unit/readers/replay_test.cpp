#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/readers/finish.hpp"
#include "corpus/readers/formats.hpp"
#include "tests/unit/readers/reading.hpp"

namespace lede {
namespace {

/// The bytes of every file in tests/articles: what fuzzers and users broke a reader with.
std::vector<std::filesystem::path> odd_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(LEDE_ODD_ARTICLES)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// How many results a reader gives, all of them finished.
std::size_t count_results(const Format& format, const std::string& bytes, const std::string& path) {
  const ReadContext context = context_of(path);
  Input input(from_memory(bytes));
  std::size_t count = 0;
  format.read(input, context, [&](ReadResult result) {
    ++count;
    if (auto* article = std::get_if<Article>(&result)) finish_article(std::move(*article), context);
    return true;
  });
  return count;
}

TEST(EveryReader, SurvivesEveryFileThatOnceBrokeOne) {
  const auto files = odd_files();
  ASSERT_FALSE(files.empty());
  for (const auto& path : files) {
    const std::string bytes = bytes_of(path);
    for (const Format& format : formats()) {
      SCOPED_TRACE(path.string() + " as " + std::string(format.name));
      EXPECT_LE(count_results(format, bytes, path), bytes.size() + 1);
    }
  }
}

}  // namespace
}  // namespace lede
