#include "indexer/bulk/merge.hpp"

#include <algorithm>

namespace lede {
namespace {

/// What a term's record may have before its postings: five numbers and a term.
constexpr std::size_t kHeadBytes = 512;

}  // namespace

std::vector<TermRange> cut_terms(const RunStore& runs, std::uint64_t range_bytes) {
  std::vector<std::string_view> marks;
  for (std::size_t run = 0; run < runs.count(); ++run)
    for (const RunMark& mark : runs.marks(run)) marks.push_back(mark.term);
  std::ranges::sort(marks);
  const std::uint64_t count = std::max<std::uint64_t>(runs.size_bytes() / range_bytes, 1);
  std::vector<TermRange> ranges(1);
  for (std::uint64_t cut = 1; cut < count; ++cut) {
    const std::string_view term = marks[static_cast<std::size_t>(marks.size() * cut / count)];
    if (term <= ranges.back().from) continue;
    ranges.back().to = term;
    ranges.push_back({std::string(term), {}});
  }
  return ranges;
}

RunCursor::RunCursor(const RunStore& runs, std::size_t run, const TermRange& range,
                     std::size_t buffer_bytes)
    : range_(&range),
      window_(runs, run, buffer_bytes),
      size_(runs.size_bytes(run)),
      first_docid_(runs.first_docid(run)) {
  const std::vector<RunMark>& marks = runs.marks(run);
  const auto behind = std::ranges::upper_bound(marks, range.from, {}, &RunMark::term);
  offset_ = behind == marks.begin() ? 0 : std::prev(behind)->offset;
  next();
  while (!is_at_end_ && term_ < range.from) next();
}

void RunCursor::next() {
  is_at_end_ = offset_ == size_;
  if (is_at_end_) return;
  read_head();
  is_at_end_ = !range_->is_before_end(term_);
}

void RunCursor::read_head() {
  const std::string_view bytes = window_.at(offset_, kHeadBytes);
  ByteReader head(bytes);
  term_.resize(head.number());
  const auto rest = static_cast<std::size_t>(head.number());
  term_.append(head.text(rest));
  sort_key_ = sort_key_of(term_);
  about_.articles = head.number();
  about_.occurrences = head.number();
  about_.posting_bytes = head.number();
  postings_ = offset_ + static_cast<std::uint64_t>(head.at() - bytes.data());
  offset_ = postings_ + about_.posting_bytes;
}

std::string_view RunCursor::postings() {
  const auto bytes = static_cast<std::size_t>(about_.posting_bytes);
  return window_.at(postings_, bytes).substr(0, bytes);
}

TermMerge::TermMerge(const RunStore& runs, const TermRange& range, std::size_t buffer_bytes) {
  constexpr std::size_t kSmallestBuffer = 4096;
  const std::size_t each =
      std::max(buffer_bytes / std::max<std::size_t>(runs.count(), 1), kSmallestBuffer);
  cursors_.reserve(runs.count());
  for (std::size_t run = 0; run < runs.count(); ++run)
    cursors_.emplace_back(runs, run, range, each);
  for (RunCursor& cursor : cursors_)
    if (!cursor.is_at_end()) heap_.push_back(&cursor);
  std::ranges::make_heap(heap_, is_behind);
}

bool TermMerge::is_behind(const RunCursor* a, const RunCursor* b) {
  if (a->sort_key() != b->sort_key()) return a->sort_key() > b->sort_key();
  const int order = a->term().compare(b->term());
  return order != 0 ? order > 0 : a->first_docid() > b->first_docid();
}

bool TermMerge::next() {
  for (RunCursor* part : parts_) {
    part->next();
    if (part->is_at_end()) continue;
    heap_.push_back(part);
    std::ranges::push_heap(heap_, is_behind);
  }
  parts_.clear();
  while (!heap_.empty() && (parts_.empty() || heap_.front()->term() == term())) {
    std::ranges::pop_heap(heap_, is_behind);
    parts_.push_back(heap_.back());
    heap_.pop_back();
  }
  return !parts_.empty();
}

}  // namespace lede
