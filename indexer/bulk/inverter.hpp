#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/bulk/run.hpp"
#include "indexer/post_article.hpp"

namespace lede {

/// A document's share of what was inverted.
struct InvertedDocument {
  std::uint64_t length = 0;      ///< the sum of its wdf
  std::uint32_t term_count = 0;  ///< its distinct terms
  std::uint32_t largest_wdf = 0;
};

/// A term, by its place in the order of terms, and its wdf in a document.
struct TermOfDocument {
  std::uint32_t term = 0;
  std::uint32_t wdf = 0;
};

/// What an Inverter has made of some documents with neighbouring docids.
struct Inversion {
  Run run;
  std::vector<InvertedDocument> documents;
  std::vector<std::string_view> terms;             ///< ascending; valid until the next document
  std::vector<TermOfDocument> terms_of_documents;  ///< of each document in order, ascending
};

/// Gathers the postings of documents in memory, and turns them into a run.
///
/// The positions of a document are grouped by term by counting, coded at once, and put behind those
/// of the documents before it. A run then only needs its terms sorted, and the coded postings
/// copied. Terms keep their numbers from one run to the next.
class Inverter {
 public:
  /// It remembers up to some `term_limit` terms from run to run; each takes some 100 bytes.
  explicit Inverter(std::size_t term_limit);

  /// Begins a document; docids ascend by one.
  void start(std::uint32_t docid);
  void add_word(const Occurrence& word) {
    if (word.token.has_plain_term()) return add_both_forms(word);
    const std::uint32_t bare = number_of_word(word.token);
    if (word.is_bare) post(bare, word.position, word.bare_wdf);
    if (!word.field.prefix.empty()) post(number_in_field(bare, word.field), 0, 0);
  }
  void add_term(std::string_view term, Xapian::termcount wdf);
  /// Ends it.
  void finish();

  /// The documents since the last call. The inverter is empty again.
  Inversion take();

 private:
  struct KnownTerm {
    std::uint64_t front;  // its first bytes, as a number that sorts like them
    std::size_t begin;    // in term_bytes_
    std::uint32_t size;
  };
  /// A term's postings in the run.
  struct Share {
    std::uint32_t articles = 0;  // 0: the run does not have the term
    std::uint32_t last_docid = 0;
    std::uint64_t occurrences = 0;
    std::size_t posting_bytes = 0;
  };
  /// Where a term stands in terms_of_document_, in the document it was last seen in.
  struct Place {
    std::uint32_t docid = 0;
    std::uint32_t place = 0;
  };
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // from 1 on; 0: the slot is free
  };
  struct DocumentTerm {
    std::uint32_t term;
    std::uint32_t wdf;
    std::uint32_t position_count;
  };
  /// Where a term's next posting goes in the run, and its next entry among those of all terms.
  struct Cursor {
    std::size_t posting = 0;
    std::size_t entry = 0;
  };
  struct Entry {
    std::uint32_t document;
    std::uint32_t wdf;
  };
  struct PlacedPosition {
    std::uint32_t place;
    std::uint32_t position;
  };

  /// A position of 0 is none.
  void post(std::uint32_t term, std::uint32_t position, std::uint32_t wdf) {
    const std::uint32_t place = place_of(term);
    terms_of_document_[place].wdf += wdf;
    if (position == 0) return;
    ++terms_of_document_[place].position_count;
    placed_.push_back({place, position});
  }
  std::uint32_t place_of(std::uint32_t term) {
    Place& known = places_[term];
    if (known.docid != docid_) {
      known = {docid_, static_cast<std::uint32_t>(terms_of_document_.size())};
      terms_of_document_.push_back({term, 0, 0});
    }
    return known.place;
  }
  /// Once a word's term has been looked up, the word's note tells it.
  std::uint32_t number_of_word(const Token& token) {
    WordNote& note = token.note();
    if (note.made_in != generation_) note = {generation_, number_of(token.term())};
    return note.term;
  }
  /// The same for a term behind a field's prefix, which the term without it tells.
  std::uint32_t number_in_field(std::uint32_t bare, const Field& field) {
    std::vector<std::uint32_t>& known = in_field_[static_cast<std::size_t>(field.field)];
    if (bare < known.size() && known[bare] != 0) return known[bare] - 1;
    return learn_in_field(bare, field);
  }
  std::uint32_t learn_in_field(std::uint32_t bare, const Field& field);
  void add_both_forms(const Occurrence& word);
  std::uint32_t number_of(std::string_view term);
  std::uint32_t add_known(std::string_view term);
  void grow_slots();
  void group_positions();
  void append_posting(const DocumentTerm& term, std::span<const std::uint32_t> positions);
  char* room_in_log(std::size_t bytes);
  std::vector<std::uint32_t> sorted_terms() const;
  std::vector<Cursor> lay_out(const std::vector<std::uint32_t>& order, RunWriter& run) const;
  std::vector<Entry> sort_postings(std::vector<Cursor>& cursors, std::string& run) const;
  void look_ahead(const std::vector<Cursor>& cursors, std::size_t at, const std::string& run,
                  const std::vector<Entry>& entries) const;
  std::vector<TermOfDocument> terms_by_document(const std::vector<std::uint32_t>& order,
                                                const std::vector<Entry>& entries) const;
  std::string_view text_of(const KnownTerm& term) const {
    return {term_bytes_.data() + term.begin, term.size};
  }
  void end_run();
  void forget_terms();

  std::size_t term_limit_;
  std::uint32_t generation_ = 1;  // of the numbers of terms, by which notes on words hold or not
  std::uint32_t first_docid_ = 0;
  std::uint32_t docid_ = 0;
  std::vector<char> term_bytes_;
  std::vector<KnownTerm> terms_;
  std::vector<Share> shares_;  // of each term
  std::vector<Place> places_;  // of each term
  std::vector<std::uint32_t> terms_of_run_;
  std::vector<Slot> slots_;                                       // by hash
  std::array<std::vector<std::uint32_t>, kFieldCount> in_field_;  // by the term without prefix
  std::vector<InvertedDocument> documents_;
  std::vector<DocumentTerm> terms_of_document_;
  std::vector<DocumentTerm> all_terms_;  // of all documents
  std::vector<PlacedPosition> placed_;
  std::vector<std::uint32_t> positions_;  // of the document, by term
  std::vector<std::uint32_t> cursors_;
  std::string log_;  // of coded postings, in the order of all_terms_: the size, the posting
  std::size_t log_size_ = 0;
  std::string prefixed_;
};

}  // namespace lede
