#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "corpus/article.hpp"
#include "corpus/settings.hpp"
#include "indexer/bulk/run.hpp"
#include "indexer/document.hpp"
#include "indexer/glass/table_writer.hpp"
#include "indexer/glass/version_file.hpp"

namespace lede {

/// How a bulk build uses the machine.
struct BulkLimits {
  unsigned jobs = 1;                             // threads that analyse
  std::size_t run_bytes = std::size_t{8} << 20;  // of articles, inverted at a time
};

/// Builds a new index in one go: articles are inverted in memory in runs of neighbouring docids,
/// runs are merged by term, and every table is written front to back, each block once. Nothing is a
/// database before finish() has ended.
class BulkBuild {
 public:
  /// `folder` exists and is empty.
  BulkBuild(std::string folder, const IndexSettings& settings, const BulkLimits& limits);
  /// Stops what is going on; without finish() the folder holds no database.
  ~BulkBuild();
  BulkBuild(const BulkBuild&) = delete;
  BulkBuild& operator=(const BulkBuild&) = delete;

  /// The article's docid is the number of articles so far. Waits while enough work is waiting.
  /// Throws what has failed in the meantime.
  void add(Article article);

  std::uint32_t article_count() const { return article_count_; }

  /// The memory that inverted articles take until finish().
  std::size_t inverted_bytes() const { return inverted_bytes_; }

  /// Writes the tables and then the file that makes them a database, all of it to the disk.
  /// `metadata`: entries by name, beside those of the settings.
  void finish(const std::map<std::string, std::string>& metadata = {});

 private:
  struct Batch {
    std::uint32_t number = 0;  // in the order of docids
    std::uint32_t first_docid = 0;
    std::size_t bytes = 0;
    std::vector<Article> articles;
  };
  /// What is appended to the tables of documents, in the order of docids.
  struct Entry {
    std::string tag;
    bool is_deflated = false;
  };
  struct Inverted {
    Run run;
    std::vector<Entry> stored;
    std::vector<Entry> termlists;
    std::vector<std::vector<std::pair<Slot, std::string>>> values;
  };
  class Worker;

  void hand_over();
  void work();
  void append(Inverted&& inverted);
  void put_in_order(std::uint32_t number, Inverted&& inverted);
  void fail(std::exception_ptr error);
  void throw_failure();
  void stop_workers();
  glass::TableRoot write_postlist(const std::map<std::string, std::string>& metadata);
  glass::TableRoot write_positions();
  void write_values(glass::TableWriter& table);
  void write_lengths(glass::TableWriter& table);
  std::string path_of(glass::Table table) const;

  std::string folder_;
  IndexSettings settings_;
  BulkLimits limits_;
  std::uint32_t article_count_ = 0;
  Batch open_batch_;
  std::uint32_t batch_count_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  bool is_complete_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> workers_;

  // Guarded by order_mutex_.
  std::mutex order_mutex_;
  std::map<std::uint32_t, Inverted> finished_;  // by number, waiting for those before them
  std::uint32_t next_number_ = 0;
  std::uint32_t next_docid_ = 1;
  glass::TableWriter docdata_;
  glass::TableWriter termlist_;
  std::vector<Run> runs_;
  std::atomic<std::size_t> inverted_bytes_ = 0;
  std::map<Slot, std::vector<std::pair<std::uint32_t, std::string>>> values_;
  glass::VersionFile version_;
};

}  // namespace lede
