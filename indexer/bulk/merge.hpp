#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/bulk/run.hpp"
#include "indexer/bulk/run_store.hpp"

namespace lede {

/// Terms from the first on, up to the second, which is not among them; without one to the last.
struct TermRange {
  std::string from;
  std::string to;

  bool is_before_end(std::string_view term) const { return to.empty() || term < to; }
};

/// Cuts the terms of the runs into ranges of some `range_bytes` bytes of the runs each.
std::vector<TermRange> cut_terms(const RunStore& runs, std::uint64_t range_bytes);

/// Walks the terms of one run within a range.
class RunCursor {
 public:
  RunCursor(const RunStore& runs, std::size_t run, const TermRange& range,
            std::size_t buffer_bytes);

  bool is_at_end() const { return is_at_end_; }
  std::string_view term() const { return term_; }
  const RunTerm& about() const { return about_; }
  std::uint32_t first_docid() const { return first_docid_; }
  /// The first eight bytes of the term as a number that sorts like them.
  std::uint64_t sort_key() const { return sort_key_; }
  /// Of the term; valid until the next call of anything that is not const.
  std::string_view postings();
  void next();

 private:
  void read_head();

  const TermRange* range_;
  RunWindow window_;
  std::uint64_t size_;
  std::uint32_t first_docid_;
  std::uint64_t offset_;    // of the next term
  std::uint64_t postings_;  // where those of this term begin
  std::string term_;
  std::uint64_t sort_key_ = 0;
  RunTerm about_;
  bool is_at_end_ = false;
};

/// Walks the terms of all runs within a range in ascending order, each once.
class TermMerge {
 public:
  /// Runs and range must outlive it. `buffer_bytes` is for all of the runs that are in a file.
  TermMerge(const RunStore& runs, const TermRange& range, std::size_t buffer_bytes);

  /// Goes to the next term; false behind the last.
  bool next();
  std::string_view term() const { return parts_.front()->term(); }
  /// Where it is, in the order of docids.
  std::span<RunCursor* const> parts() const { return parts_; }

 private:
  /// For a heap with the smallest term on top, of equal ones that of the first run.
  static bool is_behind(const RunCursor* a, const RunCursor* b);

  std::vector<RunCursor> cursors_;
  std::vector<RunCursor*> heap_;
  std::vector<RunCursor*> parts_;  // not in the heap while they are the term
};

}  // namespace lede
