#include "indexer/file_registry.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <xxhash.h>

#include "corpus/error.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/packed_bytes.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::string_view kPrefix = "lede.files.";
constexpr std::uint8_t kLayout = 1;
constexpr std::uint64_t kChunkFiles = 64;        // on average
constexpr std::size_t kLongestPath = 4096;       // that a system opens
constexpr std::size_t kLongestNote = 300;        // bytes of a skip's record or reason
constexpr std::size_t kMostShadowed = 1U << 20;  // ids of a file that are listed

// What stands in a file's entry.
constexpr std::uint8_t kNeedsReading = 1;
constexpr std::uint8_t kSameReading = 2;  // as the file before in the chunk
constexpr std::uint8_t kHasChecksum = 4;
constexpr std::uint8_t kHasSkips = 8;
constexpr std::uint8_t kHasShadowed = 16;
constexpr std::uint8_t kHasRemoved = 32;
constexpr std::uint8_t kShadowsMore = 64;

bool begins_chunk(std::string_view path) {
  return XXH3_64bits(path.data(), path.size()) % kChunkFiles == 0;
}

std::string name_of_chunk(std::string_view first_path) {
  return exact_term(kPrefix, begins_chunk(first_path) ? first_path : std::string_view());
}

std::size_t common_bytes(std::string_view one, std::string_view other) {
  const auto [end, ignored] = std::ranges::mismatch(one, other);
  return static_cast<std::size_t>(end - one.begin());
}

std::uint8_t flags_of(const FileRecord& file, std::uint64_t reading_before) {
  const auto flag = [](bool is_set, unsigned value) { return is_set ? value : 0U; };
  unsigned flags = flag(file.needs_reading, kNeedsReading) |
                   flag(file.reading == reading_before, kSameReading) |
                   flag(file.checksum.is_known(), kHasChecksum);
  if (const FileDetails* details = file.details.get())
    flags |=
        flag(details->skips.count > 0, kHasSkips) | flag(!details->shadowed.empty(), kHasShadowed) |
        flag(!details->removed.empty(), kHasRemoved) | flag(details->shadows_more, kShadowsMore);
  return static_cast<std::uint8_t>(flags);
}

void write_ids(PackedWriter& out, const std::unordered_set<std::uint64_t>& ids) {
  std::vector<std::uint64_t> sorted(ids.begin(), ids.end());
  std::ranges::sort(sorted);
  out.number(sorted.size());
  for (const std::uint64_t id : sorted) out.hash(id);
}

void read_ids(PackedReader& in, std::unordered_set<std::uint64_t>& ids) {
  for (std::size_t left = in.count(); left > 0 && !in.is_broken(); --left) ids.insert(in.hash());
}

void write_skips(PackedWriter& out, const FileSkips& skips) {
  out.number(skips.count);
  out.number(skips.named.size());
  for (const Skipped& skip : skips.named) {
    out.text(skip.record);
    out.text(skip.reason);
  }
}

FileSkips read_skips(PackedReader& in, const std::string& path) {
  FileSkips skips;
  skips.count = in.number();
  for (std::size_t left = in.count(); left > 0 && !in.is_broken(); --left) {
    const std::string record(in.text());
    skips.named.push_back({path, record, std::string(in.text())});
  }
  return skips;
}

/// Files of one chunk, each told by its difference from the one before.
class ChunkWriter {
 public:
  ChunkWriter() { out_.byte(kLayout); }

  void add(const std::string& path, const FileRecord& file) {
    const std::size_t shared = common_bytes(path, path_);
    const std::uint8_t flags = flags_of(file, reading_);
    out_.number(shared);
    out_.text(std::string_view(path).substr(shared));
    out_.byte(flags);
    write_stamp(file.stamp);
    if ((flags & kSameReading) == 0) out_.hash(file.reading);
    if ((flags & kHasChecksum) != 0) {
      out_.hash(file.checksum.high);
      out_.hash(file.checksum.low);
    }
    out_.number(file.articles);
    if ((flags & kHasSkips) != 0) write_skips(out_, file.details->skips);
    if ((flags & kHasShadowed) != 0) write_ids(out_, file.details->shadowed);
    if ((flags & kHasRemoved) != 0) write_ids(out_, file.details->removed);
    path_ = path;
    reading_ = file.reading;
  }

  std::string take() { return out_.take(); }

 private:
  void write_stamp(const FileStamp& stamp) {
    out_.number(stamp.bytes);
    out_.difference(static_cast<std::uint64_t>(stamp.mtime_ns),
                    static_cast<std::uint64_t>(stamp_.mtime_ns));
    out_.difference(stamp.inode, stamp_.inode);
    stamp_ = stamp;
  }

  PackedWriter out_;
  std::string path_;
  FileStamp stamp_;
  std::uint64_t reading_ = 0;
};

class ChunkReader {
 public:
  explicit ChunkReader(std::string_view bytes) : in_(bytes) {
    if (in_.byte() != kLayout) fail();
  }

  bool has_more() const { return !in_.is_at_end(); }

  std::pair<std::string, FileRecord> next() {
    read_path();
    FileRecord file;
    const std::uint8_t flags = in_.byte();
    file.needs_reading = (flags & kNeedsReading) != 0;
    file.stamp = read_stamp();
    file.reading = reading_ = (flags & kSameReading) != 0 ? reading_ : in_.hash();
    if ((flags & kHasChecksum) != 0) file.checksum = {in_.hash(), in_.hash()};
    file.articles = static_cast<std::uint32_t>(in_.number());
    if ((flags & kHasSkips) != 0) file.more().skips = read_skips(in_, path_);
    if ((flags & kHasShadowed) != 0) read_ids(in_, file.more().shadowed);
    if ((flags & kHasRemoved) != 0) read_ids(in_, file.more().removed);
    if ((flags & kShadowsMore) != 0) file.more().shadows_more = true;
    if (in_.is_broken()) fail();
    return {path_, std::move(file)};
  }

 private:
  [[noreturn]] static void fail() {
    throw Error("the list of files in the index cannot be read",
                "index the articles again into a new folder: lede-index --db DIR ARTICLES",
                ExitStatus::damaged);
  }

  void read_path() {
    const std::uint64_t shared = in_.number();
    const std::string_view rest = in_.text();
    if (shared > path_.size() || shared + rest.size() > kLongestPath) fail();
    path_.resize(static_cast<std::size_t>(shared));
    path_.append(rest);
  }

  FileStamp read_stamp() {
    stamp_.bytes = in_.number();
    stamp_.mtime_ns =
        static_cast<std::int64_t>(in_.difference(static_cast<std::uint64_t>(stamp_.mtime_ns)));
    stamp_.inode = in_.difference(stamp_.inode);
    return stamp_;
  }

  PackedReader in_;
  std::string path_;
  FileStamp stamp_;
  std::uint64_t reading_ = 0;
};

}  // namespace

void FileSkips::add(const Skipped& skipped) {
  if (count++ >= kNamed) return;
  named.push_back({skipped.path, std::string(prefix_of(skipped.record, kLongestNote)),
                   std::string(prefix_of(skipped.reason, kLongestNote))});
}

FileDetails& FileRecord::more() {
  if (details == nullptr) details = std::make_unique<FileDetails>();
  return *details;
}

FileRegistry::FileRegistry(const Xapian::Database& index) {
  const std::string prefix(kPrefix);
  const auto end = index.metadata_keys_end(prefix);
  for (auto name = index.metadata_keys_begin(prefix); name != end; ++name)
    read_chunk(index.get_metadata(*name));
}

void FileRegistry::read_chunk(std::string_view bytes) {
  ChunkReader chunk(bytes);
  while (chunk.has_more()) {
    auto [path, record] = chunk.next();
    if (record.details != nullptr) note_shadows(*record.details);
    files_.insert_or_assign(files_.end(), std::move(path), std::move(record));
  }
}

void FileRegistry::note_shadows(const FileDetails& details) {
  shadowed_.insert(details.shadowed.begin(), details.shadowed.end());
  shadows_more_ = shadows_more_ || details.shadows_more;
}

const FileRecord* FileRegistry::find(std::string_view path) const {
  const auto file = files_.find(path);
  return file == files_.end() ? nullptr : &file->second;
}

void FileRegistry::for_each_under(
    const std::string& root,
    const std::function<void(const std::string& path, const FileRecord& record)>& take) const {
  if (const auto file = files_.find(root); file != files_.end()) take(root, file->second);
  const std::string beginning = root.ends_with('/') ? root : root + '/';
  for (auto file = files_.lower_bound(beginning);
       file != files_.end() && file->first.starts_with(beginning); ++file)
    take(file->first, file->second);
}

FileRecord* FileRegistry::change(std::string_view path) {
  const auto file = files_.find(path);
  if (file == files_.end()) return nullptr;
  changed_.insert(file->first);
  return &file->second;
}

void FileRegistry::begin_run() {
  for (auto& [path, file] : files_) file.pass = 0;
}

void FileRegistry::start(const std::string& path, bool is_same_file, std::uint64_t reading,
                         std::uint8_t pass) {
  changed_.insert(path);
  FileRecord& file = files_[path];
  FileRecord next;
  next.reading = reading;
  next.pass = pass;
  if (is_same_file) {
    next.stamp = file.stamp;
    if (file.details != nullptr && !file.details->removed.empty())
      next.more().removed = std::move(file.details->removed);
  }
  file = std::move(next);
}

void FileRegistry::finish(const std::string& path, const FileStamp& stamp, const Checksum& checksum,
                          FileSkips skips) {
  FileRecord* file = change(path);
  file->stamp = stamp;
  file->checksum = checksum;
  if (skips.count > 0) file->more().skips = std::move(skips);
}

void FileRegistry::settle(const std::string& path) {
  if (FileRecord* file = change(path)) file->needs_reading = false;
}

void FileRegistry::restamp(const std::string& path, const FileStamp& stamp) {
  if (FileRecord* file = change(path)) file->stamp = stamp;
}

void FileRegistry::require_reading(const std::string& path) {
  const FileRecord* file = find(path);
  if (file != nullptr && !file->needs_reading) change(path)->needs_reading = true;
}

void FileRegistry::forget(const std::string& path) {
  if (files_.erase(path) > 0) changed_.insert(path);
}

void FileRegistry::add_articles(std::string_view path, std::uint32_t count) {
  if (FileRecord* file = change(path)) file->articles += count;
}

void FileRegistry::drop_article(std::string_view path) {
  FileRecord* file = change(path);
  if (file != nullptr && file->articles > 0) --file->articles;
}

void FileRegistry::add_shadowed(std::string_view path, std::uint64_t id) {
  FileRecord* file = change(path);
  if (file == nullptr) return;
  FileDetails& details = file->more();
  if (details.shadowed.size() < kMostShadowed) {
    details.shadowed.insert(id);
  } else {
    details.shadows_more = details.shadows_more || !details.shadowed.contains(id);
  }
  shadowed_.insert(id);
  shadows_more_ = shadows_more_ || details.shadows_more;
}

void FileRegistry::free(const std::unordered_set<std::uint64_t>& ids, std::uint8_t pass) {
  if (ids.empty()) return;
  const auto is_freed = [&](std::uint64_t id) { return ids.contains(id); };
  for (const auto& [path, file] : files_) {
    if (file.details == nullptr || file.pass == pass) continue;
    if (file.details->shadows_more || std::ranges::any_of(file.details->shadowed, is_freed))
      require_reading(path);
  }
}

void FileRegistry::add_removed(std::string_view owner, std::uint64_t id) {
  if (FileRecord* file = change(owner)) file->more().removed.insert(id);
  if (!is_shadowed(id)) return;
  for (const auto& [path, file] : files_)
    if (file.details != nullptr && file.details->shadowed.contains(id))
      change(path)->more().removed.insert(id);
}

FileRegistry::Files::const_iterator FileRegistry::chunk_of(Files::const_iterator file) const {
  while (file != files_.begin() && (file == files_.end() || !begins_chunk(file->first))) --file;
  return file;
}

std::string FileRegistry::encode_chunk(Files::const_iterator first) const {
  ChunkWriter chunk;
  auto file = first;
  do chunk.add(file->first, file->second);
  while (++file != files_.end() && !begins_chunk(file->first));
  return chunk.take();
}

std::map<std::string, std::string> FileRegistry::take_changes() {
  std::map<std::string, std::string> entries;
  const auto put_chunk_of = [&](Files::const_iterator file) {
    const auto first = chunk_of(file);
    std::string& entry = entries[name_of_chunk(first->first)];
    if (entry.empty()) entry = encode_chunk(first);
  };
  for (const std::string& path : std::exchange(changed_, {})) {
    const auto file = files_.lower_bound(path);
    const bool is_there = file != files_.end() && file->first == path;
    if (file != files_.end() && (is_there || !begins_chunk(file->first))) put_chunk_of(file);
    if (file != files_.begin()) put_chunk_of(std::prev(file));
    // What began with a file that is gone, or stood before the first beginning, may be no more.
    if (begins_chunk(path)) entries.try_emplace(name_of_chunk(path));
    if (file == files_.begin()) entries.try_emplace(std::string(kPrefix));
  }
  return entries;
}

}  // namespace lede
