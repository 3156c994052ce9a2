#include "indexer/bulk/bulk_build.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <malloc.h>
#include <random>
#include <span>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/article_codec.hpp"
#include "corpus/error.hpp"
#include "corpus/learned_words.hpp"
#include "corpus/lexicon.hpp"
#include "corpus/stored_article.hpp"
#include "corpus/unicode.hpp"
#include "indexer/bulk/deflater.hpp"
#include "indexer/bulk/inverter.hpp"
#include "indexer/bulk/merge_tables.hpp"
#include "indexer/document.hpp"
#include "indexer/glass/encoding.hpp"
#include "indexer/glass/posting_list.hpp"
#include "indexer/glass/termlist.hpp"

namespace lede {
namespace {

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

/// Of what each job may take, one of so many parts; in bytes.
std::size_t memory_of_a_job(const BulkLimits& limits, std::size_t parts) {
  return limits.memory_bytes / (parts * std::max(limits.jobs, 1U));
}

// What of the memory goes where; the rest is the program's, and room for what cannot be foreseen.
std::size_t run_memory(const BulkLimits& limits) {
  return limits.memory_bytes / 4;
}
/// Of articles that are inverted together. Small batches stay in the processor's caches, and take
/// less memory that is new to the process: 1 MiB is a tenth faster than 4. Those of a large build
/// are larger, so that the runs to merge do not become too many. One takes some six times as much
/// while it is in work; for each job there is one in work and one waiting, and one is being read.
std::size_t batch_bytes(const BulkLimits& limits, std::uint64_t bytes_before) {
  constexpr std::size_t kSmallest = std::size_t{1} << 20;
  constexpr std::uint64_t kRuns = 256;
  const std::size_t most = memory_of_a_job(limits, 32);
  const auto wanted = static_cast<std::size_t>(bytes_before / kRuns);
  return std::min(std::max(wanted, kSmallest), most);
}

/// Words that each thread remembers, and terms.
std::size_t memo_limit(const BulkLimits& limits) {
  constexpr std::size_t kBytesOfAWord = 160;
  const std::size_t bytes = memory_of_a_job(limits, 8);
  return std::min(bytes / kBytesOfAWord, Analyzer::kUsualMemo);
}
std::size_t term_limit(const BulkLimits& limits) {
  constexpr std::size_t kBytesOfATerm = 100;
  return memory_of_a_job(limits, 12) / kBytesOfATerm;
}

/// Of words that wait in each thread to be sorted into its list for the lexicon.
std::size_t learned_bytes(const BulkLimits& limits) {
  constexpr std::size_t kFewest = std::size_t{64} << 10;
  const std::size_t bytes = memory_of_a_job(limits, 32);
  return std::clamp(bytes, kFewest, LearnedWords::kUsualWaiting);
}

}  // namespace

/// Inverts one batch after the other, on a thread of its own.
class BulkBuild::Worker {
 public:
  Worker(const IndexSettings& settings, std::string dictionary, const BulkLimits& limits)
      : settings_(settings),
        words_(learned_bytes(limits)),
        analyzers_(settings.language, memo_limit(limits), &words_),
        codec_(std::move(dictionary)),
        inverter_(term_limit(limits)) {}

  BatchTables invert(const Batch& batch) {
    BatchTables tables;
    std::uint32_t docid = batch.first_docid;
    for (const Article& article : batch.articles) {
      inverter_.start(docid++);
      const FieldLengths lengths = post_article(article, settings_, analyzers_, inverter_);
      inverter_.finish();
      const std::string stored = encode_article(article);
      tables.values.push_back(slot_values(article, stored, lengths));
      tables.stored.add(codec_.pack(stored), false);
    }
    Inversion inversion = inverter_.take();
    add_termlists(inversion, tables.termlists);
    tables.run = std::move(inversion.run);
    tables.documents = std::move(inversion.documents);
    return tables;
  }

  /// Of all articles that it has inverted.
  SortedWords take_words() { return words_.take(); }

 private:
  void add_termlists(const Inversion& inversion, Tags& termlists) {
    std::span<const TermOfDocument> rest = inversion.terms_of_documents;
    for (const InvertedDocument& document : inversion.documents) {
      encoder_.start(document.length, document.term_count);
      for (const TermOfDocument& each : rest.first(document.term_count))
        encoder_.add(inversion.terms[each.term], each.wdf);
      rest = rest.subspan(document.term_count);
      const std::string_view deflated = deflater_.deflate(encoder_.tag());
      termlists.add(deflated.empty() ? encoder_.tag() : deflated, !deflated.empty());
    }
  }

  const IndexSettings& settings_;
  LearnedWords words_;
  Analyzers analyzers_;
  ArticleCodec codec_;
  Inverter inverter_;
  Deflater deflater_;
  glass::TermlistEncoder encoder_;
};

BulkBuild::BulkBuild(std::string folder, const IndexSettings& settings, const BulkLimits& limits,
                     std::optional<BulkPart> part)
    : folder_(std::move(folder)),
      settings_(settings),
      limits_(limits),
      part_(part),
      next_docid_(first_docid()),
      docdata_(path_of(glass::Table::docdata), glass::kIndexBlockBytes),
      termlist_(path_of(glass::Table::termlist), glass::kIndexBlockBytes),
      runs_(folder_, run_memory(limits)) {
  open_batch_.first_docid = first_docid();
  termlist_.start();
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
  open_batch_.bytes += bytes_in_memory(article);
  open_batch_.articles.push_back(std::move(article));
  if (open_batch_.bytes >= batch_bytes(limits_, bytes_)) hand_over();
}

/// Learns the dictionary from the first batch, if it is to be learned, while the second is read.
void BulkBuild::start() {
  const bool is_to_be_learned = settings_.dictionary.empty() && !part_;
  std::vector<std::string> sample;
  std::size_t bytes = 0;
  for (const Article& article : open_batch_.articles) {
    if (bytes >= kDictionarySample || !is_to_be_learned) break;
    sample.push_back(encode_article(article));
    bytes += sample.back().size();
  }
  dictionary_ = std::async(std::launch::async, [=, this, sample = std::move(sample)] {
    return is_to_be_learned ? learn_dictionary(sample) : settings_.dictionary;
  });
  for (unsigned job = 0; job < std::max(limits_.jobs, 1U); ++job)
    workers_.emplace_back([this] { work(); });
}

void BulkBuild::hand_over() {
  if (open_batch_.articles.empty()) return;
  if (workers_.empty()) start();
  open_batch_.number = batch_count_++;
  bytes_ += open_batch_.bytes;
  Batch batch = std::exchange(open_batch_, {});
  open_batch_.first_docid = first_docid() + article_count_;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < workers_.size() || failure_ != nullptr; });
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  waiting_.push_back(std::move(batch));
  changed_.notify_all();
}

void BulkBuild::work() {
  try {
    Worker worker(settings_, dictionary_.get(), limits_);
    for (;;) {
      Batch batch;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !waiting_.empty() || is_complete_; });
        if (waiting_.empty()) break;
        batch = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
      }
      put_in_order(batch.number, worker.invert(batch));
    }
    add_words(worker.take_words());
  } catch (...) {
    fail(std::current_exception());
  }
}

/// Whoever comes second to the words of another unites them with its own.
void BulkBuild::add_words(SortedWords words) {
  for (;;) {
    SortedWords others;
    {
      const std::lock_guard lock(mutex_);
      if (words_.is_empty()) {
        words_ = std::move(words);
        return;
      }
      others = std::exchange(words_, {});
    }
    words = united(others, words);
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
void BulkBuild::put_in_order(std::uint32_t number, BatchTables&& tables) {
  const std::lock_guard lock(order_mutex_);
  finished_.emplace(number, std::move(tables));
  for (auto next = finished_.find(next_number_); next != finished_.end();
       next = finished_.find(++next_number_)) {
    append(std::move(next->second));
    finished_.erase(next);
  }
}

void BulkBuild::append(BatchTables&& tables) {
  for (std::size_t at = 0; at < tables.documents.size(); ++at) append_document(tables, at);
  runs_.add(std::move(tables.run));
}

void BulkBuild::append_document(const BatchTables& tables, std::size_t at) {
  const std::uint32_t docid = next_docid_++;
  const std::string key = glass::docid_key(docid);
  docdata_.add(key, tables.stored.tag(at), tables.stored.is_deflated(at));
  termlist_.add(key, tables.termlists.tag(at), tables.termlists.is_deflated(at));
  std::vector<std::uint32_t> slots;
  for (const auto& [slot, value] : tables.values[at]) {
    slots.push_back(static_cast<std::uint32_t>(slot));
    values_.add(docid, slot, value);
  }
  termlist_.add(glass::slots_key(docid), glass::slots_tag(slots));
  const InvertedDocument& document = tables.documents[at];
  lengths_.push_back(static_cast<std::uint32_t>(document.length));
  version_.total_length += document.length;
  version_.longest_length = std::max(version_.longest_length, document.length);
  version_.largest_wdf = std::max<std::uint64_t>(version_.largest_wdf, document.largest_wdf);
  const bool is_shortest =
      version_.shortest_length == 0 || document.length < version_.shortest_length;
  if (document.length > 0 && is_shortest) version_.shortest_length = document.length;
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
  ::malloc_trim(0);  // what the workers have freed: the merge needs room
  if (dictionary_.valid()) settings_.dictionary = dictionary_.get();
  auto documents = std::async(std::launch::async, [&] {
    root_of(glass::Table::docdata) = docdata_.finish();
    root_of(glass::Table::termlist) = termlist_.finish();
  });
  glass::TableWriter postlist(path_of(glass::Table::postlist), glass::kIndexBlockBytes);
  glass::TableWriter positions(path_of(glass::Table::position), glass::kIndexBlockBytes);
  write_front(postlist, metadata);
  merge_tables(runs_, postlist, positions, {limits_.jobs, memory_of_a_job(limits_, 4)});
  auto finished = std::async(std::launch::async, [&] { return positions.finish(); });
  root_of(glass::Table::postlist) = postlist.finish();
  root_of(glass::Table::position) = finished.get();
  documents.get();
  for (const glass::Table unused : {glass::Table::spelling, glass::Table::synonym})
    root_of(unused).block_bytes = glass::kIndexBlockBytes;
  version_.uuid = make_uuid();
  version_.documents = article_count_;
  version_.last_docid = first_docid() + article_count_ - 1;
  write_version_file(folder_, version_);
}

/// What stands before the terms.
void BulkBuild::write_front(glass::TableWriter& postlist,
                            const std::map<std::string, std::string>& metadata) {
  std::map<std::string, std::string> all;
  if (!part_) all = settings_metadata(settings_);
  all.insert(metadata.begin(), metadata.end());
  all.merge(lexicon_of(std::exchange(words_, {})));
  postlist.start();
  for (const auto& [name, value] : all) postlist.add(glass::metadata_key(name), value);
  values_.write(postlist);
  write_lengths(postlist);
}

void BulkBuild::write_lengths(glass::TableWriter& postlist) {
  if (lengths_.empty()) return;
  glass::PostingListWriter list(postlist, glass::kLengthChunkBytes);
  const std::string key = glass::lengths_key();
  list.start(key, key, {});
  std::uint32_t docid = first_docid();
  for (const std::uint32_t length : lengths_) list.add(docid++, length);
  list.finish();
}

}  // namespace lede
