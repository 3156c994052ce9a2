#include "corpus/readers/packed/unpack.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <locale.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/readers/packed/gzip.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kKiB = 1024;
constexpr std::uint64_t kFreeGrowthBytes = kKiB * kKiB;  // what is small may grow as it likes
constexpr std::size_t kBlockBytes = 512;                 // of tar

// ---- the packings

bool is_gzip(std::string_view head) {
  return head.starts_with("\x1F\x8B\x08"sv);
}

/// `BZh` may begin a text; the block's magic number does not.
bool is_bzip2(std::string_view head) {
  const std::string_view block = head.substr(std::min<std::size_t>(4, head.size()), 6);
  return head.starts_with("BZh") &&
         (block == "\x31\x41\x59\x26\x53\x59"sv || block == "\x17\x72\x45\x38\x50\x90"sv);
}

bool is_xz(std::string_view head) {
  return head.starts_with("\xFD\x37\x7A\x58\x5A\0"sv);
}

bool is_zstd(std::string_view head) {
  return head.starts_with("\x28\xB5\x2F\xFD"sv);
}

bool is_lz4(std::string_view head) {
  return head.starts_with("\x04\x22\x4D\x18"sv) || head.starts_with("\x02\x21\x4C\x18"sv);
}

/// `  12345\0 ` as a number; what is no octal digit ends it.
unsigned octal(std::string_view field) {
  unsigned value = 0;
  for (const char c : field.substr(std::min(field.find_first_not_of(' '), field.size()))) {
    if (c < '0' || c > '7') break;
    value = value * 8 + static_cast<unsigned>(c - '0');
  }
  return value;
}

/// A tar header holds the sum of its own bytes, with its own field as spaces. Nothing else says
/// that a file is a tar in all of tar's dialects.
bool is_tar(std::string_view head) {
  constexpr std::size_t kSumAt = 148;
  constexpr std::size_t kSumBytes = 8;
  if (head.size() < kBlockBytes || head.front() == '\0') return false;
  unsigned sum = kSumBytes * ' ';
  for (std::size_t at = 0; at < kBlockBytes; ++at) {
    const bool is_counted = at < kSumAt || at >= kSumAt + kSumBytes;
    if (is_counted) sum += static_cast<unsigned char>(head[at]);
  }
  return octal(head.substr(kSumAt, kSumBytes)) == sum;
}

bool is_zip(std::string_view head) {
  return head.starts_with("PK\3\4"sv) || head.starts_with("PK\5\6"sv);
}

bool is_seven_zip(std::string_view head) {
  return head.starts_with("7z\xBC\xAF\x27\x1C"sv);
}

/// Its text forms: a magic number, then numbers of fixed width.
bool is_cpio(std::string_view head) {
  constexpr std::size_t kNumbersEnd = 70;
  if (!head.starts_with("07070") || head.size() < kNumbersEnd) return false;
  return (head[5] == '1' || head[5] == '2' || head[5] == '7') &&
         head.substr(0, kNumbersEnd).find_first_not_of("0123456789abcdefABCDEF") == head.npos;
}

/// Takes off this compression, once. Told only to support it, libarchive takes off all that it
/// finds in each other.
template <int filter>
int use_filter(archive* reader) {
  return archive_read_append_filter(reader, filter);
}

constexpr std::array kPackings{
    Packing{"gzip file", is_gzip, nullptr, false, Seeking::unused},
    Packing{"bzip2 file", is_bzip2, use_filter<ARCHIVE_FILTER_BZIP2>, false, Seeking::unused},
    Packing{"xz file", is_xz, use_filter<ARCHIVE_FILTER_XZ>, false, Seeking::unused},
    Packing{"zstd file", is_zstd, use_filter<ARCHIVE_FILTER_ZSTD>, false, Seeking::unused},
    Packing{"lz4 file", is_lz4, use_filter<ARCHIVE_FILTER_LZ4>, false, Seeking::unused},
    Packing{"zip archive", is_zip, archive_read_support_format_zip, true, Seeking::helpful},
    Packing{"7z archive", is_seven_zip, archive_read_support_format_7zip, true, Seeking::needed},
    Packing{"cpio archive", is_cpio, archive_read_support_format_cpio, true, Seeking::unused},
    Packing{"tar archive", is_tar, archive_read_support_format_tar, true, Seeking::unused},
};

constexpr std::array kCompressedNames{".gz"sv, ".bz2"sv, ".xz"sv, ".zst"sv, ".lz4"sv};

constexpr std::array kCompanions{".avif"sv, ".bmp"sv,  ".css"sv,  ".eot"sv,  ".gif"sv, ".ico"sv,
                                 ".jpeg"sv, ".jpg"sv,  ".js"sv,   ".m4a"sv,  ".m4v"sv, ".map"sv,
                                 ".mjs"sv,  ".mov"sv,  ".mp3"sv,  ".mp4"sv,  ".ogg"sv, ".otf"sv,
                                 ".png"sv,  ".svg"sv,  ".tif"sv,  ".tiff"sv, ".ttf"sv, ".wav"sv,
                                 ".webm"sv, ".webp"sv, ".woff"sv, ".woff2"sv};

template <std::size_t size>
auto find_ending(const std::array<std::string_view, size>& endings, std::string_view name) {
  const std::string lower = ascii_lower(name);
  return std::find_if(endings.begin(), endings.end(),
                      [&](std::string_view ending) { return lower.ends_with(ending); });
}

// ---- names

/// While it lives, libarchive takes names for UTF-8, whatever the environment says of them.
class Utf8Names {
 public:
  Utf8Names() : before_(::uselocale(utf8())) {}
  ~Utf8Names() { ::uselocale(before_); }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  /// 0, which changes nothing, where there is no such locale.
  static locale_t utf8() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }

  locale_t before_;
};

std::string name_of(archive_entry* entry) {
  if (const char* name = archive_entry_pathname_utf8(entry)) return name;
  const char* bytes = archive_entry_pathname(entry);
  return bytes == nullptr ? std::string() : to_utf8(bytes);
}

bool is_file(archive_entry* entry) {
  return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr;
}

std::uint64_t claimed_size(archive_entry* entry) {
  const auto size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0;
  return size > 0 ? static_cast<std::uint64_t>(size) : 0;
}

}  // namespace

const Packing* detect_packing(std::string_view head) {
  const auto found = std::find_if(kPackings.begin(), kPackings.end(),
                                  [&](const Packing& packing) { return packing.looks_like(head); });
  return found == kPackings.end() ? nullptr : &*found;
}

std::string_view name_inside(std::string_view name) {
  const auto ending = find_ending(kCompressedNames, name);
  if (ending == kCompressedNames.end()) return name;
  return name.substr(0, name.size() - ending->size());
}

bool is_hidden(std::string_view name) {
  for (;;) {
    const auto slash = name.find('/');
    const std::string_view part = name.substr(0, slash);
    if (part.starts_with('.') && part != "." && part != "..") return true;
    if (slash == name.npos) return false;
    name.remove_prefix(slash + 1);
  }
}

bool is_companion(std::string_view name) {
  return find_ending(kCompanions, name) != kCompanions.end();
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array kUnits{"bytes"sv, "KiB"sv, "MiB"sv, "GiB"sv, "TiB"sv};
  std::size_t unit = 0;
  for (; bytes >= kKiB && bytes % kKiB == 0 && unit + 1 < kUnits.size(); ++unit) bytes /= kKiB;
  return fmt::format("{} {}", bytes, kUnits[unit]);
}

std::string too_large_text(std::uint64_t limit_bytes) {
  return fmt::format("it is larger than {}; --max-member allows more", size_text(limit_bytes));
}

// ---- limits

void UnpackingCosts::count_member() {
  if (++members_ > limits_.members && exceeded_.empty()) {
    exceeded_ = fmt::format("the file has more than {} members; --max-members allows more",
                            limits_.members);
  }
}

void UnpackingCosts::count_bytes(std::size_t bytes, unsigned depth) {
  if (bytes_by_depth_.size() <= depth) bytes_by_depth_.resize(depth + 1);
  const std::uint64_t total = bytes_by_depth_[depth] += bytes;
  if (!exceeded_.empty()) return;
  // A file can be read more than once, by seeking, and has no more in it for that.
  const std::uint64_t read =
      std::min(file_.bytes_read(), file_.size_bytes().value_or(file_.bytes_read()));
  if (total > limits_.total_bytes) {
    exceeded_ = fmt::format("the file unpacks to more than {}; --max-total allows more",
                            size_text(limits_.total_bytes));
  } else if (total > kFreeGrowthBytes && total / limits_.growth > read) {
    exceeded_ =
        fmt::format("the file unpacks to more than {} times its size; --max-growth allows more",
                    limits_.growth);
  }
}

// ---- libarchive

/// The packed bytes as libarchive asks for them. No exception may pass through it: what is thrown
/// is kept, and thrown again behind it.
class Unpacker::Source {
 public:
  explicit Source(Input& packed) : packed_(packed), can_seek_(packed.size_bytes().has_value()) {}

  bool can_seek() const { return can_seek_; }

  void attach_to(archive* reader) {
    archive_read_set_callback_data(reader, this);
    archive_read_set_read_callback(reader, &Source::read);
    if (can_seek_) archive_read_set_seek_callback(reader, &Source::seek);
  }

  void rethrow() {
    if (error_ != nullptr) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  static la_ssize_t read(archive*, void* self, const void** bytes) {
    return static_cast<Source*>(self)->read_next(bytes);
  }

  static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence) {
    return static_cast<Source*>(self)->seek_to(offset, whence);
  }

  la_ssize_t read_next(const void** bytes) noexcept try {
    packed_.consume(lent_bytes_);
    position_ += lent_bytes_;
    lent_bytes_ = 0;
    if (packed_.buffered().empty()) packed_.fill();
    *bytes = packed_.buffered().data();
    lent_bytes_ = packed_.buffered().size();
    return static_cast<la_ssize_t>(lent_bytes_);
  } catch (...) {
    error_ = std::current_exception();
    return -1;
  }

  la_int64_t seek_to(la_int64_t offset, int whence) noexcept try {
    const auto size = static_cast<la_int64_t>(packed_.size_bytes().value_or(0));
    if (whence == SEEK_CUR) offset += static_cast<la_int64_t>(position_ + lent_bytes_);
    if (whence == SEEK_END) offset += size;
    if (offset < 0 || offset > size) return ARCHIVE_FATAL;
    packed_.seek(static_cast<std::uint64_t>(offset));
    position_ = static_cast<std::uint64_t>(offset);
    lent_bytes_ = 0;
    return offset;
  } catch (...) {
    error_ = std::current_exception();
    return ARCHIVE_FATAL;
  }

  Input& packed_;
  bool can_seek_;
  std::uint64_t position_ = 0;  // of the first byte lent
  std::size_t lent_bytes_ = 0;  // that libarchive looks at in the input's buffer
  std::exception_ptr error_;
};

/// Bytes that are counted while they come out.
class CountedSource final : public ByteSource {
 public:
  CountedSource(std::unique_ptr<ByteSource> source, UnpackingCosts& costs, unsigned depth,
                std::string path)
      : source_(std::move(source)), costs_(costs), depth_(depth), path_(std::move(path)) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t count = source_->read(buffer, capacity);
    costs_.count_bytes(count, depth_);
    if (!costs_.exceeded().empty()) throw InputError(path_, costs_.exceeded());
    return count;
  }

 private:
  std::unique_ptr<ByteSource> source_;
  UnpackingCosts& costs_;
  unsigned depth_;
  std::string path_;
};

class Unpacker::Content final : public ByteSource {
 public:
  explicit Content(Unpacker& unpacker) : unpacker_(unpacker) {}

  std::size_t read(char* buffer, std::size_t capacity) override {
    const std::size_t count = unpacker_.read(buffer, capacity);
    bytes_ += count;
    const std::uint64_t limit = unpacker_.costs_.limits().member_bytes;
    if (unpacker_.packing_.is_archive && bytes_ > limit) {
      throw InputError(unpacker_.path_, too_large_text(limit));
    }
    return count;
  }

 private:
  Unpacker& unpacker_;
  std::uint64_t bytes_ = 0;
};

void Unpacker::Free::operator()(archive* reader) const noexcept {
  archive_read_free(reader);
}

Unpacker::Unpacker(Input& packed, const Packing& packing, UnpackingCosts& costs, unsigned depth,
                   std::string path)
    : packing_(packing),
      costs_(costs),
      depth_(depth),
      path_(std::move(path)),
      source_(std::make_unique<Source>(packed)),
      reader_(archive_read_new()),
      reads_rest_(packing.seeking == Seeking::needed ||
                  (packing.seeking == Seeking::helpful && !source_->can_seek())) {
  if (reader_ == nullptr) throw std::bad_alloc();
  packing.enable(reader_.get());
  if (!packing.is_archive) {
    archive_read_support_format_raw(reader_.get());
    archive_read_support_format_empty(reader_.get());
  }
  source_->attach_to(reader_.get());
  const int status = archive_read_open1(reader_.get());
  if (status < ARCHIVE_WARN) fail(ARCHIVE_FATAL);
}

Unpacker::~Unpacker() = default;

std::optional<Member> Unpacker::next() {
  const Utf8Names utf8_names;
  for (;;) {
    pass_over_rest();
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(reader_.get(), &entry);
    if (status == ARCHIVE_EOF) return std::nullopt;
    if (status < ARCHIVE_WARN) fail(ARCHIVE_FATAL);
    has_rest_ = true;
    if (packing_.is_archive) costs_.count_member();
    refuse_more_than_limits();
    if (!is_file(entry)) continue;
    Member member;
    if (packing_.is_archive) member.name = name_of(entry);
    member.is_encrypted = archive_entry_is_encrypted(entry) != 0;
    has_rest_ = !member.is_encrypted;
    member.size_bytes = claimed_size(entry);
    return member;
  }
}

std::unique_ptr<ByteSource> Unpacker::content() {
  return std::make_unique<Content>(*this);
}

std::size_t Unpacker::read(char* buffer, std::size_t capacity) {
  const la_ssize_t count = archive_read_data(reader_.get(), buffer, capacity);
  if (count < 0) fail(static_cast<int>(count));
  has_rest_ = count > 0;
  count_bytes(static_cast<std::size_t>(count));
  return static_cast<std::size_t>(count);
}

/// What libarchive would decode without telling, it decodes here, where it is counted.
void Unpacker::pass_over_rest() {
  if (!reads_rest_) return;
  std::array<char, kBlockBytes * 32> unwanted;
  while (has_rest_) {
    const la_ssize_t count = archive_read_data(reader_.get(), unwanted.data(), unwanted.size());
    if (count == ARCHIVE_FATAL) fail(ARCHIVE_FATAL);
    has_rest_ = count > 0;
    if (has_rest_) count_bytes(static_cast<std::size_t>(count));
  }
}

void Unpacker::count_bytes(std::size_t bytes) {
  costs_.count_bytes(bytes, depth_);
  refuse_more_than_limits();
}

void Unpacker::fail(int status) {
  has_rest_ = false;
  is_broken_ = is_broken_ || status == ARCHIVE_FATAL;
  source_->rethrow();
  const char* said = archive_error_string(reader_.get());
  throw InputError(path_, fmt::format("the {} is broken: {}", packing_.name,
                                      ascii_lower(said == nullptr ? "it ends" : said)));
}

void Unpacker::refuse_more_than_limits() const {
  if (!costs_.exceeded().empty()) throw InputError(path_, costs_.exceeded());
}

std::unique_ptr<ByteSource> gzip_content(Input& packed, UnpackingCosts& costs, unsigned depth,
                                         const std::string& path) {
  return std::make_unique<CountedSource>(gunzipped(packed, path), costs, depth, path);
}

}  // namespace lede
