#include "corpus/readers/programs/filter.hpp"

#include <array>
#include <filesystem>

#include <gtest/gtest.h>

#include "corpus/readers/read_articles.hpp"
#include "tests/unit/readers/reading.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

std::vector<ReadResult> read(const std::string& path, const std::string& extension,
                             const std::string& command) {
  ReadOptions options;
  options.filters = {{extension, command}};
  options.limits.filter_seconds = 20;
  std::vector<ReadResult> results;
  read_articles(path, options, [&](ReadResult result) {
    results.push_back(std::move(result));
    return true;
  });
  return results;
}

std::string reason_of(const std::vector<ReadResult>& results) {
  const auto* skipped = std::get_if<Skipped>(&results.at(0));
  return skipped == nullptr ? "read" : skipped->reason;
}

TEST(FindFilter, KnowsEndingsInAnyCaseAndTakesTheLast) {
  const std::array filters{Filter{".doc", "one"}, Filter{".tar.x", "two"}, Filter{".doc", "three"}};
  EXPECT_EQ(find_filter(filters, "/a/B.DOC"), &filters[2]);
  EXPECT_EQ(find_filter(filters, "b.tar.x"), &filters[1]);
  EXPECT_EQ(find_filter(filters, "b.docx"), nullptr);
  EXPECT_EQ(find_filter(filters, ".doc"), nullptr);
  EXPECT_EQ(name_of_output(filters[0], "a.md.doc"), "a.md");
}

TEST(ShellCommand, PutsTheArgumentInQuotes) {
  EXPECT_EQ(shell_command("antiword {}"), "antiword \"$1\"");
  EXPECT_EQ(shell_command("a {} '{' \"}\" \\' {}"), "a \"$1\" '{' \"}\" \\' \"$1\"");
  EXPECT_EQ(shell_command("cat"), "cat");
}

TEST(ShellCommand, RefusesAPlaceInQuotes) {
  for (const char* command : {"cat '{}'", "cat \"{}\"", "echo \"a {} b\"", "cat \"\\\"{}\""}) {
    EXPECT_EQ(shell_command(command), std::nullopt) << command;
  }
}

TEST(RunFilter, ReadsWhatTheCommandPrintsAsAnyFile) {
  const TemporaryFolder folder;
  const std::string path = folder.write("story.doc", "ferry\n");
  for (const char* command :
       {"cat {}", "cat", "cat < {}", "cat \"$1\"", "printf 'ferry\\n'; sleep 20 &"}) {
    const auto results = read(path, ".doc", command);
    ASSERT_EQ(results.size(), 1U) << command;
    ASSERT_EQ(reason_of(results), "read") << command;
    EXPECT_EQ(std::get<Article>(results[0]).body, "ferry") << command;
    EXPECT_EQ(std::get<Article>(results[0]).id, path) << command;
  }
  const auto json = read(path, ".doc", "echo '{\"title\":\"One\"}'; echo '{\"title\":\"Two\"}'");
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(std::get<Article>(json[1]).member, "#2");
}

TEST(RunFilter, NeverRunsAFilesName) {
  const TemporaryFolder folder;
  for (const std::string name :
       {"a b.doc", "$(touch owned).doc", "`touch owned`.doc", "a;touch owned;.doc", "'\".doc",
        "-n.doc", "\n.doc", "*.doc", "a\\b.doc", "$1{}.doc"}) {
    const std::string path = folder.write(name, "text of it\n");
    const auto results =
        read(path, ".doc", "cd " + folder.path() + " && cat {} && test ! -e owned");
    ASSERT_EQ(reason_of(results), "read") << name;
    EXPECT_EQ(std::get<Article>(results[0]).body, "text of it") << name;
  }
}

TEST(RunFilter, SaysWhyItFailed) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a.doc", "x");
  EXPECT_EQ(reason_of(read(path, ".doc", "echo no >&2; exit 4")),
            "the filter for .doc failed with status 4: no");
  EXPECT_EQ(reason_of(read(path, ".doc", "true")), "the filter for .doc wrote nothing");
  EXPECT_EQ(reason_of(read(path, ".doc", "printf 'a\\0b'")),
            "what the filter for .doc wrote is a binary file; lede does not read binary files");
}

TEST(RunFilter, GivesBytesThatAreNoFileThroughADescriptor) {
  Input input(from_memory("the bytes"));
  ReadContext context = context_of("/a.zip");
  context.member = "b.doc";
  const auto output = run_filter({".doc", "echo {}; cat {}"}, input, context);
  EXPECT_EQ(std::get<std::string>(output), "/dev/fd/3\nthe bytes");
}

TEST(RunFilter, KeepsToTheLimits) {
  ReadContext context = context_of("/a.doc", 1000);
  Input input(from_memory("x"));
  EXPECT_EQ(std::get<Skipped>(run_filter({".doc", "yes"}, input, context)).reason,
            "the filter for .doc wrote more than 1000 bytes");
  Input large(from_memory(std::string(1001, 'x')));
  EXPECT_EQ(std::get<Skipped>(run_filter({".doc", "cat"}, large, context)).reason,
            "it is longer than 1000 bytes");
}

}  // namespace
}  // namespace lede
