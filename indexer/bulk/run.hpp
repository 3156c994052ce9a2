#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/sort_key.hpp"

namespace lede {

/// A place in a run's bytes where reading can begin: a term that is written whole.
struct RunMark {
  std::string term;
  std::uint64_t offset = 0;
};

/// Some documents with neighbouring docids, inverted: terms in ascending order, each with its
/// postings by docid, as RunWriter writes them.
struct Run {
  std::uint32_t first_docid = 0;
  std::string bytes;
  std::vector<RunMark> marks;  ///< ascending; the first is the run's first term
};

/// What a run says of a term before its postings.
struct RunTerm {
  std::uint64_t articles = 0;     ///< that have it
  std::uint64_t occurrences = 0;  ///< the sum of their wdf
  std::uint64_t posting_bytes = 0;
};

/// Writes a run. A term's record: bytes shared with the term before it, bytes that are not, these
/// bytes, articles, occurrences, the size of its postings, its postings. Numbers are vints.
class RunWriter {
 public:
  /// Some `size_bytes` are expected.
  RunWriter(std::uint32_t first_docid, std::size_t size_bytes);

  /// Begins a term, greater than the one before, and leaves room for its postings. Returns where
  /// that room begins in bytes().
  std::size_t add(std::string_view term, const RunTerm& about);
  std::string& bytes() { return run_.bytes; }

  Run take() { return std::move(run_); }

 private:
  Run run_;
  std::string last_term_;
  std::size_t mark_bytes_;
  std::uint64_t next_mark_ = 0;
};

/// Reads numbers and texts off bytes that we have written ourselves.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool is_at_end() const { return at_ == end_; }
  const char* at() const { return at_; }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
  }
  std::string_view text(std::size_t bytes) {
    const std::string_view text(at_, bytes);
    at_ += bytes;
    return text;
  }

 private:
  const char* at_;
  const char* end_;
};

/// Reads the postings of one term in one run, each: docid gap, wdf, size of the positions,
/// positions as their table has them. The first gap is from the docid before the run's first.
class PostingReader {
 public:
  PostingReader(std::string_view postings, std::uint32_t first_docid)
      : bytes_(postings), docid_(first_docid - 1) {}

  bool next() {
    if (bytes_.is_at_end()) return false;
    docid_ += static_cast<std::uint32_t>(bytes_.number());
    wdf_ = static_cast<std::uint32_t>(bytes_.number());
    positions_ = bytes_.text(bytes_.number());
    return true;
  }
  std::uint32_t docid() const { return docid_; }
  std::uint32_t wdf() const { return wdf_; }
  std::string_view positions() const { return positions_; }

 private:
  ByteReader bytes_;
  std::uint32_t docid_;
  std::uint32_t wdf_ = 0;
  std::string_view positions_;
};

}  // namespace lede
