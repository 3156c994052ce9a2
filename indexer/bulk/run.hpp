#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lede {

/// A term of a run, and where its postings are.
struct RunTerm {
  std::string_view term;
  std::uint32_t articles = 0;     ///< that have it
  std::uint64_t occurrences = 0;  ///< the sum of their wdf
  std::size_t begin = 0;          ///< of its postings, in the run's bytes
  std::size_t end = 0;
};

/// A document's share of a run: what its own table entries are made of.
struct RunDocument {
  std::uint64_t length = 0;  ///< the sum of its wdf
  std::uint32_t term_count = 0;
};

/// Some documents with neighbouring docids, inverted: terms in ascending order, each with its
/// postings by docid.
struct Run {
  std::uint32_t first_docid = 0;
  std::vector<RunDocument> documents;
  std::vector<char> term_bytes;  ///< that the terms point into
  std::vector<RunTerm> terms;
  std::string postings;
  std::uint32_t largest_wdf = 0;

  std::size_t size_bytes() const {
    return documents.capacity() * sizeof(RunDocument) + term_bytes.capacity() +
           terms.capacity() * sizeof(RunTerm) + postings.capacity();
  }
};

/// Reads the postings of one term, each: docid gap, wdf, size of the positions, positions as their
/// table has them.
class PostingReader {
 public:
  explicit PostingReader(std::string_view postings)
      : at_(postings.data()), end_(at_ + postings.size()) {}

  bool next() {
    if (at_ == end_) return false;
    docid_ += static_cast<std::uint32_t>(take_number());
    wdf_ = static_cast<std::uint32_t>(take_number());
    const auto size = static_cast<std::size_t>(take_number());
    positions_ = {at_, size};
    at_ += size;
    return true;
  }
  std::uint32_t docid() const { return docid_; }
  std::uint32_t wdf() const { return wdf_; }
  std::string_view positions() const { return positions_; }

 private:
  std::uint64_t take_number() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
  }

  const char* at_;
  const char* end_;
  std::uint32_t docid_ = 0;
  std::uint32_t wdf_ = 0;
  std::string_view positions_;
};

}  // namespace lede
