#include "indexer/bulk/merge_tables.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "indexer/bulk/merge.hpp"
#include "indexer/glass/encoding.hpp"
#include "indexer/glass/posting_list.hpp"

namespace lede {
namespace {

/// Of leaves: a thread whose turn it is hands over so many at a time.
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

/// One whose turn it is not waits with more than this of them.
std::size_t most_waiting_bytes(const MergeLimits& limits) {
  return limits.memory_bytes / 2;
}

/// Of the runs, in one range. Its leaves take some four times as much, as keys are written out in
/// them, and should not have to wait. To find the beginning of a range in a run takes a while, too.
std::uint64_t range_bytes(const RunStore& runs, const MergeLimits& limits, unsigned jobs) {
  constexpr std::uint64_t kOfEachRun = std::uint64_t{16} << 10;
  const std::uint64_t wanted =
      std::max<std::uint64_t>(limits.memory_bytes / 8, runs.count() * kOfEachRun);
  return std::min(wanted, runs.size_bytes() / (std::uint64_t{jobs} * 4) + 1);
}

/// The two tables, to which ranges are appended in their order, by whatever thread.
class OrderedTables {
 public:
  OrderedTables(glass::TableWriter& postlist, glass::TableWriter& positions)
      : postlist_(postlist), positions_(positions) {}

  /// Is the range the first that is not finished?
  bool is_turn(std::size_t range) const { return turn_ == range; }

  /// Waits for the range's turn. Throws what has failed in the meantime.
  void wait_for_turn(std::size_t range) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return turn_ == range || failure_ != nullptr; });
    if (failure_ != nullptr) std::rethrow_exception(failure_);
  }

  /// By the thread whose turn it is.
  void append(const glass::Leaves& postlist, const glass::Leaves& positions) {
    postlist_.append(postlist);
    positions_.append(positions);
  }

  void end_turn() {
    const std::lock_guard lock(mutex_);
    ++turn_;
    changed_.notify_all();
  }

  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (failure_ == nullptr) failure_ = std::move(error);
    changed_.notify_all();
  }
  void throw_failure() const {
    if (failure_ != nullptr) std::rethrow_exception(failure_);
  }

 private:
  glass::TableWriter& postlist_;
  glass::TableWriter& positions_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<std::size_t> turn_ = 0;
  std::exception_ptr failure_;
};

/// Merges one range of terms.
class RangeMerge {
 public:
  RangeMerge(std::size_t number, OrderedTables& tables, std::size_t block_bytes,
             std::size_t most_waiting)
      : number_(number),
        tables_(tables),
        most_waiting_(most_waiting),
        postlist_(block_bytes),
        positions_(block_bytes) {}

  void run(TermMerge& terms) {
    while (terms.next()) {
      begin_term(terms);
      for (RunCursor* part : terms.parts()) add_postings(*part);
      list_.finish();
    }
    tables_.wait_for_turn(number_);
    tables_.append(postlist_.take_all(), positions_.take_all());
    tables_.end_turn();
  }

 private:
  void begin_term(const TermMerge& terms) {
    glass::PostingCounts counts;
    for (const RunCursor* part : terms.parts()) {
      counts.articles += part->about().articles;
      counts.occurrences += part->about().occurrences;
    }
    key_.clear();
    glass::append_sortable(key_, terms.term());
    later_key_.assign(key_) += glass::kStringEnd;
    position_key_.assign(later_key_);
    list_.start(key_, later_key_, counts);
  }

  void add_postings(RunCursor& part) {
    const std::size_t term_bytes = later_key_.size();
    PostingReader postings(part.postings(), part.first_docid());
    while (postings.next()) {
      list_.add(postings.docid(), postings.wdf());
      if (postings.positions().empty()) continue;
      position_key_.resize(term_bytes);
      glass::append_sortable_int(position_key_, postings.docid());
      positions_.add(position_key_, postings.positions());
    }
    hand_over();
  }

  void hand_over() {
    const std::size_t bytes = postlist_.full_bytes() + positions_.full_bytes();
    if (bytes < kPieceBytes) return;
    if (bytes > most_waiting_) tables_.wait_for_turn(number_);
    if (tables_.is_turn(number_)) tables_.append(postlist_.take_full(), positions_.take_full());
  }

  std::size_t number_;
  OrderedTables& tables_;
  std::size_t most_waiting_;
  glass::LeafPacker postlist_;
  glass::LeafPacker positions_;
  glass::PostingListWriter list_{postlist_, glass::kPostingChunkBytes};
  std::string key_;
  std::string later_key_;
  std::string position_key_;
};

}  // namespace

void merge_tables(const RunStore& runs, glass::TableWriter& postlist, glass::TableWriter& positions,
                  const MergeLimits& limits) {
  const unsigned jobs = std::max(limits.jobs, 1U);
  const std::vector<TermRange> ranges = cut_terms(runs, range_bytes(runs, limits, jobs));
  OrderedTables tables(postlist, positions);
  std::atomic<std::size_t> next_range = 0;
  const auto work = [&] {
    try {
      for (std::size_t at = next_range++; at < ranges.size(); at = next_range++) {
        TermMerge terms(runs, ranges[at], limits.memory_bytes / 4);
        RangeMerge(at, tables, postlist.block_bytes(), most_waiting_bytes(limits)).run(terms);
      }
    } catch (...) {
      tables.fail(std::current_exception());
    }
  };
  std::vector<std::jthread> workers;
  for (unsigned job = 1; job < jobs; ++job) workers.emplace_back(work);
  work();
  workers.clear();
  tables.throw_failure();
}

}  // namespace lede
