#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <xapian.h>

#include "console/json_writer.hpp"
#include "console/terminal.hpp"
#include "corpus/index_files.hpp"
#include "corpus/settings.hpp"
#include "indexer/check_build.hpp"
#include "indexer/commands.hpp"
#include "indexer/index_folder.hpp"
#include "indexer/report.hpp"

namespace lede {
namespace {

/// What `lede-index compact` says.
struct Compaction {
  std::string path;
  std::uint64_t articles = 0;
  std::uint64_t bytes_before = 0;
  std::uint64_t bytes_after = 0;
  double seconds = 0;
};

/// Records in the build in use what the index is known by, for its copy. Once is enough.
void keep_uuid_of(const IndexFolder& folder) {
  const Xapian::Database before = open_index(folder.path());
  read_settings(before, folder.path());
  if (index_uuid(before) != before.get_uuid()) return;
  with_index(folder.path(), [&] {
    std::optional<Xapian::WritableDatabase> index;
    const auto open = [&] {
      try {
        index.emplace(folder.tables(), Xapian::DB_OPEN);
      } catch (const Xapian::DatabaseLockError&) {  // of another program
      }
      return index.has_value();
    };
    if (!wait_for(folder.lock_wait(), open)) throw locked_error(folder.path());
    keep_uuid(*index, index->get_uuid());
    index->commit();
  });
}

/// Copies the build in use into the one that the folder has begun: blocks filled, free ones left
/// out, docids as they are.
Xapian::doccount copy_compacted(const IndexFolder& folder) {
  Xapian::Database index = open_index(folder.path());
  return with_index(folder.path(), [&] {
    read_settings(index, folder.path());
    index.compact(folder.tables(), Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
    return index.get_doccount();
  });
}

Compaction compact(IndexFolder& folder) {
  const auto start = std::chrono::steady_clock::now();
  Compaction done{folder.path(), 0, size_of_index(folder.path()), 0, 0};
  keep_uuid_of(folder);
  folder.begin_build();
  done.articles = copy_compacted(folder);
  check_build(folder, static_cast<Xapian::doccount>(done.articles), CheckedPart::all);
  folder.publish();
  done.bytes_after = size_of_index(folder.path());
  done.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return done;
}

std::string format_compaction(const Compaction& done) {
  return fmt::format("the index at {} takes {}, {} before, and holds {}\n", done.path,
                     format_bytes(done.bytes_after), format_bytes(done.bytes_before),
                     count_of(done.articles, "article", "articles"));
}

std::string format_compaction_json(const Compaction& done) {
  JsonWriter json;
  json.begin_object();
  json.key("version").value(std::uint64_t{1});
  json.key("path").value(done.path);
  json.key("articles").value(done.articles);
  json.key("bytes_before").value(done.bytes_before);
  json.key("bytes_after").value(done.bytes_after);
  json.key("seconds").value(done.seconds);
  json.end_object();
  return json.take() + '\n';
}

}  // namespace

ExitStatus compact_index(const IndexOptions& options) {
  const auto folder =
      hold_index(chosen_index_path(options), std::chrono::seconds(options.lock_wait_seconds));
  const Compaction done = compact(*folder);
  if (options.is_json) {
    write_all(stdout, format_compaction_json(done));
  } else if (!options.is_quiet) {
    write_all(stdout, format_compaction(done));
  }
  return ExitStatus::success;
}

}  // namespace lede
