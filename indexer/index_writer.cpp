#include "indexer/index_writer.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/stored_article.hpp"
#include "indexer/document.hpp"

namespace lede {
namespace {

/// Stored bytes between two commits. Xapian's writer gets slower with what it holds back (on 28 MB
/// of news 8 MiB took a third more time than 2 MiB), and writes more blocks of a large index with
/// each commit.
constexpr std::size_t kCommitBytes = std::size_t{4} << 20;

Xapian::WritableDatabase open_once(const std::string& tables) {
  return Xapian::WritableDatabase(tables, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
}

/// Other writers than lede's may have the tables.
Xapian::WritableDatabase open_for_writing(const IndexFolder& folder) {
  return with_index(folder.path(), [&] {
    std::optional<Xapian::WritableDatabase> index;
    const auto open = [&] {
      try {
        index = open_once(folder.tables());
      } catch (const Xapian::DatabaseLockError&) {
      }
      return index.has_value();
    };
    return wait_for(folder.lock_wait(), open) ? *index : open_once(folder.tables());
  });
}

bool is_new(const Xapian::Database& index) {
  return index.get_lastdocid() == 0 && index.metadata_keys_begin() == index.metadata_keys_end();
}

IndexSettings settle(Xapian::WritableDatabase& index, const std::string& path,
                     const WantedSettings& wanted) {
  if (is_new(index)) {
    const IndexSettings settings = with_wanted({}, wanted);
    write_settings(index, settings);
    index.commit();
    return settings;
  }
  const IndexSettings settings = read_settings(index, path);
  if (with_wanted(settings, wanted) != settings)
    throw Error(
        fmt::format("the index at {} was made with another language, other weights or positions",
                    path),
        "leave --language, --weight and --positions out, or make the index anew with --rebuild",
        ExitStatus::no_index);
  return settings;
}

}  // namespace

IndexWriter::IndexWriter(std::unique_ptr<IndexFolder> folder, const WantedSettings& wanted,
                         Written written, std::unordered_set<std::uint64_t> written_ids)
    : folder_(std::move(folder)),
      path_(folder_->path()),
      index_(open_for_writing(*folder_)),
      settings_(with_index(path_, [&] { return settle(index_, path_, wanted); })),
      analyzers_(settings_.language),
      codec_(settings_.dictionary),
      written_(std::move(written)),
      written_ids_(std::move(written_ids)) {}

void IndexWriter::add_or_update(Article article) {
  written_(article, update(article));
}

Outcome IndexWriter::update(const Article& article) {
  return with_index(path_, [&] {
    const Xapian::Document document = make_document(article, settings_, analyzers_, codec_);
    const bool came_in_this_run = !written_ids_.insert(hash_of_id(article)).second;
    const Xapian::docid existing = find(id_term(article.id));
    if (existing == 0) {
      write(existing, document);
      return Outcome{Outcome::Kind::added, ""};
    }
    const Xapian::Document old = index_.get_document(existing);
    const auto slot = static_cast<Xapian::valueno>(Slot::fingerprint);
    if (old.get_value(slot) == document.get_value(slot))
      return Outcome{Outcome::Kind::unchanged, ""};
    Outcome outcome{Outcome::Kind::updated,
                    came_in_this_run ? location(codec_.article_of(old.get_data())) : ""};
    write(existing, document);
    return outcome;
  });
}

void IndexWriter::commit() {
  commit_pending();
  folder_->publish();
}

void IndexWriter::commit_pending() {
  with_index(path_, [&] { index_.commit(); });
  pending_bytes_ = 0;
}

bool IndexWriter::remove(std::string_view id) {
  return with_index(path_, [&] {
    const Xapian::docid existing = find(id_term(id));
    if (existing == 0) return false;
    const std::size_t bytes = index_.get_document(existing).get_data().size();
    index_.delete_document(existing);
    note_pending(bytes);
    return true;
  });
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
  if (pending_bytes_ >= kCommitBytes) commit_pending();
}

}  // namespace lede
