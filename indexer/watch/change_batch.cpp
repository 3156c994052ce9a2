#include "indexer/watch/change_batch.hpp"

#include <algorithm>
#include <utility>

namespace lede {
namespace {

constexpr std::size_t kMostPaths = 100'000;

}  // namespace

void Changes::add(Changes more) {
  paths.merge(more.paths);
  is_everything = is_everything || more.is_everything || paths.size() > kMostPaths;
  if (is_everything) paths.clear();
}

void ChangeBatch::note(Time now) {
  if (!span_) span_ = {now, now};
  span_->last = now;
}

void ChangeBatch::add(const std::string& path, Time now) {
  open_.erase(path);
  changes_.add({false, {path}});
  note(now);
}

void ChangeBatch::add_everything(Time now) {
  open_.clear();
  changes_.add({true, {}});
  note(now);
}

void ChangeBatch::note_writing(const std::string& path, Time now) {
  open_.try_emplace(path, Span{now, now}).first->second.last = now;
}

ChangeBatch::Time ChangeBatch::due_of_open(const Span& writing) const {
  return std::min(writing.last + times_.open_quiet, writing.first + times_.open_longest);
}

std::optional<ChangeBatch::Time> ChangeBatch::due() const {
  std::optional<Time> due;
  if (span_) due = std::min(span_->last + times_.quiet, span_->first + times_.longest);
  for (const auto& [path, writing] : open_) {
    const Time of_open = due_of_open(writing);
    due = std::min(due.value_or(of_open), of_open);
  }
  return due;
}

Changes ChangeBatch::take(Time now) {
  const std::optional<Time> due = this->due();
  if (!due || now < *due) return {};
  Changes taken = std::exchange(changes_, {});
  span_.reset();
  std::erase_if(open_, [&](const auto& file) {
    const bool is_due = due_of_open(file.second) <= now;
    if (is_due) taken.add({false, {file.first}});
    return is_due;
  });
  return taken;
}

}  // namespace lede
