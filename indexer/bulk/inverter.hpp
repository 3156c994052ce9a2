#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/bulk/run.hpp"
#include "indexer/document.hpp"

namespace lede {

/// Gathers the postings of documents in memory, and turns them into a run.
///
/// The postings of a document are grouped by counting, coded at once, and put behind those of the
/// documents before it. A run then only needs its terms sorted, and the coded postings copied.
class Inverter final : public PostingSink {
 public:
  Inverter();

  /// Begins a document; docids ascend by one.
  void start(std::uint32_t docid);
  void add_posting(std::string_view term, Xapian::termpos position, Xapian::termcount wdf) override;
  void add_term(std::string_view term, Xapian::termcount wdf) override;
  /// Ends it.
  void finish();

  /// The documents since the last run. The inverter is empty again.
  Run take_run();

 private:
  struct KnownTerm {
    std::size_t begin;  // in run_.term_bytes
    std::uint32_t size;
    std::uint32_t articles = 0;
    std::uint64_t hash;
    std::uint64_t occurrences = 0;
    std::size_t posting_bytes = 0;
    std::uint32_t last_docid = 0;
    std::uint32_t place = 0;  // in terms_of_document_, in the document last_seen_in
    std::uint32_t last_seen_in = 0;
  };
  struct DocumentTerm {
    std::uint32_t term;
    std::uint32_t wdf;
    std::uint32_t position_count;
  };
  struct Occurrence {
    std::uint32_t place;
    std::uint32_t position;
  };

  DocumentTerm& document_term(std::string_view term);
  std::uint32_t number_of(std::string_view term);
  void grow_slots();
  void group_positions();
  void append_posting(const DocumentTerm& term, std::size_t first_position);
  std::string_view text_of(const KnownTerm& term) const {
    return {run_.term_bytes.data() + term.begin, term.size};
  }

  Run run_;
  std::vector<KnownTerm> terms_;
  std::vector<std::uint32_t> slots_;  // by hash: a term's number and 1, or 0
  std::uint32_t docid_ = 0;
  std::vector<DocumentTerm> terms_of_document_;
  std::vector<Occurrence> occurrences_;
  std::vector<std::uint32_t> positions_;  // of the document, by term
  std::vector<std::size_t> cursors_;
  std::string log_;  // of coded postings: the term's number, the size, the posting
  std::string posting_;
};

}  // namespace lede
