#include "corpus/index_files.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace lede {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

/// Xapian's reason, with the operating system's where there is one.
std::string reason_of(const Xapian::Error& error) {
  const char* system = error.get_error_string();
  if (system == nullptr) return error.get_msg();
  return fmt::format("{} ({})", error.get_msg(), system);
}

}  // namespace

std::string default_index_path() {
  if (std::string path = environment("LEDE_DB"); !path.empty()) return path;
  if (const std::string data = environment("XDG_DATA_HOME"); data.starts_with('/'))
    return data + "/lede/index";
  if (const std::string home = environment("HOME"); !home.empty())
    return home + "/.local/share/lede/index";
  throw Error("no place for the index is known: HOME is not set", "name one with --db DIR");
}

Xapian::Database open_index(const std::string& path) {
  return with_index(path, [&] { return Xapian::Database(path); });
}

Error locked_error(const std::string& path) {
  return Error(fmt::format("another process is writing the index at {}", path),
               "try again when it has finished, or wait for it with --lock-wait SECONDS",
               ExitStatus::locked);
}

void rethrow_as_index_error(const std::string& path) {
  const std::string rebuild = "index the articles again into a new folder: lede-index --db DIR";
  try {
    throw;
  } catch (const Xapian::DatabaseNotFoundError&) {
    throw Error(fmt::format("there is no index at {}", path),
                fmt::format("create one with: lede-index --db {} ARTICLES", path),
                ExitStatus::no_index);
  } catch (const Xapian::DatabaseVersionError& error) {
    throw Error(fmt::format("the index at {} has a format that libxapian {} does not read: {}",
                            path, Xapian::version_string(), reason_of(error)),
                rebuild, ExitStatus::no_index);
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw Error(fmt::format("the index at {} is damaged: {}", path, reason_of(error)), rebuild,
                ExitStatus::damaged);
  } catch (const Xapian::DatabaseLockError&) {
    throw locked_error(path);
  } catch (const Xapian::DatabaseModifiedError&) {
    throw Error(fmt::format("the index at {} changes faster than it can be read", path),
                "try again when lede-index has finished", ExitStatus::locked);
  } catch (const Xapian::Error& error) {
    throw Error(fmt::format("the index at {} cannot be used: {}", path, reason_of(error)),
                "check the disk and the permissions of that folder", ExitStatus::resources);
  }
}

}  // namespace lede
