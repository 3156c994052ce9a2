#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "corpus/article.hpp"
#include "corpus/settings.hpp"
#include "corpus/sorted_words.hpp"
#include "indexer/bulk/batch_tables.hpp"
#include "indexer/bulk/inverter.hpp"
#include "indexer/bulk/run_store.hpp"
#include "indexer/glass/table_writer.hpp"
#include "indexer/glass/version_file.hpp"

namespace lede {

/// How a bulk build uses the machine.
struct BulkLimits {
  unsigned jobs = 1;                                  // threads that analyse, and that merge
  std::size_t memory_bytes = std::size_t{256} << 20;  // of the whole process, roughly
};

/// An index that a build becomes a part of. Its settings are those of the build: also that it has
/// no dictionary, for a document does not say which one it was packed with.
struct BulkPart {
  std::uint32_t last_docid = 0;  ///< of the index; those of the part come behind it
};

/// Builds a new index in one go: articles are inverted in memory in runs of neighbouring docids,
/// runs are merged by term, and every table is written front to back, each block once. Nothing is a
/// database before finish() has ended.
class BulkBuild {
 public:
  /// `folder` exists and is empty. Where the settings of a whole index have no dictionary, one is
  /// learned from the first articles.
  BulkBuild(std::string folder, const IndexSettings& settings, const BulkLimits& limits,
            std::optional<BulkPart> part = std::nullopt);
  /// Stops what is going on; without finish() the folder holds no database.
  ~BulkBuild();
  BulkBuild(const BulkBuild&) = delete;
  BulkBuild& operator=(const BulkBuild&) = delete;

  /// Docids are in the order of articles, without gaps. Waits while enough work is waiting.
  /// Throws what has failed in the meantime.
  void add(Article article);

  std::uint32_t article_count() const { return article_count_; }
  std::uint32_t first_docid() const { return part_ ? part_->last_docid + 1 : 1; }

  /// Writes the tables and then the file that makes them a database, all of it to the disk. Beside
  /// its lexicon and the settings, which a part is without, the index gets this metadata, by name.
  void finish(const std::map<std::string, std::string>& metadata = {});

 private:
  struct Batch {
    std::uint32_t number = 0;  // in the order of docids
    std::uint32_t first_docid = 0;
    std::size_t bytes = 0;
    std::deque<Article> articles;  // which are not moved when more come
  };
  class Worker;

  void start();
  void hand_over();
  void work();
  void append(BatchTables&& tables);
  void append_document(const BatchTables& tables, std::size_t at);
  void put_in_order(std::uint32_t number, BatchTables&& tables);
  void add_words(SortedWords words);
  void fail(std::exception_ptr error);
  void throw_failure();
  void stop_workers();
  void write_front(glass::TableWriter& postlist,
                   const std::map<std::string, std::string>& metadata);
  void write_lengths(glass::TableWriter& postlist);
  std::string path_of(glass::Table table) const;
  glass::TableRoot& root_of(glass::Table table) {
    return version_.roots[static_cast<std::size_t>(table)];
  }

  std::string folder_;
  IndexSettings settings_;
  BulkLimits limits_;
  std::optional<BulkPart> part_;
  std::uint32_t article_count_ = 0;
  Batch open_batch_;
  std::uint32_t batch_count_ = 0;
  std::uint64_t bytes_ = 0;  // of articles, in the batches before the open one

  std::shared_future<std::string> dictionary_;  // being learned; without a state before start()
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  bool is_complete_ = false;
  std::exception_ptr failure_;
  SortedWords words_;  // of workers that have ended
  std::vector<std::thread> workers_;

  // Guarded by order_mutex_.
  std::mutex order_mutex_;
  std::map<std::uint32_t, BatchTables> finished_;  // by number, waiting for those before them
  std::uint32_t next_number_ = 0;
  std::uint32_t next_docid_;
  glass::TableWriter docdata_;
  glass::TableWriter termlist_;
  RunStore runs_;
  std::vector<std::uint32_t> lengths_;  // of documents
  SlotValues values_;
  glass::VersionFile version_;
};

}  // namespace lede
