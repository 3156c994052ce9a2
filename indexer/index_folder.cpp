#include "indexer/index_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockFile = "flintlock";

bool holds_database(const fs::path& path) {
  return fs::exists(path / "iamglass") || fs::is_regular_file(path);  // a file: a stub
}

/// What stands in the folder of a build before the file that makes it a database.
bool is_of_build(const fs::path& file) {
  return file.extension() == ".glass" || file.filename() == "v.tmp" || file.filename() == kLockFile;
}

bool holds_only_a_build(const fs::path& path) {
  std::error_code error;
  const fs::directory_iterator files(path, error);
  return !error && std::all_of(begin(files), end(files), [](const fs::directory_entry& file) {
    return is_of_build(file.path());
  });
}

[[noreturn]] void fail(const std::string& what, const std::string& why) {
  throw Error(fmt::format("{}: {}", what, why), "name another place with --db DIR",
              ExitStatus::resources);
}

}  // namespace

void prepare_index_folder(const std::string& path) {
  std::error_code error;
  if (fs::exists(path, error) && !holds_database(path) && !holds_only_a_build(path))
    throw Error(fmt::format("{} is a folder of other files, not an index", path),
                "name a new or empty folder with --db DIR", ExitStatus::no_index);
  const fs::path parent = fs::absolute(path).parent_path();
  fs::create_directories(parent, error);
  if (error) fail(fmt::format("cannot make the folder {}", parent.string()), error.message());
}

bool has_no_index(const std::string& path) {
  std::error_code error;
  return !fs::exists(path, error) || (fs::is_directory(path, error) && holds_only_a_build(path));
}

void clear_unfinished_build(const std::string& path) {
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(path, error))
    if (is_of_build(file.path()) && file.path().filename() != kLockFile)
      fs::remove(file.path(), error);
}

bool wait_for(std::chrono::seconds time, const std::function<bool()>& attempt) {
  constexpr std::chrono::milliseconds kPause{100};
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (!attempt()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

WriterLock::WriterLock(const std::string& path, std::chrono::seconds wait)
    : file_(::open((fs::path(path) / kLockFile).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) {
  if (file_ < 0) fail(fmt::format("cannot write into {}", path), ascii_lower(std::strerror(errno)));
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_len = 1;
  if (wait_for(wait, [&] { return ::fcntl(file_, F_OFD_SETLK, &lock) == 0; })) return;
  ::close(file_);
  throw locked_error(path);
}

WriterLock::~WriterLock() {
  ::close(file_);
}

}  // namespace lede
