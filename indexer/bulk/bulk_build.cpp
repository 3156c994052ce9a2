#include "indexer/bulk/bulk_build.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <optional>
#include <random>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/stored_article.hpp"
#include "corpus/unicode.hpp"
#include "indexer/bulk/deflater.hpp"
#include "indexer/bulk/inverter.hpp"
#include "indexer/bulk/merge.hpp"
#include "indexer/glass/encoding.hpp"
#include "indexer/glass/posting_list.hpp"
#include "indexer/glass/termlist.hpp"

namespace lede {
namespace {

constexpr std::size_t kBlockBytes = 8192;

std::size_t size_of(const Article& article) {
  constexpr std::size_t kOverhead = 500;
  return article.title.size() + article.lede.size() + article.body.size() + kOverhead;
}

/// A random UUID (RFC 4122, version 4).
std::array<char, 16> make_uuid() {
  std::random_device random;
  std::array<char, 16> uuid{};
  for (char& byte : uuid) byte = static_cast<char>(random());
  uuid[6] = static_cast<char>((uuid[6] & 0x0F) | 0x40);
  uuid[8] = static_cast<char>((uuid[8] & 0x3F) | 0x80);
  return uuid;
}

[[noreturn]] void fail_to_write(const std::string& path) {
  throw Error(fmt::format("cannot write {}: {}", path, ascii_lower(std::strerror(errno))), {},
              ExitStatus::resources);
}

/// Makes what stands in a file or a folder last.
void sync(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
  const bool is_done = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!is_done) fail_to_write(path);
}

/// Puts the file there whole or not at all.
void write_version_file(const std::string& folder, const glass::VersionFile& version) {
  const std::string temporary = folder + "/v.tmp";
  const std::string bytes = glass::encode(version);
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) fail_to_write(temporary);
  const bool is_written = ::write(file, bytes.data(), bytes.size()) == std::ssize(bytes);
  ::close(file);
  if (!is_written) fail_to_write(temporary);
  sync(temporary, 0);
  std::filesystem::rename(temporary, folder + "/iamglass");
  sync(folder, O_DIRECTORY);
}

/// The termlist entries of a run's documents: its postings, which are by term and then document,
/// the other way round.
class TermlistMaker {
 public:
  explicit TermlistMaker(const Run& run) : run_(run) { transpose(); }

  /// The tag of the run's n-th document; they are asked for in order.
  std::string_view tag(std::size_t document) {
    encoder_.start(run_.documents[document].length, run_.documents[document].term_count);
    for (std::size_t at = begins_[document]; at < begins_[document + 1]; ++at)
      encoder_.add(run_.terms[entries_[at].term].term, entries_[at].wdf);
    return encoder_.tag();
  }

 private:
  struct Entry {
    std::uint32_t term;
    std::uint32_t wdf;
  };

  void transpose() {
    begins_.push_back(0);
    for (const RunDocument& document : run_.documents)
      begins_.push_back(begins_.back() + document.term_count);
    entries_.resize(begins_.back());
    std::vector<std::size_t> cursors = begins_;
    for (std::size_t term = 0; term < run_.terms.size(); ++term) {
      const RunTerm& known = run_.terms[term];
      PostingReader postings(
          std::string_view(run_.postings).substr(known.begin, known.end - known.begin));
      while (postings.next())
        entries_[cursors[postings.docid() - run_.first_docid]++] = {
            static_cast<std::uint32_t>(term), postings.wdf()};
    }
  }

  const Run& run_;
  std::vector<std::size_t> begins_;
  std::vector<Entry> entries_;
  glass::TermlistEncoder encoder_;
};

}  // namespace

/// Inverts one batch after the other, on a thread of its own.
class BulkBuild::Worker {
 public:
  explicit Worker(const IndexSettings& settings)
      : settings_(settings), analyzers_(settings.language) {}

  Inverted invert(const Batch& batch) {
    Inverted inverted;
    std::uint32_t docid = batch.first_docid;
    for (const Article& article : batch.articles) {
      inverter_.start(docid++);
      post_article(article, settings_, analyzers_, inverter_);
      inverter_.finish();
      const std::string stored = encode_article(article);
      inverted.values.push_back(slot_values(article, stored));
      inverted.stored.push_back(entry_of(stored));
    }
    inverted.run = inverter_.take_run();
    TermlistMaker termlists(inverted.run);
    for (std::size_t at = 0; at < inverted.run.documents.size(); ++at)
      inverted.termlists.push_back(entry_of(termlists.tag(at)));
    return inverted;
  }

 private:
  Entry entry_of(std::string_view tag) {
    constexpr std::size_t kShortest = 18;  // that is worth it, as Xapian thinks too
    const std::string_view deflated =
        tag.size() > kShortest ? deflater_.deflate(tag) : std::string_view();
    return deflated.empty() ? Entry{std::string(tag), false} : Entry{std::string(deflated), true};
  }

  const IndexSettings& settings_;
  Analyzers analyzers_;
  Inverter inverter_;
  Deflater deflater_;
};

BulkBuild::BulkBuild(std::string folder, const IndexSettings& settings, const BulkLimits& limits)
    : folder_(std::move(folder)),
      settings_(settings),
      limits_(limits),
      docdata_(path_of(glass::Table::docdata), kBlockBytes),
      termlist_(path_of(glass::Table::termlist), kBlockBytes) {
  open_batch_.first_docid = 1;
  termlist_.start();
  for (unsigned job = 0; job < std::max(limits_.jobs, 1U); ++job)
    workers_.emplace_back([this] { work(); });
}

BulkBuild::~BulkBuild() {
  {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
  }
  stop_workers();
}

std::string BulkBuild::path_of(glass::Table table) const {
  return folder_ + '/' + glass::file_of(table);
}

void BulkBuild::add(Article article) {
  ++article_count_;
  open_batch_.bytes += size_of(article);
  open_batch_.articles.push_back(std::move(article));
  if (open_batch_.bytes >= limits_.run_bytes) hand_over();
}

void BulkBuild::hand_over() {
  if (open_batch_.articles.empty()) return;
  open_batch_.number = batch_count_++;
  Batch batch = std::exchange(open_batch_, {});
  open_batch_.first_docid = article_count_ + 1;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.empty() || failure_ != nullptr; });
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  waiting_.push_back(std::move(batch));
  changed_.notify_all();
}

void BulkBuild::work() {
  try {
    Worker worker(settings_);
    for (;;) {
      Batch batch;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !waiting_.empty() || is_complete_; });
        if (waiting_.empty()) return;
        batch = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
      }
      put_in_order(batch.number, worker.invert(batch));
    }
  } catch (...) {
    fail(std::current_exception());
  }
}

void BulkBuild::fail(std::exception_ptr error) {
  const std::lock_guard lock(mutex_);
  if (failure_ == nullptr) failure_ = std::move(error);
  changed_.notify_all();
}

void BulkBuild::throw_failure() {
  const std::lock_guard lock(mutex_);
  if (failure_ != nullptr) std::rethrow_exception(failure_);
}

/// Whoever brings the batch that is next appends it, and those that waited for it.
void BulkBuild::put_in_order(std::uint32_t number, Inverted&& inverted) {
  const std::lock_guard lock(order_mutex_);
  finished_.emplace(number, std::move(inverted));
  for (auto next = finished_.find(next_number_); next != finished_.end();
       next = finished_.find(++next_number_)) {
    append(std::move(next->second));
    finished_.erase(next);
  }
}

void BulkBuild::append(Inverted&& inverted) {
  for (std::size_t at = 0; at < inverted.termlists.size(); ++at, ++next_docid_) {
    const std::string key = glass::docid_key(next_docid_);
    docdata_.add(key, inverted.stored[at].tag, inverted.stored[at].is_deflated);
    termlist_.add(key, inverted.termlists[at].tag, inverted.termlists[at].is_deflated);
    std::vector<std::uint32_t> slots;
    for (auto& [slot, value] : inverted.values[at]) {
      slots.push_back(static_cast<std::uint32_t>(slot));
      values_[slot].emplace_back(next_docid_, std::move(value));
    }
    termlist_.add(glass::slots_key(next_docid_), glass::slots_tag(slots));
    const std::uint64_t length = inverted.run.documents[at].length;
    version_.total_length += length;
    version_.longest_length = std::max(version_.longest_length, length);
    const bool is_shortest = version_.shortest_length == 0 || length < version_.shortest_length;
    if (length > 0 && is_shortest) version_.shortest_length = length;
  }
  version_.largest_wdf = std::max<std::uint64_t>(version_.largest_wdf, inverted.run.largest_wdf);
  inverted_bytes_ += inverted.run.size_bytes();
  runs_.push_back(std::move(inverted.run));
}

void BulkBuild::stop_workers() {
  {
    const std::lock_guard lock(mutex_);
    is_complete_ = true;
    changed_.notify_all();
  }
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
}

void BulkBuild::finish(const std::map<std::string, std::string>& metadata) {
  hand_over();
  stop_workers();
  throw_failure();
  const auto root = [&](glass::Table table) -> glass::TableRoot& {
    return version_.roots[static_cast<std::size_t>(table)];
  };
  auto positions = std::async(std::launch::async, [&] { return write_positions(); });
  root(glass::Table::docdata) = docdata_.finish();
  root(glass::Table::termlist) = termlist_.finish();
  root(glass::Table::postlist) = write_postlist(metadata);
  root(glass::Table::position) = positions.get();
  for (const glass::Table unused : {glass::Table::spelling, glass::Table::synonym})
    root(unused).block_bytes = kBlockBytes;
  version_.uuid = make_uuid();
  version_.documents = version_.last_docid = article_count_;
  write_version_file(folder_, version_);
}

glass::TableRoot BulkBuild::write_postlist(const std::map<std::string, std::string>& metadata) {
  glass::TableWriter table(path_of(glass::Table::postlist), kBlockBytes);
  table.start();
  std::map<std::string, std::string> entries = settings_metadata(settings_);
  entries.insert(metadata.begin(), metadata.end());
  for (const auto& [name, value] : entries) table.add(glass::metadata_key(name), value);
  write_values(table);
  write_lengths(table);
  glass::PostingListWriter list(table);
  std::string key;
  std::string later_key;
  TermMerge terms(runs_);
  while (terms.next()) {
    glass::PostingCounts counts;
    for (const TermMerge::Part& part : terms.parts()) {
      counts.articles += part.term->articles;
      counts.occurrences += part.term->occurrences;
    }
    key = glass::term_key(terms.term());
    later_key.assign(key) += glass::kStringEnd;
    list.start(key, later_key, counts);
    for (const TermMerge::Part& part : terms.parts()) {
      PostingReader postings(part.postings());
      while (postings.next()) list.add(postings.docid(), postings.wdf());
    }
    list.finish();
  }
  return table.finish();
}

/// Slots below 128, so the order of their numbers is that of their keys.
void BulkBuild::write_values(glass::TableWriter& table) {
  for (const auto& [slot, values] : values_) {
    const auto [lowest, highest] = std::ranges::minmax_element(
        values, {}, [](const auto& each) -> const std::string& { return each.second; });
    table.add(glass::value_statistics_key(static_cast<std::uint32_t>(slot)),
              glass::value_statistics(values.size(), lowest->second, highest->second));
  }
  glass::ValueWriter writer(table);
  for (const auto& [slot, values] : values_) {
    writer.start(static_cast<std::uint32_t>(slot));
    for (const auto& [docid, value] : values) writer.add(docid, value);
    writer.finish();
  }
}

void BulkBuild::write_lengths(glass::TableWriter& table) {
  if (runs_.empty()) return;
  glass::PostingListWriter list(table);
  const std::string key = glass::lengths_key();
  list.start(key, key, {});
  std::uint32_t docid = 1;
  for (const Run& run : runs_)
    for (const RunDocument& document : run.documents)
      list.add(docid++, static_cast<std::uint32_t>(document.length));
  list.finish();
}

glass::TableRoot BulkBuild::write_positions() {
  glass::TableWriter table(path_of(glass::Table::position), kBlockBytes);
  std::string key;
  TermMerge terms(runs_);
  while (terms.next()) {
    key = glass::term_key(terms.term()) + glass::kStringEnd;
    const std::size_t term_bytes = key.size();
    for (const TermMerge::Part& part : terms.parts()) {
      PostingReader postings(part.postings());
      while (postings.next()) {
        if (postings.positions().empty()) continue;
        key.resize(term_bytes);
        glass::append_sortable_int(key, postings.docid());
        table.add(key, postings.positions());
      }
    }
  }
  return table.finish();
}

}  // namespace lede
