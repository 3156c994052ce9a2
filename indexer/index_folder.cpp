#include "indexer/index_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/settings.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockFile = "lede.lock";      // never deleted: two would hold it then
constexpr const char* kNextStub = "XAPIANDB.next";  // until it is renamed
constexpr const char* kXapianLock = "flintlock";

std::string reason_of(int error) {
  return ascii_lower(std::strerror(error));
}

[[noreturn]] void fail(const std::string& what, const std::string& why) {
  throw Error(fmt::format("{}: {}", what, why), "check the disk and the permissions of that folder",
              ExitStatus::resources);
}

/// The number in a build's name; 0 for any other name.
std::uint64_t build_number(const std::string& name) {
  std::uint64_t number = 0;
  const std::size_t dash = std::min(name.find('-'), name.size() - 1);
  std::from_chars(name.data() + dash + 1, name.data() + name.size(), number);
  return name == build_name(number) ? number : 0;
}

std::vector<std::uint64_t> builds_in(const fs::path& folder) {
  std::vector<std::uint64_t> builds;
  for (const fs::directory_entry& file : fs::directory_iterator(folder))
    if (const std::uint64_t number = build_number(file.path().filename()); number != 0)
      builds.push_back(number);
  return builds;
}

bool is_of_lede(const std::string& name) {
  return name == kStubFile || name == kNextStub || name == kLockFile || build_number(name) != 0;
}

bool holds_only_ledes(const fs::path& folder) {
  std::error_code error;
  const fs::directory_iterator files(folder, error);
  return !error && std::all_of(begin(files), end(files), [](const fs::directory_entry& file) {
    return is_of_lede(file.path().filename());
  });
}

/// An older lede's database says so itself, and so does one that is not lede's.
[[noreturn]] void refuse_plain_database(const std::string& path) {
  const Xapian::Database index = open_index(path);
  with_index(path, [&] { read_settings(index, path); });
  throw Error(
      fmt::format("the database at {} does not lie in a folder as lede-index makes it", path),
      "index the articles again into a new folder: lede-index --db DIR ARTICLES",
      ExitStatus::no_index);
}

/// Makes what stands in a file or a folder last.
void sync(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const int error = file >= 0 && ::fsync(file) == 0 ? 0 : errno;
  if (file >= 0) ::close(file);
  if (error != 0) fail(fmt::format("cannot write {}", path.string()), reason_of(error));
}

void sync_all_of(const fs::path& folder) {
  for (const fs::directory_entry& file : fs::directory_iterator(folder)) sync(file.path());
  sync(folder);
}

void write_file(const fs::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const bool is_written = file >= 0 && ::write(file, text.data(), text.size()) == std::ssize(text);
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!is_written) fail(fmt::format("cannot write {}", path.string()), reason_of(error));
}

/// libxapian opens this table last and cannot do without: whoever is opening the build while it
/// goes has all of it, or sees that it is gone.
constexpr const char* kLastOpened = "postlist.glass";

void remove_build(const fs::path& folder) {
  std::error_code error;
  fs::remove(folder / kLastOpened, error);
  fs::remove_all(folder, error);
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::create_directories(folder, error) && error)
    fail(fmt::format("cannot make the folder {}", folder.string()), error.message());
}

}  // namespace

void refuse_what_is_no_index(const std::string& path) {
  std::error_code error;
  const fs::file_status found = fs::status(path, error);
  if (!fs::exists(found)) return;
  if (fs::exists(fs::path(path) / "iamglass", error)) refuse_plain_database(path);
  const bool is_index =
      fs::is_directory(found) && (read_stub(path).build != 0 || holds_only_ledes(path));
  if (is_index) return;
  throw Error(fmt::format("{} is a {}, not an index", path,
                          fs::is_directory(found) ? "folder of other files" : "file"),
              "name a new or empty folder with --db DIR", ExitStatus::no_index);
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

FileLock::FileLock(const std::string& file, const std::string& index, std::chrono::seconds wait)
    : file_(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) {
  if (file_ < 0) fail(fmt::format("cannot write into {}", index), reason_of(errno));
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_len = 1;
  if (wait_for(wait, [&] { return ::fcntl(file_, F_OFD_SETLK, &lock) == 0; })) return;
  ::close(file_);
  throw locked_error(index);
}

FileLock::~FileLock() {
  ::close(file_);
}

IndexFolder::IndexFolder(std::string path, std::chrono::seconds lock_wait)
    : path_(std::move(path)), lock_wait_(lock_wait) {
  refuse_what_is_no_index(path_);
  make_folder(path_);
  lock_.emplace((fs::path(path_) / kLockFile).string(), path_, lock_wait_);
  published_ = highest_ = read_stub(path_).build;
  remove_builds_but(published_);
}

IndexFolder::~IndexFolder() {
  remove_part();
  if (begun_ != 0) remove_build(path_of(begun_));
}

std::string IndexFolder::path_of(std::uint64_t build) const {
  return (fs::path(path_) / build_name(build)).string();
}

bool IndexFolder::holds_build() const {
  std::error_code error;
  return fs::is_directory(path_of(published_), error);
}

std::string IndexFolder::tables() const {
  return path_of(begun_ != 0 ? begun_ : published_);
}

void IndexFolder::keep_others_out() {
  if (!holds_build()) open_index(path_);  // says what is missing
  const fs::path file = fs::path(path_of(published_)) / kXapianLock;
  if (!foreign_lock_) foreign_lock_.emplace(file.string(), path_, lock_wait_);
}

void IndexFolder::begin_build(OtherWriters others) {
  if (others == OtherWriters::come && has_index() && holds_build()) keep_others_out();
  make_folder(path_of(highest_ + 1));
  begun_ = ++highest_;
}

std::string IndexFolder::make_part() {
  make_folder(path_of(highest_ + 1));
  part_ = ++highest_;
  return path_of(part_);
}

void IndexFolder::remove_part() {
  if (part_ != 0) remove_build(path_of(std::exchange(part_, 0)));
}

void IndexFolder::publish() {
  if (begun_ == 0) return;
  const fs::path next = fs::path(path_) / kNextStub;
  sync_all_of(path_of(begun_));
  write_file(next, stub_line(begun_));
  sync(next);
  if (std::rename(next.c_str(), (fs::path(path_) / kStubFile).c_str()) != 0)
    fail(fmt::format("cannot publish the index at {}", path_), reason_of(errno));
  published_ = std::exchange(begun_, 0);
  sync(path_);
  remove_builds_but(published_);
  foreign_lock_.reset();
}

void IndexFolder::remove_builds_but(std::uint64_t build) {
  for (const std::uint64_t number : builds_in(path_)) {
    highest_ = std::max(highest_, number);
    if (number != build) remove_build(path_of(number));
  }
}

std::unique_ptr<IndexFolder> hold_index(const std::string& path, std::chrono::seconds lock_wait) {
  if (read_stub(path).build == 0) open_index(path);  // says what is missing
  return std::make_unique<IndexFolder>(path, lock_wait);
}

std::uint64_t size_of_index(const std::string& path) {
  std::error_code error;
  std::uint64_t bytes = 0;
  for (fs::recursive_directory_iterator file(path, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code is_gone;
    const std::uintmax_t size = file->is_regular_file(is_gone) ? file->file_size(is_gone) : 0;
    if (!is_gone) bytes += size;
  }
  return bytes;
}

}  // namespace lede
