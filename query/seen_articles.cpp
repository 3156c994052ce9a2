#include "query/seen_articles.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/descriptor.hpp"
#include "corpus/environment.hpp"
#include "corpus/error.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// Every document behind one, whether or not there is a document of that number: asked beside a
/// query, those that are none are passed over in one step.
class LaterDocuments final : public Xapian::PostingSource {
 public:
  explicit LaterDocuments(Xapian::docid last_seen) : last_seen_(last_seen) {}

  LaterDocuments* clone() const override {
    return std::make_unique<LaterDocuments>(last_seen_).release();
  }

  void init(const Xapian::Database& index) override {
    last_ = index.get_lastdocid();
    count_ = std::min(last_ - std::min(last_, last_seen_), index.get_doccount());
    at_ = last_seen_;
  }

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return count_; }
  Xapian::doccount get_termfreq_max() const override { return count_; }

  Xapian::docid get_docid() const override { return at_; }
  bool at_end() const override { return at_ > last_; }
  void next(double) override { ++at_; }
  void skip_to(Xapian::docid docid, double) override { at_ = std::max(at_, docid); }
  bool check(Xapian::docid docid, double) override {
    at_ = std::max(last_seen_ + 1, docid);
    return true;
  }

  std::string get_description() const override {
    return fmt::format("documents behind {}", last_seen_);
  }

 private:
  Xapian::docid last_seen_;
  Xapian::docid last_ = 0;
  Xapian::doccount count_ = 0;
  Xapian::docid at_ = 0;
};

std::string state_folder() {
  if (const auto state = environment("XDG_STATE_HOME"); state.starts_with('/'))
    return std::string(state);
  if (const std::string home(environment("HOME")); !home.empty()) return home + "/.local/state";
  throw Error("no place to remember what was seen is known: HOME is not set",
              "name a folder in XDG_STATE_HOME");
}

[[noreturn]] void fail(std::string_view what, const std::string& path, int error_number) {
  throw Error(fmt::format("cannot {} {}: {}", what, path,
                          ascii_lower(std::generic_category().message(error_number))),
              "check the disk and the permissions of that folder", ExitStatus::resources);
}

Descriptor open_file(const std::string& path, int flags) {
  constexpr mode_t kForItsOwnerOnly = 0600;
  return Descriptor(::open(path.c_str(), flags | O_CLOEXEC, kForItsOwnerOnly));
}

constexpr std::string_view kFirstWord = "seen ";

/// `seen 4711` and a line's end, which tells that the file is whole.
std::optional<std::uint64_t> docid_in(std::string_view text) {
  if (!text.starts_with(kFirstWord) || !text.ends_with('\n')) return std::nullopt;
  text.remove_prefix(kFirstWord.size());
  text.remove_suffix(1);
  std::uint64_t docid = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), docid);
  const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return is_whole ? std::optional(docid) : std::nullopt;
}

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) fail("make the folder", path, error.value());
}

void write_new_file(const std::string& path, std::string_view text) {
  const Descriptor file = open_file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  if (!file) fail("write", path, errno);
  while (!text.empty()) {
    const ssize_t written = ::write(file.number(), text.data(), text.size());
    if (written < 0 && errno != EINTR) fail("write", path, errno);
    text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
  if (::fsync(file.number()) != 0) fail("write", path, errno);
}

void sync_folder(const std::string& path) {
  const Descriptor folder = open_file(path, O_RDONLY | O_DIRECTORY);
  if (!folder || ::fsync(folder.number()) != 0) fail("write into", path, errno);
}

}  // namespace

Xapian::Query later_than(const SeenArticles& seen, const Xapian::Query& query) {
  constexpr std::uint64_t kHighest = static_cast<Xapian::docid>(-1) - 1;
  auto source = std::make_unique<LaterDocuments>(
      static_cast<Xapian::docid>(std::min(seen.last_docid, kHighest)));
  // which counts its owners from then on
  return {Xapian::Query::OP_FILTER, query, Xapian::Query(source.release()->release())};
}

SeenFile::SeenFile(std::string name, std::string index_uuid)
    : name_(std::move(name)),
      index_uuid_(std::move(index_uuid)),
      path_(fmt::format("{}/lede/new-since/{}@{}", state_folder(), name_, index_uuid_)) {}

std::optional<SeenArticles> SeenFile::read() const {
  const Descriptor file = open_file(path_, O_RDONLY | O_NONBLOCK);
  if (!file && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (!file) fail("read", path_, errno);
  std::string text(64, '\0');
  const ssize_t size = ::read(file.number(), text.data(), text.size());
  if (size < 0) fail("read", path_, errno);
  const auto docid = docid_in(std::string_view(text).substr(0, static_cast<std::size_t>(size)));
  if (docid) return SeenArticles{index_uuid_, *docid};
  throw Error(fmt::format("the file {} does not say what was seen", path_),
              fmt::format("delete it, and '{}' begins anew with all articles", name_),
              ExitStatus::resources);
}

void SeenFile::write(const SeenArticles& seen) const {
  const std::string folder = std::filesystem::path(path_).parent_path();
  make_folder(folder);
  const std::string next = fmt::format("{}.{}", path_, ::getpid());
  write_new_file(next, fmt::format("{}{}\n", kFirstWord, seen.last_docid));
  if (std::rename(next.c_str(), path_.c_str()) != 0) {
    const int error = errno;
    std::remove(next.c_str());
    fail("write", path_, error);
  }
  sync_folder(folder);
}

bool is_seen_name(const std::string& name) {
  constexpr std::size_t kLongest = 64;
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  return !name.empty() && name.size() <= kLongest && name.find_first_not_of(kSafe) == name.npos &&
         name.front() != '.' && name.front() != '-';
}

}  // namespace lede
