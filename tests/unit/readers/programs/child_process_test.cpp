#include "corpus/readers/programs/child_process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

using End = ChildResult::End;

ChildCommand shell(const std::string& script) {
  ChildCommand command;
  command.program = "/bin/sh";
  command.arguments = {"-c", script};
  command.limits.seconds = 20;
  return command;
}

ChildResult run(const std::string& script) {
  return run_child(shell(script));
}

bool runs_now(const std::string& pid) {
  std::ifstream status("/proc/" + pid + "/stat");
  std::string number, name, state;
  return static_cast<bool>(status >> number >> name >> state) && state != "Z";
}

/// Does a process of that number go on running? A zombie does not, and being killed takes a moment.
bool is_running(const std::string& pid) {
  for (int round = 0; round < 500 && runs_now(pid); ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return runs_now(pid);
}

TEST(RunChild, GivesWhatItPrintsAndHowItEnds) {
  const ChildResult result = run("echo out; echo >&2; echo ' first ' >&2; echo second >&2; exit 3");
  EXPECT_EQ(result.end, End::exited);
  EXPECT_EQ(result.number, 3);
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.complaint, "first");
  EXPECT_FALSE(result.is_success());
  EXPECT_EQ(describe_failure("it", result, {}), "it failed with status 3: first");
  EXPECT_TRUE(run("true").is_success());
}

TEST(RunChild, TakesBothPipesAtOnce) {
  const ChildResult result = run(
      "head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2");
  EXPECT_TRUE(result.is_success());
  EXPECT_EQ(result.output.size(), 3'000'000U);
}

TEST(RunChild, GivesItTheInputAndNoOtherDescriptor) {
  const Descriptor other(::open("/dev/null", O_RDONLY));  // without O_CLOEXEC
  const Descriptor file = memory_file("the bytes");
  ChildCommand command = shell("cat; cat /dev/fd/3; ls /proc/self/fd | tr '\\n' ' '");
  command.input = file.number();
  // 0 to 3, and the one that ls reads the folder with
  EXPECT_EQ(run_child(command).output, "the bytesthe bytes0 1 2 3 4 ");
  EXPECT_EQ(run("cat; ls /proc/self/fd | tr '\\n' ' '").output, "0 1 2 3 ");
}

TEST(RunChild, GivesItAPlainEnvironment) {
  ::setenv("LEDE_SECRET", "x", 1);
  const std::string variables = run("env").output;
  ::unsetenv("LEDE_SECRET");
  EXPECT_EQ(variables.find("LEDE_SECRET"), std::string::npos);
  EXPECT_NE(variables.find("LC_ALL=C.UTF-8"), std::string::npos);
  EXPECT_NE(variables.find("PATH="), std::string::npos);
}

TEST(RunChild, GivesItSignalsAsNew) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  sigset_t all;
  sigset_t mask;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &mask);
  const ChildResult result = run("grep -E 'Sig(Blk|Ign)' /proc/self/status | tr -d '0\\n\\t'");
  pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  std::signal(SIGPIPE, before);
  EXPECT_EQ(result.output, "SigBlk:SigIgn:");
}

TEST(RunChild, EndsWhatTakesTooLong) {
  ChildCommand command = shell("sleep 30");
  command.limits.seconds = 1;
  const ChildResult result = run_child(command);
  EXPECT_EQ(result.end, End::too_slow);
  EXPECT_EQ(describe_failure("it", result, command.limits), "it took longer than 1 seconds");
}

TEST(RunChild, EndsAllThatItHasStarted) {
  const TemporaryFolder folder;
  const std::string note = folder.path("pid");
  ChildCommand command = shell("sh -c 'echo $$ > " + note + "; exec sleep 30' & wait");
  command.limits.seconds = 1;
  command.limits.file_bytes = 100;
  EXPECT_EQ(run_child(command).end, End::too_slow);
  std::string pid;
  std::ifstream(note) >> pid;
  ASSERT_FALSE(pid.empty());
  EXPECT_FALSE(is_running(pid));
}

TEST(RunChild, DoesNotWaitForWhatItLeavesBehind) {
  const auto started = std::chrono::steady_clock::now();
  const ChildResult result = run("sleep 30 & echo done $!");
  EXPECT_TRUE(result.is_success());
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10));
  ASSERT_TRUE(result.output.starts_with("done "));
  EXPECT_FALSE(is_running(std::string(result.output, 5, result.output.size() - 6)));
}

TEST(RunChild, EndsWhatPrintsForever) {
  ChildCommand command = shell("yes");
  command.limits.output_bytes = 1000;
  const ChildResult result = run_child(command);
  EXPECT_EQ(result.end, End::too_much_output);
  EXPECT_EQ(describe_failure("it", result, command.limits), "it wrote more than 1000 bytes");
  ChildCommand complaints = shell("yes >&2");
  complaints.limits.seconds = 1;
  EXPECT_EQ(run_child(complaints).end, End::too_slow);
}

TEST(RunChild, EndsWhatTakesMemoryWithoutEnd) {
  ChildCommand command = shell("tail /dev/zero");
  command.limits.memory_bytes = std::uint64_t{512} << 20;
  const ChildResult result = run_child(command);
  EXPECT_FALSE(result.is_success());
  EXPECT_NE(describe_failure("it", result, command.limits).find("512 MiB"), std::string::npos);
}

TEST(RunChild, LetsItWriteNoFile) {
  const TemporaryFolder folder;
  EXPECT_FALSE(run("echo x > " + folder.path("a")).is_success());
}

TEST(RunChild, SaysWhichSignalEndedIt) {
  const ChildResult result = run("kill -SEGV $$");
  EXPECT_EQ(result.end, End::signalled);
  EXPECT_EQ(describe_failure("it", result, {}), "it was ended by signal 11 (segmentation fault)");
}

TEST(RunChild, SaysThatItCannotStart) {
  ChildCommand command;
  command.program = "/nowhere/at-all";
  const ChildResult result = run_child(command);
  EXPECT_EQ(result.end, End::not_started);
  EXPECT_EQ(describe_failure("it", result, {}), "it cannot be started: no such file or directory");
}

TEST(RunChild, StopsWhenAskedTo) {
  int asked = 0;
  ChildCommand command = shell("sleep 30");
  command.is_stopped = [&] { return ++asked > 2; };
  EXPECT_EQ(run_child(command).end, End::stopped);
}

TEST(RunChild, LeavesNoZombieAndNoDescriptor) {
  const auto count = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  };
  const auto before = count();
  for (int round = 0; round < 20; ++round) run("echo x; exit 1");
  EXPECT_EQ(count(), before);
  errno = 0;
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(RunChild, WorksFromManyThreads) {
  std::vector<std::thread> threads;
  std::array<std::string, 8> outputs;
  for (std::size_t at = 0; at < outputs.size(); ++at) {
    threads.emplace_back(
        [&outputs, at] { outputs[at] = run("echo " + std::to_string(at)).output; });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t at = 0; at < outputs.size(); ++at) {
    EXPECT_EQ(outputs[at], std::to_string(at) + "\n");
  }
}

TEST(FindProgram, LooksInAbsoluteFoldersOnly) {
  EXPECT_TRUE(find_program("sh").has_value());
  EXPECT_FALSE(find_program("no-such-program-anywhere").has_value());
  const TemporaryFolder folder;
  folder.write("mine", "#!/bin/sh\n");
  std::filesystem::permissions(folder.path("mine"), std::filesystem::perms::owner_all);
  const char* const known = std::getenv("PATH");
  ASSERT_NE(known, nullptr);
  const std::string path = known;
  const auto place = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  ::setenv("PATH", ".::", 1);
  EXPECT_FALSE(find_program("mine").has_value());
  ::setenv("PATH", folder.path().c_str(), 1);
  EXPECT_EQ(find_program("mine"), folder.path("mine"));
  ::setenv("PATH", path.c_str(), 1);
  std::filesystem::current_path(place);
}

TEST(DescriptorOf, GivesTheWholeOfAFileWhateverHasBeenRead) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a", std::string(200'000, 'x'));
  Input file(open_file(path));
  file.peek(4096);
  Input bytes(from_memory("bytes"));
  bytes.peek(2);
  ChildCommand command = shell("cat | wc -c");
  const auto of_file = descriptor_of(file, 10);
  ASSERT_TRUE(of_file);
  command.input = of_file->number();
  EXPECT_EQ(run_child(command).output, "200000\n");
  const auto of_bytes = descriptor_of(bytes, 10);
  ASSERT_TRUE(of_bytes);
  command.input = of_bytes->number();
  EXPECT_EQ(run_child(command).output, "5\n");
  Input longer(from_memory("more than ten bytes"));
  EXPECT_FALSE(descriptor_of(longer, 10));
}

}  // namespace
}  // namespace lede
