#include "corpus/lexicon.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <new>
#include <utility>
#include <vector>
#include <zstd.h>

#include <xxhash.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

constexpr std::string_view kPrefix = "lede.words.";
constexpr char kLayout = 1;
constexpr std::uint64_t kChunkWords = 1024;  // on average
constexpr int kLevel = 3;

/// Of a chunk's words. Only somebody who chooses words by their hashes gets anywhere near it.
constexpr std::size_t kLargestChunk = std::size_t{256} << 20;

[[noreturn]] void fail() {
  throw Error("the list of words in the index cannot be read",
              "index the articles again into a new folder: lede-index --db DIR ARTICLES",
              ExitStatus::damaged);
}

bool begins_chunk(std::string_view word) {
  return XXH3_64bits(word.data(), word.size()) % kChunkWords == 0;
}

/// The chunk before the first that a word begins is that of the empty word, and always there.
std::string name_of_chunk(std::string_view first) {
  return std::string(kPrefix).append(first);
}

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};

/// Makes entries of words that come in ascending order.
class ChunkWriter {
 public:
  /// The words of one chunk, which may become several, or all of a lexicon.
  explicit ChunkWriter(std::string_view first = {})
      : first_(first), words_(first), context_(ZSTD_createCCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  void add(std::string_view word) {
    if (begins_chunk(word) && word != first_) begin_chunk(word);
    if (words_.size_bytes() < kLargestChunk - 2 * kLongestListedWord) words_.add(word);
  }

  MetadataEntries take() {
    end_chunk();
    return std::move(entries_);
  }

 private:
  void begin_chunk(std::string_view first) {
    end_chunk();
    first_ = first;
    words_ = SortedWordsWriter(first);
  }

  void end_chunk() {
    const std::string words = words_.take().bytes;
    std::string entry(1 + ZSTD_compressBound(words.size()), kLayout);
    const std::size_t size = ZSTD_compress2(context_.get(), entry.data() + 1, entry.size() - 1,
                                            words.data(), words.size());
    if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // nothing else can go wrong
    entry.resize(1 + size);
    entries_.insert_or_assign(name_of_chunk(first_), std::move(entry));
  }

  std::string first_;
  SortedWordsWriter words_;
  std::unique_ptr<ZSTD_CCtx, FreeContext> context_;
  MetadataEntries entries_;
};

}  // namespace

/// The chunks of an index, one of them open.
class LexiconChunks {
 public:
  explicit LexiconChunks(Xapian::Database index) : index_(std::move(index)), open_(kNone) {
    if (index_.get_metadata(name_of_chunk({})).empty()) return;
    const std::string prefix(kPrefix);
    const auto end = index_.metadata_keys_end(prefix);
    for (auto name = index_.metadata_keys_begin(prefix); name != end; ++name)
      firsts_.push_back((*name).substr(prefix.size()));
  }

  std::size_t count() const { return firsts_.size(); }
  const std::string& first_of(std::size_t chunk) const { return firsts_[chunk]; }
  /// The one that is open.
  std::size_t open_one() const { return open_; }

  /// The chunk where a word would stand; there must be one at all.
  std::size_t place_of(std::string_view word) const {
    const auto behind = std::ranges::upper_bound(firsts_, word, std::less<std::string_view>());
    return behind == firsts_.begin() ? 0 : static_cast<std::size_t>(behind - firsts_.begin()) - 1;
  }
  /// Does the word come before the next chunk begins?
  bool is_before_next(std::string_view word, std::size_t chunk) const {
    return chunk + 1 == count() || word < firsts_[chunk + 1];
  }

  /// Its words, before the first; valid until another one is opened.
  SortedWordsReader open(std::size_t chunk) {
    const std::string& first = firsts_[chunk];
    if (first.size() > kLongestListedWord) fail();
    unpack(index_.get_metadata(name_of_chunk(first)));
    open_ = chunk;
    return SortedWordsReader(words_, first);
  }

 private:
  static constexpr std::size_t kNone = std::size_t(-1);

  void unpack(std::string_view entry) {
    if (!entry.starts_with(kLayout)) fail();
    entry.remove_prefix(1);
    const unsigned long long size = ZSTD_getFrameContentSize(entry.data(), entry.size());
    if (size > kLargestChunk) fail();  // what is no frame or does not say is larger than any
    if (context_ == nullptr) context_.reset(ZSTD_createDCtx());
    if (context_ == nullptr) throw std::bad_alloc();
    words_.resize(static_cast<std::size_t>(size));
    const std::size_t unpacked = ZSTD_decompressDCtx(context_.get(), words_.data(), words_.size(),
                                                     entry.data(), entry.size());
    if (unpacked != words_.size()) fail();
  }

  Xapian::Database index_;
  std::vector<std::string> firsts_;  // of each chunk the word that it is named by
  std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
  std::string words_;  // of the open one
  std::size_t open_;
};

Lexicon::Lexicon(Xapian::Database index)
    : chunks_(std::make_unique<LexiconChunks>(std::move(index))) {
  seek({});
}

Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;

/// To the first word of the next one that has any.
void Lexicon::go_to_next_chunk() {
  do {
    if (words_.is_broken()) fail();
    const std::size_t next_chunk = chunks_->open_one() + 1;
    is_at_end_ = next_chunk == chunks_->count();
    if (is_at_end_) return;
    if (words_.word() >= chunks_->first_of(next_chunk)) fail();
    words_ = chunks_->open(next_chunk);
  } while (!words_.next());
}

void Lexicon::seek(std::string_view first) {
  is_at_end_ = is_at_end_ || chunks_->count() == 0;
  if (chunks_->count() == 0) return;
  const std::size_t chunk = chunks_->place_of(first);
  const bool is_ahead = chunk == chunks_->open_one() && !is_at_end_ && words_.word() <= first;
  if (!is_ahead) {
    words_ = chunks_->open(chunk);
    is_at_end_ = false;
    next();
  }
  while (!is_at_end_ && words_.word() < first) next();
}

MetadataEntries lexicon_of(const SortedWords& words) {
  ChunkWriter chunks;
  SortedWordsReader reader(words.bytes);
  while (reader.next()) chunks.add(reader.word());
  return chunks.take();
}

namespace {

SortedWords missing_in(Lexicon& lexicon, const SortedWords& words) {
  SortedWordsWriter missing;
  SortedWordsReader wanted(words.bytes);
  while (wanted.next()) {
    lexicon.seek(wanted.word());
    if (lexicon.at_end() || lexicon.word() != wanted.word()) missing.add(wanted.word());
  }
  return missing.take();
}

/// Puts words into the chunks that they belong to.
class Joiner {
 public:
  Joiner(const Xapian::Database& index, const SortedWords& added)
      : chunks_(index), added_(added.bytes), has_more_(added_.next()) {}

  /// The entries that change.
  MetadataEntries join() {
    MetadataEntries entries;
    while (has_more_) entries.merge(join_into(chunks_.place_of(added_.word())));
    return entries;
  }

 private:
  MetadataEntries join_into(std::size_t chunk) {
    ChunkWriter joined(chunks_.first_of(chunk));
    SortedWordsReader known = chunks_.open(chunk);
    while (known.next()) {
      while (has_more_ && added_.word() < known.word()) take_into(joined);
      joined.add(known.word());
    }
    if (known.is_broken()) fail();
    while (has_more_ && chunks_.is_before_next(added_.word(), chunk)) take_into(joined);
    return joined.take();
  }

  void take_into(ChunkWriter& joined) {
    joined.add(added_.word());
    has_more_ = added_.next();
  }

  LexiconChunks chunks_;
  SortedWordsReader added_;
  bool has_more_;  // the reader stands at one
};

}  // namespace

MetadataEntries lexicon_with(const Xapian::Database& index, const SortedWords& words) {
  if (words.is_empty()) return {};
  if (LexiconChunks(index).count() == 0) return lexicon_of(words);
  Lexicon lexicon(index);
  const SortedWords missing = missing_in(lexicon, words);
  return Joiner(index, missing).join();
}

MetadataEntries united_lexicon(const Xapian::Database& one, const Xapian::Database& other) {
  ChunkWriter united;
  Lexicon left(one);
  Lexicon right(other);
  while (!left.at_end() || !right.at_end()) {
    const bool is_left = right.at_end() || (!left.at_end() && left.word() <= right.word());
    Lexicon& next = is_left ? left : right;
    united.add(next.word());
    next.next();
  }
  return united.take();
}

}  // namespace lede
