#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/bulk/run.hpp"

namespace lede {

/// The runs of a build, in the order of their docids: in memory up to a limit, those beyond it in
/// one temporary file that has no name, so that nothing is left of it whatever ends the process.
class RunStore {
 public:
  /// The temporary file lies in `folder`. `memory_bytes` is what the runs may take.
  RunStore(std::string folder, std::size_t memory_bytes);
  ~RunStore();
  RunStore(const RunStore&) = delete;
  RunStore& operator=(const RunStore&) = delete;

  /// Throws Error (resources) when the temporary file cannot be written.
  void add(Run run);

  std::size_t count() const { return runs_.size(); }
  /// Bytes of all runs.
  std::uint64_t size_bytes() const { return size_bytes_; }
  std::uint64_t size_bytes(std::size_t run) const { return runs_[run].size; }
  std::uint32_t first_docid(std::size_t run) const { return runs_[run].first_docid; }
  const std::vector<RunMark>& marks(std::size_t run) const { return runs_[run].marks; }

 private:
  friend class RunWindow;

  struct Stored {
    std::uint32_t first_docid;
    std::string bytes;  // empty when they are in the file
    std::uint64_t file_offset;
    std::uint64_t size;
    std::vector<RunMark> marks;
  };

  std::uint64_t write(std::string_view bytes);
  void open_file();
  [[noreturn]] void fail() const;

  std::string folder_;
  std::size_t memory_bytes_;
  std::size_t kept_bytes_ = 0;
  std::uint64_t size_bytes_ = 0;
  int file_ = -1;
  std::uint64_t file_size_ = 0;
  std::vector<Stored> runs_;
};

/// Shows the bytes of one run, wherever they are. For one thread; several can show the same run.
class RunWindow {
 public:
  /// Of a run in the file it reads so many bytes at a time.
  RunWindow(const RunStore& store, std::size_t run, std::size_t buffer_bytes);

  /// At least `bytes` bytes from `offset` on, fewer at the run's end. Valid until the next call.
  std::string_view at(std::uint64_t offset, std::size_t bytes);

 private:
  const RunStore& store_;
  const RunStore::Stored& run_;
  std::size_t buffer_bytes_;
  std::string buffer_;
  std::uint64_t buffer_offset_ = 0;
};

}  // namespace lede
