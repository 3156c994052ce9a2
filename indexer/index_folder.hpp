#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace lede {

/// Makes the folders above `path`. Throws Error: no_index where there is a folder of other files,
/// among which Xapian would put a database; resources.
void prepare_index_folder(const std::string& path);

/// Is there nothing at `path`, or only an empty folder, or what a bulk build left that was ended?
bool has_no_index(const std::string& path);

/// Takes away what a bulk build left.
void clear_unfinished_build(const std::string& path);

/// Tries again and again, at least once, until `attempt` returns true or so much time is over.
bool wait_for(std::chrono::seconds time, const std::function<bool()>& attempt);

/// The lock that Xapian's writers take, held as long as this lives.
class WriterLock {
 public:
  /// Throws Error (locked) when another writer has it all the time.
  WriterLock(const std::string& path, std::chrono::seconds wait);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  int file_;
};

}  // namespace lede
