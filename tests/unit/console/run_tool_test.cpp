#include "console/run_tool.hpp"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "console/terminal.hpp"
#include "corpus/version.hpp"

namespace lede {
namespace {

struct Outcome {
  int status = -1;
  std::string output;
  std::string messages;
};

struct Tool {
  std::vector<std::string> arguments;
  std::function<ExitStatus()> command = [] { return ExitStatus::success; };
  const char* output_path = nullptr;  ///< none: an ordinary file
  bool is_output_closed = false;
};

std::string contents_of(std::FILE* file) {
  std::string text(100000, '\0');
  std::rewind(file);
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

int run_example(const Tool& tool) {
  CLI::App app{"An example.", "lede-example"};
  define_common_options(app);
  std::vector<std::string> words;
  std::string format;
  unsigned limit = 10;
  bool is_count = false;
  app.add_option("QUERY", words, "Words")->required();
  app.add_option("-n,--limit", limit, "Most")->type_name("COUNT")->check(whole_number(1, 100));
  app.add_option("--format", format, "How")->check(CLI::IsMember({"text", "json"}));
  app.add_flag("-c,--count", is_count, "Only the number");
  app.add_subcommand("status", "Say how it is")->add_flag("--json", is_count, "As JSON");
  std::vector<std::string> arguments = tool.arguments;
  arguments.insert(arguments.begin(), "lede-example");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  return run_tool(app, static_cast<int>(argv.size()), argv.data(), tool.command);
}

void redirect(const Tool& tool, std::FILE* output, std::FILE* messages) {
  dup2(fileno(messages), STDERR_FILENO);
  const int file = tool.output_path == nullptr ? fileno(output) : open(tool.output_path, O_WRONLY);
  dup2(file, STDOUT_FILENO);
  if (tool.is_output_closed) close(STDOUT_FILENO);
}

Outcome run(const Tool& tool) {
  std::FILE* output = std::tmpfile();
  std::FILE* messages = std::tmpfile();
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    redirect(tool, output, messages);
    std::_Exit(run_example(tool));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents_of(output), contents_of(messages)};
}

std::string failure_of(const std::vector<std::string>& arguments) {
  const Outcome outcome = run({arguments});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.output, "");
  return outcome.messages;
}

TEST(RunTool, EndsWithTheStatusOfTheCommand) {
  EXPECT_EQ(run({{"oil"}}).status, 0);
  EXPECT_EQ(run({{"oil"}, [] { return ExitStatus::nothing_found; }}).status, 1);
  EXPECT_EQ(run({{"oil"}, [] { return ExitStatus::interrupted; }}).status, 130);
}

TEST(RunTool, SaysInOneLineWhatIsWrongWithTheCommandLine) {
  const std::string hint = "hint: lede-example --help\n";
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"--limit", "0", "oil"}, "--limit: '0' is not a whole number from 1 to 100"},
      {{"--limit", "010", "oil"}, "--limit: '010' is not a whole number from 1 to 100"},
      {{"--limit=-1", "oil"}, "--limit: '-1' is not a whole number from 1 to 100"},
      {{"-n", "99999999999999999999", "oil"},
       "--limit: '99999999999999999999' is not a whole number from 1 to 100"},
      {{"oil", "--limit"}, "--limit needs a value: COUNT"},
      {{"--format", "xml", "oil"}, "--format: 'xml' is none of text, json"},
      {{"--format", "a: b", "oil"}, "--format: 'a: b' is none of text, json"},
      {{"--completion", "tcsh"}, "--completion: 'tcsh' is none of bash, zsh, fish"},
      {{"--reverse", "3"}, "unknown option --reverse"},
      {{"oil", "--no\x1b[31m"}, "unknown option --no\\x1b[31m"},
      {{}, "QUERY is required"},
  };
  for (const auto& [arguments, message] : cases)
    EXPECT_EQ(failure_of(arguments), "lede-example: " + message + "\n" + hint);
}

TEST(RunTool, TellsHowToGiveAWordThatBeginsWithADash) {
  const std::string hint =
      "hint: put -- before arguments that begin with - and are no options; see lede-example "
      "--help\n";
  EXPECT_EQ(failure_of({"oil", "-gas"}), "lede-example: unknown option -gas\n" + hint);
  EXPECT_EQ(failure_of({"oil", "-crude"}), "lede-example: unknown option -crude\n" + hint);
  EXPECT_EQ(failure_of({"oil", "-news"}),
            "lede-example: --limit: 'ews' is not a whole number from 1 to 100\n" + hint);
}

TEST(RunTool, NamesTheOptionThatMayHaveBeenMeant) {
  EXPECT_EQ(
      failure_of({"--limt", "3", "oil"}),
      "lede-example: unknown option --limt\nhint: did you mean --limit? lede-example --help\n");
  EXPECT_EQ(failure_of({"--limt=3", "oil"}),
            "lede-example: unknown option --limt=3\n"
            "hint: did you mean --limit? lede-example --help\n");
  EXPECT_EQ(failure_of({"oil", "status", "--jsn"}),
            "lede-example: unknown option --jsn\n"
            "hint: did you mean --json? lede-example status --help\n");
}

TEST(RunTool, LetsTheLastOfSeveralValuesHold) {
  EXPECT_EQ(run({{"oil", "-n", "2", "--limit", "3"}}).status, 0);
  EXPECT_EQ(run({{"oil", "--format", "text", "--format", "json"}}).status, 0);
}

TEST(RunTool, PointsAtTheHelpOfTheSubcommand) {
  EXPECT_EQ(failure_of({"oil", "status", "--reverse"}),
            "lede-example: unknown option --reverse\nhint: lede-example status --help\n");
}

TEST(RunTool, PrintsHelpAndVersionWhateverElseIsMissing) {
  const Outcome help = run({{"--help"}});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.output.find("--limit"), std::string::npos);
  const Outcome asked_for_version = run({{"-V"}});
  EXPECT_EQ(asked_for_version.status, 0);
  EXPECT_EQ(asked_for_version.output, "lede-example " + std::string(version()) + "\n");
  EXPECT_EQ(asked_for_version.messages, "");
}

TEST(RunTool, ListsChoicesInTheHelpUnlessTheyAreDozens) {
  CLI::App app{"An example.", "lede-example"};
  define_common_options(app);
  std::string language;
  const std::vector<std::string> languages{std::string(50, 'a'), std::string(50, 'b')};
  app.add_option("--language", language, "Which")
      ->type_name("NAME")
      ->check(CLI::IsMember(languages));
  EXPECT_NE(app.help().find("--completion SHELL:{bash,zsh,fish}"), std::string::npos);
  EXPECT_NE(app.help().find("--language NAME             Which"), std::string::npos);
}

TEST(RunTool, FoldsHelpAtAHundredColumns) {
  CLI::App app{"An example.", "lede-example"};
  define_common_options(app);
  std::string words;
  for (int i = 0; i < 30; ++i) words += "word ";
  bool is_long = false;
  app.add_flag("--long", is_long, words + std::string(120, 'x'));
  const std::string fourteen = words.substr(0, 5 * 14 - 1);
  const std::string indent = "\n" + std::string(30, ' ');
  EXPECT_NE(app.help().find("  --long                      " + fourteen + indent + fourteen +
                            indent + "word word" + indent + "xxx"),
            std::string::npos)
      << app.help();
}

TEST(RunTool, PrintsACompletionScriptWhateverElseIsMissing) {
  const Outcome outcome = run({{"--completion", "bash"}});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.output.starts_with("# bash completion of lede-example"));
  EXPECT_TRUE(outcome.output.ends_with("lede-example\n"));
}

TEST(RunTool, ReportsAnErrorWithItsHintAndStatus) {
  const Outcome outcome = run({{"oil"}, []() -> ExitStatus {
                                 throw Error("there is no index at x\x1b\ny", "make one,\nas in: x",
                                             ExitStatus::no_index);
                               }});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.messages,
            "lede-example: there is no index at x\\x1b y\nhint: make one,\nas in: x\n");
}

TEST(RunTool, ReportsWhateverIsThrown) {
  const std::vector<std::pair<std::function<ExitStatus()>, std::string>> cases{
      {[]() -> ExitStatus { throw std::bad_alloc(); }, "out of memory"},
      {[]() -> ExitStatus { throw std::runtime_error("odd"); }, "odd"},
      {[]() -> ExitStatus { throw 1; }, "stopped by a failure without a name"},
  };
  for (const auto& [command, message] : cases) {
    const Outcome outcome = run({{"oil"}, command});
    EXPECT_EQ(outcome.status, 5);
    EXPECT_EQ(outcome.messages, "lede-example: " + message + "\n");
  }
}

TEST(RunTool, FailsWhenTheDiskIsFull) {
  const std::string message = "lede-example: cannot write the results: no space left on device\n";
  const auto print = [] {
    std::fputs("result\n", stdout);
    return ExitStatus::success;
  };
  for (const Tool& tool :
       {Tool{{"oil"}, print, "/dev/full"}, Tool{{"--help"}, print, "/dev/full"},
        Tool{{"--version"}, print, "/dev/full"}, Tool{{"--completion=zsh"}, print, "/dev/full"}}) {
    const Outcome outcome = run(tool);
    EXPECT_EQ(outcome.status, 5);
    EXPECT_EQ(outcome.messages, message);
  }
  EXPECT_EQ(run({{"oil"}, [] { return ExitStatus::success; }, "/dev/full"}).status, 0);
}

TEST(RunTool, FailsWhenOutputIsClosedAndSomethingWasWritten) {
  const std::string message = "lede-example: cannot write the results: standard output is closed\n";
  const auto print = [] {
    write_all(stdout, "result\n");
    return ExitStatus::success;
  };
  for (const Tool& tool :
       {Tool{{"oil"}, print, nullptr, true}, Tool{{"--help"}, print, nullptr, true}}) {
    const Outcome outcome = run(tool);
    EXPECT_EQ(outcome.status, 5);
    EXPECT_EQ(outcome.messages, message);
  }
  EXPECT_EQ(run({{"oil"}, [] { return ExitStatus::nothing_found; }, nullptr, true}).status, 1);
}

TEST(RunTool, GivesNoFileTheNumberOfAClosedStream) {
  const auto open_a_file = [] {
    const int file = open("/dev/null", O_WRONLY);
    return file > STDERR_FILENO ? ExitStatus::success : ExitStatus::damaged;
  };
  EXPECT_EQ(run({{"oil"}, open_a_file, nullptr, true}).status, 0);
}

TEST(WholeNumber, TakesDecimalNumbersWithinItsRange) {
  const CLI::Validator check = whole_number(1, 10000);
  for (const char* text : {"1", "42", "10000"}) EXPECT_EQ(check(std::string(text)), "");
  for (const char* text : {"", "0", "10001", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "007",
                           "ten", "99999999999999999999999"})
    EXPECT_EQ(check(std::string(text)),
              "'" + std::string(text) + "' is not a whole number from 1 to 10000");
}

TEST(WholeNumber, TakesZeroWhereItsRangeDoes) {
  const CLI::Validator check = whole_number(0, ~0ULL);
  EXPECT_EQ(check(std::string("0")), "");
  EXPECT_EQ(check(std::string("18446744073709551615")), "");
  EXPECT_EQ(check(std::string("x")), "'x' is not a whole number, 0 or more");
}

TEST(WholeNumber, AddsNothingToTheHelp) {
  EXPECT_EQ(whole_number(1, 10).get_description(), "");
}

}  // namespace
}  // namespace lede
