#include "indexer/bulk/run_store.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {

RunStore::RunStore(std::string folder, std::size_t memory_bytes)
    : folder_(std::move(folder)), memory_bytes_(memory_bytes) {}

RunStore::~RunStore() {
  if (file_ >= 0) ::close(file_);
}

void RunStore::add(Run run) {
  Stored stored{run.first_docid, {}, 0, run.bytes.size(), std::move(run.marks)};
  size_bytes_ += stored.size;
  if (kept_bytes_ + run.bytes.size() <= memory_bytes_) {
    run.bytes.shrink_to_fit();
    stored.bytes = std::move(run.bytes);
    kept_bytes_ += stored.bytes.size();
  } else {
    stored.file_offset = write(run.bytes);
  }
  runs_.push_back(std::move(stored));
}

std::uint64_t RunStore::write(std::string_view bytes) {
  if (file_ < 0) open_file();
  const std::uint64_t begin = file_size_;
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    bytes.remove_prefix(static_cast<std::size_t>(count));
    file_size_ += static_cast<std::uint64_t>(count);
  }
  return begin;
}

/// O_TMPFILE, or where the file system has none a name that is gone at once.
void RunStore::open_file() {
  file_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_ >= 0) return;
  std::string name = folder_ + "/runs.XXXXXX";
  file_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) fail();
  ::unlink(name.c_str());
}

void RunStore::fail() const {
  throw Error(fmt::format("cannot write a temporary file in {}: {}", folder_,
                          ascii_lower(std::strerror(errno))),
              "make room there, or give more --memory", ExitStatus::resources);
}

RunWindow::RunWindow(const RunStore& store, std::size_t run, std::size_t buffer_bytes)
    : store_(store), run_(store.runs_[run]), buffer_bytes_(buffer_bytes) {}

std::string_view RunWindow::at(std::uint64_t offset, std::size_t bytes) {
  if (!run_.bytes.empty()) return std::string_view(run_.bytes).substr(offset);
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, run_.size - offset));
  const bool is_there =
      offset >= buffer_offset_ && offset + wanted <= buffer_offset_ + buffer_.size();
  if (!is_there) {
    buffer_.resize(static_cast<std::size_t>(
        std::min<std::uint64_t>(std::max(wanted, buffer_bytes_), run_.size - offset)));
    buffer_offset_ = offset;
    for (std::size_t done = 0; done < buffer_.size();) {
      const ssize_t count = ::pread(store_.file_, buffer_.data() + done, buffer_.size() - done,
                                    static_cast<off_t>(run_.file_offset + buffer_offset_ + done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0)
        throw Error(fmt::format("cannot read a temporary file in {}: {}", store_.folder_,
                                ascii_lower(std::strerror(errno))),
                    {}, ExitStatus::resources);
      done += static_cast<std::size_t>(count);
    }
  }
  return std::string_view(buffer_).substr(static_cast<std::size_t>(offset - buffer_offset_));
}

}  // namespace lede
