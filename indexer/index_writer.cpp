#include "indexer/index_writer.hpp"

#include <filesystem>
#include <system_error>
#include <thread>

#include <fmt/format.h>
#include <xxhash.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/stored_article.hpp"
#include "indexer/document.hpp"

namespace lede {
namespace {

namespace fs = std::filesystem;

/// Stored bytes between two commits. Xapian's writer gets slower with what it holds back (on 28 MB
/// of news 8 MiB took a third more time than 2 MiB), and writes more blocks of a large index with
/// each commit.
constexpr std::size_t kCommitBytes = std::size_t{4} << 20;

constexpr std::chrono::milliseconds kLockPause{100};

bool holds_database(const fs::path& path) {
  return fs::exists(path / "iamglass") || fs::is_regular_file(path);  // a file: a stub
}

/// Xapian would put a new database among the files of any folder; an index gets a folder of its
/// own.
void prepare_place(const std::string& path) {
  std::error_code error;
  if (fs::exists(path, error) && !holds_database(path) && !fs::is_empty(path, error))
    throw Error(fmt::format("{} is a folder of other files, not an index", path),
                "name a new or empty folder with --db DIR", ExitStatus::no_index);
  const fs::path parent = fs::absolute(path).parent_path();
  fs::create_directories(parent, error);
  if (error)
    throw Error(fmt::format("cannot make the folder {}: {}", parent.string(), error.message()),
                "name another place with --db DIR", ExitStatus::resources);
}

Xapian::WritableDatabase open_once(const std::string& path) {
  return Xapian::WritableDatabase(path, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
}

Xapian::WritableDatabase open_for_writing(const std::string& path, std::chrono::seconds lock_wait) {
  prepare_place(path);
  const auto deadline = std::chrono::steady_clock::now() + lock_wait;
  return with_index(path, [&] {
    for (;;) {
      try {
        return open_once(path);
      } catch (const Xapian::DatabaseLockError&) {
        if (std::chrono::steady_clock::now() >= deadline) throw;
      }
      std::this_thread::sleep_for(kLockPause);
    }
  });
}

bool is_new(const Xapian::Database& index) {
  return index.get_lastdocid() == 0 && index.metadata_keys_begin() == index.metadata_keys_end();
}

IndexSettings with_wanted(IndexSettings settings, const WantedSettings& wanted) {
  if (wanted.language) settings.language = *wanted.language;
  for (const auto& [field, weight] : wanted.weights)
    settings.weights[static_cast<std::size_t>(field)] = weight;
  return settings;
}

IndexSettings settle(Xapian::WritableDatabase& index, const std::string& path,
                     const WantedSettings& wanted) {
  if (is_new(index)) {
    const IndexSettings settings = with_wanted({}, wanted);
    write_settings(index, settings);
    index.commit();  // from its first moment on, whatever ends the run, it is an index of lede
    return settings;
  }
  const IndexSettings settings = read_settings(index, path);
  if (with_wanted(settings, wanted) != settings)
    throw Error(
        fmt::format("the index at {} was made with another language or other weights", path),
        "leave --language and --weight out, or make a new index with --db DIR",
        ExitStatus::no_index);
  return settings;
}

std::string place_of(const Xapian::Document& document) {
  return location(decode_article(document.get_data()));
}

}  // namespace

IndexWriter::IndexWriter(std::string path, const WantedSettings& wanted,
                         std::chrono::seconds lock_wait)
    : path_(std::move(path)),
      index_(open_for_writing(path_, lock_wait)),
      settings_(with_index(path_, [&] { return settle(index_, path_, wanted); })),
      analyzers_(settings_.language) {}

Outcome IndexWriter::add_or_update(const Article& article) {
  return with_index(path_, [&] {
    const Xapian::Document document = make_document(article, settings_, analyzers_);
    const bool came_in_this_run =
        !written_ids_.insert(XXH3_64bits(article.id.data(), article.id.size())).second;
    const Xapian::docid existing = find(id_term(article.id));
    if (existing == 0) {
      write(existing, document);
      return Outcome{Outcome::Kind::added, ""};
    }
    const Xapian::Document old = index_.get_document(existing);
    const auto slot = static_cast<Xapian::valueno>(Slot::fingerprint);
    if (old.get_value(slot) == document.get_value(slot))
      return Outcome{Outcome::Kind::unchanged, ""};
    Outcome outcome{Outcome::Kind::updated, came_in_this_run ? place_of(old) : ""};
    write(existing, document);
    return outcome;
  });
}

void IndexWriter::commit() {
  with_index(path_, [&] { index_.commit(); });
  pending_bytes_ = 0;
}

Xapian::docid IndexWriter::find(const std::string& term) const {
  const Xapian::PostingIterator first = index_.postlist_begin(term);
  return first == index_.postlist_end(term) ? 0 : *first;
}

void IndexWriter::write(Xapian::docid existing, const Xapian::Document& document) {
  if (existing == 0) {
    index_.add_document(document);
  } else {
    index_.replace_document(existing, document);
  }
  note_pending(document.get_data().size());
}

void IndexWriter::note_pending(std::size_t bytes) {
  pending_bytes_ += bytes;
  if (pending_bytes_ >= kCommitBytes) commit();
}

}  // namespace lede
