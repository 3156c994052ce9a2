#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "indexer/bulk/run.hpp"

namespace lede {

/// Walks the terms of several runs in ascending order, each once.
class TermMerge {
 public:
  /// The runs' docids ascend from one to the next; the runs must outlive it.
  explicit TermMerge(std::span<const Run> runs);

  /// A term in one of the runs.
  struct Part {
    const Run* run;
    const RunTerm* term;

    std::string_view postings() const {
      return std::string_view(run->postings).substr(term->begin, term->end - term->begin);
    }
  };

  /// Goes to the next term; false behind the last.
  bool next();
  std::string_view term() const { return parts_.front().term->term; }
  /// Where it is, in the order of docids.
  std::span<const Part> parts() const { return parts_; }

 private:
  struct Cursor {
    const Run* run;
    std::size_t at;

    std::string_view term() const { return run->terms[at].term; }
  };
  /// For a heap with the smallest term on top, of equal ones that of the first run.
  static bool is_behind(const Cursor& a, const Cursor& b);

  std::vector<Cursor> heap_;
  std::vector<Part> parts_;
};

}  // namespace lede
