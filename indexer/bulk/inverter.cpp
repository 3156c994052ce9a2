#include "indexer/bulk/inverter.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include <xxhash.h>

#include "indexer/glass/encoding.hpp"
#include "indexer/glass/position_list.hpp"

namespace lede {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 16;

/// In front of each posting in the log.
struct LogHead {
  std::uint32_t term;
  std::uint32_t bytes;
};

}  // namespace

Inverter::Inverter() : slots_(kFirstSlots, 0) {}

void Inverter::start(std::uint32_t docid) {
  docid_ = docid;
  if (run_.documents.empty()) run_.first_docid = docid;
  terms_of_document_.clear();
  occurrences_.clear();
}

void Inverter::add_posting(std::string_view term, Xapian::termpos position, Xapian::termcount wdf) {
  DocumentTerm& known = document_term(term);
  known.wdf += wdf;
  ++known.position_count;
  const auto place = static_cast<std::uint32_t>(&known - terms_of_document_.data());
  occurrences_.push_back({place, position});
}

void Inverter::add_term(std::string_view term, Xapian::termcount wdf) {
  document_term(term).wdf += wdf;
}

Inverter::DocumentTerm& Inverter::document_term(std::string_view text) {
  const std::uint32_t number = number_of(text);
  KnownTerm& term = terms_[number];
  if (term.last_seen_in != docid_) {
    term.last_seen_in = docid_;
    term.place = static_cast<std::uint32_t>(terms_of_document_.size());
    terms_of_document_.push_back({number, 0, 0});
  }
  return terms_of_document_[term.place];
}

std::uint32_t Inverter::number_of(std::string_view text) {
  const std::uint64_t hash = XXH3_64bits(text.data(), text.size());
  std::size_t slot = hash & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const KnownTerm& known = terms_[slots_[slot] - 1];
    if (known.hash == hash && text_of(known) == text) return slots_[slot] - 1;
  }
  KnownTerm term{};
  term.begin = run_.term_bytes.size();
  term.size = static_cast<std::uint32_t>(text.size());
  term.hash = hash;
  run_.term_bytes.insert(run_.term_bytes.end(), text.begin(), text.end());
  terms_.push_back(term);
  slots_[slot] = static_cast<std::uint32_t>(terms_.size());
  if (terms_.size() * 2 > slots_.size()) grow_slots();
  return static_cast<std::uint32_t>(terms_.size()) - 1;
}

void Inverter::grow_slots() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::size_t number = 0; number < terms_.size(); ++number) {
    std::size_t slot = terms_[number].hash & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(number) + 1;
  }
}

void Inverter::finish() {
  group_positions();
  RunDocument document{0, static_cast<std::uint32_t>(terms_of_document_.size())};
  std::size_t first_position = 0;
  for (const DocumentTerm& term : terms_of_document_) {
    document.length += term.wdf;
    run_.largest_wdf = std::max(run_.largest_wdf, term.wdf);
    append_posting(term, first_position);
    first_position += term.position_count;
  }
  run_.documents.push_back(document);
}

/// Each term's positions beside each other, in the order of terms_of_document_: a counting sort.
void Inverter::group_positions() {
  cursors_.clear();
  std::size_t begin = 0;
  for (const DocumentTerm& term : terms_of_document_) {
    cursors_.push_back(begin);
    begin += term.position_count;
  }
  positions_.resize(begin);
  for (const Occurrence& each : occurrences_) positions_[cursors_[each.place]++] = each.position;
}

void Inverter::append_posting(const DocumentTerm& term, std::size_t first_position) {
  KnownTerm& known = terms_[term.term];
  const auto positions = std::span(positions_).subspan(first_position, term.position_count);
  posting_.clear();
  if (!positions.empty()) glass::append_positions(posting_, positions);
  const std::size_t position_bytes = posting_.size();
  const std::size_t head = log_.size();
  log_.append(sizeof(LogHead), '\0');
  glass::append_vint(log_, docid_ - known.last_docid);
  glass::append_vint(log_, term.wdf);
  glass::append_vint(log_, position_bytes);
  log_.append(posting_);
  const LogHead log_head{term.term,
                         static_cast<std::uint32_t>(log_.size() - head - sizeof(LogHead))};
  std::memcpy(&log_[head], &log_head, sizeof log_head);
  known.last_docid = docid_;
  known.posting_bytes += log_head.bytes;
  known.occurrences += term.wdf;
  ++known.articles;
}

Run Inverter::take_run() {
  std::vector<std::uint32_t> order(terms_.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = static_cast<std::uint32_t>(at);
  std::ranges::sort(order, {}, [&](std::uint32_t number) { return text_of(terms_[number]); });

  Run run = std::exchange(run_, {});
  std::vector<std::size_t> cursors(terms_.size());
  std::size_t begin = 0;
  for (const std::uint32_t number : order) {
    const KnownTerm& term = terms_[number];
    const std::string_view text(run.term_bytes.data() + term.begin, term.size);
    run.terms.push_back({text, term.articles, term.occurrences, begin, begin + term.posting_bytes});
    cursors[number] = begin;
    begin += term.posting_bytes;
  }
  run.postings.resize(begin);
  for (std::size_t at = 0; at < log_.size();) {
    LogHead head{};
    std::memcpy(&head, &log_[at], sizeof head);
    std::memcpy(&run.postings[cursors[head.term]], &log_[at + sizeof head], head.bytes);
    cursors[head.term] += head.bytes;
    at += sizeof head + head.bytes;
  }
  log_.clear();
  terms_.clear();
  std::ranges::fill(slots_, 0);
  return run;
}

}  // namespace lede
