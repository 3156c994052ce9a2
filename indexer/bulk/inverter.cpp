#include "indexer/bulk/inverter.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <xxhash.h>

#include "indexer/glass/encoding.hpp"
#include "indexer/glass/position_list.hpp"

namespace lede {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 16;

/// In front of each posting in the log: its bytes.
using LogHead = std::uint32_t;

/// So many steps before it is needed, memory is asked for that is anywhere: then it is there in
/// time.
constexpr std::size_t kAhead = 12;

}  // namespace

Inverter::Inverter(std::size_t term_limit) : term_limit_(term_limit), slots_(kFirstSlots) {}

void Inverter::start(std::uint32_t docid) {
  docid_ = docid;
  if (documents_.empty()) {
    first_docid_ = docid;
    if (terms_.size() > term_limit_) forget_terms();
  }
  terms_of_document_.clear();
  placed_.clear();
}

/// A word that has two terms, as for_each_posting() tells them.
void Inverter::add_both_forms(const Occurrence& word) {
  for_each_posting(word, [&](std::string_view prefix, std::string_view term,
                             Xapian::termpos position, Xapian::termcount wdf) {
    prefixed_.assign(prefix).append(term);
    post(number_of(prefixed_), position, wdf);
  });
}

std::uint32_t Inverter::learn_in_field(std::uint32_t bare, const Field& field) {
  prefixed_.assign(field.prefix).append(text_of(terms_[bare]));
  const std::uint32_t number = number_of(prefixed_);
  std::vector<std::uint32_t>& known = in_field_[static_cast<std::size_t>(field.field)];
  if (known.size() <= bare) known.resize(terms_.size());
  known[bare] = number + 1;
  return number;
}

void Inverter::add_term(std::string_view term, Xapian::termcount wdf) {
  terms_of_document_[place_of(number_of(term))].wdf += wdf;
}

std::uint32_t Inverter::number_of(std::string_view text) {
  const auto hash = static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot].number != 0; slot = (slot + 1) & mask)
    if (slots_[slot].hash == hash && text_of(terms_[slots_[slot].number - 1]) == text)
      return slots_[slot].number - 1;
  const std::uint32_t number = add_known(text);
  slots_[slot] = {hash, number + 1};
  if (terms_.size() * 2 > slots_.size()) grow_slots();
  return number;
}

std::uint32_t Inverter::add_known(std::string_view text) {
  terms_.push_back(
      {sort_key_of(text), term_bytes_.size(), static_cast<std::uint32_t>(text.size())});
  term_bytes_.insert(term_bytes_.end(), text.begin(), text.end());
  shares_.emplace_back();
  places_.emplace_back();
  return static_cast<std::uint32_t>(terms_.size()) - 1;
}

void Inverter::grow_slots() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& known : old) {
    if (known.number == 0) continue;
    std::size_t slot = known.hash & mask;
    while (slots_[slot].number != 0) slot = (slot + 1) & mask;
    slots_[slot] = known;
  }
}

void Inverter::finish() {
  group_positions();
  InvertedDocument document{0, static_cast<std::uint32_t>(terms_of_document_.size()), 0};
  std::span<const std::uint32_t> rest = positions_;
  for (std::size_t at = 0; at < terms_of_document_.size(); ++at) {
    if (at + kAhead < terms_of_document_.size())
      __builtin_prefetch(&shares_[terms_of_document_[at + kAhead].term]);
    const DocumentTerm& term = terms_of_document_[at];
    document.length += term.wdf;
    document.largest_wdf = std::max(document.largest_wdf, term.wdf);
    append_posting(term, rest.first(term.position_count));
    rest = rest.subspan(term.position_count);
  }
  documents_.push_back(document);
  all_terms_.insert(all_terms_.end(), terms_of_document_.begin(), terms_of_document_.end());
}

/// Each term's positions beside each other, in the order of terms_of_document_: a counting sort.
void Inverter::group_positions() {
  cursors_.clear();
  std::uint32_t begin = 0;
  for (const DocumentTerm& term : terms_of_document_) {
    cursors_.push_back(begin);
    begin += term.position_count;
  }
  positions_.resize(begin);
  for (const PlacedPosition& each : placed_) positions_[cursors_[each.place]++] = each.position;
}

char* Inverter::room_in_log(std::size_t bytes) {
  if (log_.size() - log_size_ < bytes) log_.resize(std::max(log_.size() * 2, log_size_ + bytes));
  return log_.data() + log_size_;
}

void Inverter::append_posting(const DocumentTerm& term, std::span<const std::uint32_t> positions) {
  Share& share = shares_[term.term];
  if (share.articles == 0) {
    terms_of_run_.push_back(term.term);
    share.last_docid = first_docid_ - 1;
  }
  constexpr std::size_t kNumbers = 3 * glass::kLongestVint;
  char* const head =
      room_in_log(sizeof(LogHead) + kNumbers + glass::most_position_bytes(positions.size()));
  char* const begin = head + sizeof(LogHead);
  char* at = glass::put_vint(begin, docid_ - share.last_docid);
  at = glass::put_vint(at, term.wdf);
  // Most positions take less than 128 bytes, so that their size is one byte: it goes in behind
  // them.
  char* const size_at = at;
  char* end = positions.empty() ? at + 1 : glass::put_positions(at + 1, positions);
  const auto position_bytes = static_cast<std::size_t>(end - size_at) - 1;
  const std::size_t size_bytes = glass::vint_bytes(position_bytes);
  if (size_bytes > 1) {
    std::memmove(size_at + size_bytes, size_at + 1, position_bytes);
    end += size_bytes - 1;
  }
  glass::put_vint(size_at, position_bytes);
  const auto bytes = static_cast<LogHead>(end - begin);
  std::memcpy(head, &bytes, sizeof bytes);
  log_size_ += sizeof bytes + bytes;
  share.last_docid = docid_;
  share.posting_bytes += bytes;
  share.occurrences += term.wdf;
  ++share.articles;
}

std::vector<std::uint32_t> Inverter::sorted_terms() const {
  struct SortedTerm {
    std::uint64_t front;
    std::uint32_t number;
  };
  std::vector<SortedTerm> terms;
  terms.reserve(terms_of_run_.size());
  for (const std::uint32_t number : terms_of_run_) terms.push_back({terms_[number].front, number});
  std::ranges::sort(terms, [&](const SortedTerm& a, const SortedTerm& b) {
    if (a.front != b.front) return a.front < b.front;
    return text_of(terms_[a.number]) < text_of(terms_[b.number]);
  });
  std::vector<std::uint32_t> order;
  order.reserve(terms.size());
  for (const SortedTerm& term : terms) order.push_back(term.number);
  return order;
}

/// Lays the run out, term by term: room for each one's postings, and for what the documents' lists
/// of terms are made of.
std::vector<Inverter::Cursor> Inverter::lay_out(const std::vector<std::uint32_t>& order,
                                                RunWriter& run) const {
  std::vector<Cursor> cursors(terms_.size());
  std::size_t entries = 0;
  for (const std::uint32_t number : order) {
    const Share& share = shares_[number];
    cursors[number] = {
        run.add(text_of(terms_[number]), {share.articles, share.occurrences, share.posting_bytes}),
        entries};
    entries += share.articles;
  }
  return cursors;
}

/// Takes the postings from the order of documents, which is the log's, into that of terms. Nearly
/// every step goes to another place in memory.
std::vector<Inverter::Entry> Inverter::sort_postings(std::vector<Cursor>& cursors,
                                                     std::string& run) const {
  std::vector<Entry> entries(all_terms_.size());
  const char* log = log_.data();
  std::size_t at = 0;
  for (std::uint32_t document = 0; document < documents_.size(); ++document) {
    for (std::uint32_t count = documents_[document].term_count; count > 0; --count, ++at) {
      look_ahead(cursors, at, run, entries);
      LogHead bytes = 0;
      std::memcpy(&bytes, log, sizeof bytes);
      log += sizeof bytes;
      Cursor& cursor = cursors[all_terms_[at].term];
      std::memcpy(&run[cursor.posting], log, bytes);
      log += bytes;
      cursor.posting += bytes;
      entries[cursor.entry++] = {document, all_terms_[at].wdf};
    }
  }
  return entries;
}

void Inverter::look_ahead(const std::vector<Cursor>& cursors, std::size_t at,
                          const std::string& run, const std::vector<Entry>& entries) const {
  if (at + 2 * kAhead >= all_terms_.size()) return;
  __builtin_prefetch(&cursors[all_terms_[at + 2 * kAhead].term]);
  const Cursor& next = cursors[all_terms_[at + kAhead].term];
  __builtin_prefetch(run.data() + next.posting, 1);
  __builtin_prefetch(entries.data() + next.entry, 1);
}

/// The entries, which are in the order of terms, document by document.
std::vector<TermOfDocument> Inverter::terms_by_document(const std::vector<std::uint32_t>& order,
                                                        const std::vector<Entry>& entries) const {
  std::vector<std::size_t> begins;
  std::size_t begin = 0;
  for (const InvertedDocument& document : documents_) {
    begins.push_back(begin);
    begin += document.term_count;
  }
  std::vector<TermOfDocument> terms(entries.size());
  std::size_t at = 0;
  for (std::uint32_t term = 0; term < order.size(); ++term)
    for (std::uint32_t count = shares_[order[term]].articles; count > 0; --count, ++at)
      terms[begins[entries[at].document]++] = {term, entries[at].wdf};
  return terms;
}

Inversion Inverter::take() {
  const std::vector<std::uint32_t> order = sorted_terms();
  constexpr std::size_t kUsualHeadBytes = 16;
  RunWriter run(first_docid_, log_size_ + order.size() * kUsualHeadBytes);
  std::vector<Cursor> cursors = lay_out(order, run);
  Inversion inversion;
  inversion.terms_of_documents = terms_by_document(order, sort_postings(cursors, run.bytes()));
  inversion.run = run.take();
  for (const std::uint32_t number : order) inversion.terms.push_back(text_of(terms_[number]));
  inversion.documents = std::move(documents_);
  end_run();
  return inversion;
}

void Inverter::end_run() {
  for (const std::uint32_t number : terms_of_run_) shares_[number] = {};
  terms_of_run_.clear();
  documents_.clear();
  all_terms_.clear();
  log_size_ = 0;
}

void Inverter::forget_terms() {
  ++generation_;
  term_bytes_.clear();
  terms_.clear();
  shares_.clear();
  places_.clear();
  slots_.assign(kFirstSlots, {});
  in_field_ = {};
}

}  // namespace lede
