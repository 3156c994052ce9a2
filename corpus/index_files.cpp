#include "corpus/index_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "corpus/environment.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// Xapian's reason, with the operating system's where there is one.
std::string reason_of(const Xapian::Error& error) {
  const char* system = error.get_error_string();
  if (system == nullptr) return error.get_msg();
  return fmt::format("{} ({})", error.get_msg(), system);
}

constexpr const char* kRebuildHint = "index the articles again: lede-index --rebuild ARTICLES";

/// Whether a table ends too early, for which libxapian has no class of its own.
bool is_cut_off(const Xapian::DatabaseError& error) {
  return error.get_msg().starts_with("EOF reading block");
}

Error damaged_error(const std::string& path, const Xapian::Error& error) {
  return Error(fmt::format("the index at {} is damaged: {}", path, reason_of(error)), kRebuildHint,
               ExitStatus::damaged);
}

Error unusable_error(const std::string& path, const Xapian::Error& error) {
  return Error(fmt::format("the index at {} cannot be used: {}", path, reason_of(error)),
               "check the disk and the permissions of that folder", ExitStatus::resources);
}

[[noreturn]] void fail_to_read_stub(const std::string& path, int error) {
  throw Error(
      fmt::format("cannot read {}/{}: {}", path, kStubFile, ascii_lower(std::strerror(error))),
      "check the permissions of that folder", ExitStatus::resources);
}

/// The build's number, or 0 when the text is not that of a stub of lede.
std::uint64_t build_in(std::string_view text) {
  constexpr std::uint64_t kMostBuilds = 1'000'000'000'000'000'000;
  const std::size_t dash = std::min(text.find('-'), text.size());
  std::uint64_t number = 0;
  std::from_chars(text.data() + std::min(dash + 1, text.size()), text.data() + text.size(), number);
  return number < kMostBuilds && text == stub_line(number) ? number : 0;
}

}  // namespace

std::string build_name(std::uint64_t number) {
  return fmt::format("build-{}", number);
}

std::string stub_line(std::uint64_t number) {
  return fmt::format("glass {}\n", build_name(number));
}

IndexStub read_stub(const std::string& path) {
  const int file = ::open(fmt::format("{}/{}", path, kStubFile).c_str(),
                          O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) return {};
  if (file < 0) fail_to_read_stub(path, errno);
  std::array<char, 64> text{};
  struct stat status {};
  const ssize_t size = ::fstat(file, &status) == 0 ? ::read(file, text.data(), text.size()) : -1;
  const int error = errno;
  ::close(file);
  if (size < 0) fail_to_read_stub(path, error);
  const std::uint64_t build = build_in({text.data(), static_cast<std::size_t>(size)});
  if (build == 0)
    throw Error(fmt::format("the file {}/{} was not written by lede-index", path, kStubFile),
                "name another index with --db DIR", ExitStatus::no_index);
  return {build, status.st_ino, status.st_mtim};
}

std::string tables_path(const std::string& path, const IndexStub& stub) {
  return stub.build == 0 ? path : fmt::format("{}/{}", path, build_name(stub.build));
}

IndexReader::IndexReader(std::string path) : path_(std::move(path)) {
  with_index(path_, [&] { open(); });
}

/// A stub that is the same before and after tells that nothing was deleted in between. libxapian
/// takes a missing table of positions for an empty one, so that an error alone would not.
void IndexReader::open() {
  constexpr int kTries = 20;
  for (int tries = 0; tries < kTries; ++tries) {
    const IndexStub stub = read_stub(path_);
    try {
      Xapian::Database database(tables_path(path_, stub), Xapian::DB_BACKEND_GLASS);
      if (read_stub(path_) != stub) continue;
      database_ = std::move(database);
      stub_ = stub;
      return;
    } catch (const Xapian::DatabaseNotFoundError&) {
      if (read_stub(path_) != stub) continue;
      if (stub.build == 0) throw;
      throw Error(fmt::format("the index at {} is damaged: it has no {}, which its {} names", path_,
                              build_name(stub.build), kStubFile),
                  kRebuildHint, ExitStatus::damaged);
    } catch (const Xapian::DatabaseError&) {
      if (read_stub(path_) == stub) throw;
    }
  }
  throw Xapian::DatabaseModifiedError("another build with each attempt to open it");
}

bool IndexReader::refresh() {
  try {
    if (read_stub(path_) == stub_) {
      const bool is_newer = database_.reopen();
      if (!is_newer || read_stub(path_) == stub_) return is_newer;
    }
  } catch (const Xapian::DatabaseError&) {
    if (read_stub(path_) == stub_) throw;
  }
  open();
  return true;
}

std::string default_index_path() {
  if (const auto path = environment("LEDE_DB"); !path.empty()) return std::string(path);
  if (const std::string data(environment("XDG_DATA_HOME")); data.starts_with('/'))
    return data + "/lede/index";
  if (const std::string home(environment("HOME")); !home.empty())
    return home + "/.local/share/lede/index";
  throw Error("no place for the index is known: HOME is not set", "name one with --db DIR");
}

Xapian::Database open_index(const std::string& path) {
  return IndexReader(path).database();
}

Error locked_error(const std::string& path) {
  return Error(fmt::format("another process is writing the index at {}", path),
               "try again when it has finished, or wait for it with --lock-wait SECONDS",
               ExitStatus::locked);
}

void rethrow_as_index_error(const std::string& path) {
  try {
    throw;
  } catch (const Xapian::DatabaseNotFoundError&) {
    throw Error(fmt::format("there is no index at {}", path),
                fmt::format("create one with: lede-index --db {} ARTICLES", path),
                ExitStatus::no_index);
  } catch (const Xapian::DatabaseVersionError& error) {
    throw Error(fmt::format("the index at {} has a format that libxapian {} does not read: {}",
                            path, Xapian::version_string(), reason_of(error)),
                kRebuildHint, ExitStatus::no_index);
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw damaged_error(path, error);
  } catch (const Xapian::DatabaseLockError&) {
    throw locked_error(path);
  } catch (const Xapian::DatabaseModifiedError&) {
    throw Error(fmt::format("the index at {} changes faster than it can be read", path),
                "try again when lede-index has finished", ExitStatus::locked);
  } catch (const Xapian::DatabaseError& error) {
    if (is_cut_off(error)) throw damaged_error(path, error);
    throw unusable_error(path, error);
  } catch (const Xapian::Error& error) {
    throw unusable_error(path, error);
  }
}

}  // namespace lede
