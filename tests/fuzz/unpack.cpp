// Any bytes as a file that may be packed, in whatever is packed in it: no crash, no undefined
// behaviour, bounded time and memory.

#include <cstdint>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include "corpus/readers/read_articles.hpp"

namespace {

lede::ReadOptions small_limits() {
  lede::ReadOptions options;
  options.limits.record_bytes = 1 << 16;
  options.limits.member_bytes = 1 << 18;
  options.limits.members = 200;
  options.limits.total_bytes = 1 << 20;
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lede::ReadOptions options = small_limits();
  const int file = ::memfd_create("packed", MFD_CLOEXEC);
  if (::write(file, data, size) == static_cast<ssize_t>(size)) {
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    lede::read_articles(path, options, [](const lede::ReadResult&) { return true; });
  }
  ::close(file);
  return 0;
}
