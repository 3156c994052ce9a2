#include "indexer/file_stamp.hpp"

#include <chrono>
#include <thread>

namespace lede {
namespace {

/// The kernel's clock for file times goes on by 1 to 10 ms at a time.
constexpr std::chrono::milliseconds kTick{20};

bool is_just_written(const FileStamp& stamp) {
  const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
  const std::chrono::nanoseconds age = now - std::chrono::nanoseconds(stamp.mtime_ns);
  return age >= std::chrono::nanoseconds(0) && age < kTick;
}

}  // namespace

FileStamp stamp_of(const struct stat& status) {
  constexpr std::uint64_t kNanoseconds = 1'000'000'000;
  const std::uint64_t seconds = static_cast<std::uint64_t>(status.st_mtim.tv_sec) * kNanoseconds;
  return {static_cast<std::uint64_t>(status.st_size),
          static_cast<std::int64_t>(seconds + static_cast<std::uint64_t>(status.st_mtim.tv_nsec)),
          status.st_ino};
}

std::optional<FileStamp> stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return stamp_of(status);
}

std::optional<FileStamp> settled_stamp_of(const std::string& path) {
  const std::optional<FileStamp> stamp = stamp_of(path);
  if (!stamp || !is_just_written(*stamp)) return stamp;
  std::this_thread::sleep_for(kTick);
  return stamp_of(path);
}

}  // namespace lede
