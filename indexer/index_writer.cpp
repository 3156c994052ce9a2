#include "indexer/index_writer.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "corpus/error.hpp"
#include "corpus/index_files.hpp"
#include "corpus/lexicon.hpp"
#include "corpus/stored_article.hpp"
#include "indexer/document.hpp"
#include "indexer/index_folder.hpp"

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
    for (const auto& [name, value] : lexicon_of({})) index.set_metadata(name, value);
    index.commit();
    return settings;
  }
  const IndexSettings settings = read_settings(index, path);
  require_settings(settings, wanted, path);
  return settings;
}

/// Tells files of a pass apart, as hash_of_id() does articles.
std::uint64_t hash_of_path(std::string_view path) {
  return XXH3_64bits(path.data(), path.size());
}

/// Nothing has changed but where it lies, and what goes by that.
bool has_only_moved(const Article& old, const Article& article) {
  Article moved = old;
  if (old.id == location(old) && article.id == location(article)) moved.id = article.id;
  moved.path = article.path;
  moved.member = article.member;
  moved.container = article.container;
  return encode_article(moved) == encode_article(article);
}

}  // namespace

std::unique_ptr<IndexDocuments> open_documents(std::unique_ptr<IndexFolder> folder,
                                               const WantedSettings& wanted) {
  Xapian::WritableDatabase index = open_for_writing(*folder);
  const std::string path = folder->path();
  return with_index(path, [&] {
    const IndexSettings settings = settle(index, path, wanted);
    return std::make_unique<IndexDocuments>(std::move(folder), index, settings);
  });
}

std::unique_ptr<Documents> pretended_documents(const std::string& path, bool is_rebuild) {
  if (is_rebuild || !has_index(path)) return std::make_unique<PretendedDocuments>(std::nullopt);
  return std::make_unique<PretendedDocuments>(open_index(path));
}

IndexWriter::IndexWriter(std::string path, std::unique_ptr<Documents> documents,
                         FileRegistry& registry, Written written, Before before)
    : path_(std::move(path)),
      documents_(std::move(documents)),
      registry_(registry),
      written_(std::move(written)) {
  if (before == Before::this_pass) come_.assign(std::size_t{documents_->count()} + 1, true);
}

void IndexWriter::start_pass(std::uint8_t pass, const std::vector<std::string_view>& files) {
  finish_reading();
  pass_ = pass;
  come_.clear();
  files_of_pass_.clear();
  for (const std::string_view file : files) files_of_pass_.insert(hash_of_path(file));
}

void IndexWriter::expect(std::uint64_t file_bytes) {
  if (addition_ != nullptr) addition_->expect(file_bytes);
}

void IndexWriter::add_or_update(Article article, const std::string& moved_from) {
  if (addition_ != nullptr && addition_->repeated().has_id_of(article))
    return wait(std::move(article), moved_from);
  const auto outcome = with_index(path_, [&] { return update(article, moved_from); });
  if (!outcome) return wait(std::move(article), moved_from);
  written_(article, *outcome);
}

/// For what is being added in bulk, until it is in the index.
void IndexWriter::wait(Article&& article, const std::string& moved_from) {
  addition_->repeated().add(std::move(article), moved_from);
  if (addition_->repeated().is_full()) end_addition();
}

/// nullopt for one that has to wait: a changed article gets a new docid, and those behind the last
/// one belong to a build on its way.
std::optional<Outcome> IndexWriter::update(const Article& article, const std::string& moved_from) {
  Xapian::docid docid = documents_->find(article.id);
  const Xapian::docid moved = docid == 0 ? find_moved(article, moved_from) : 0;
  if (docid == 0) docid = moved;
  if (docid == 0) {
    add(article);
    return Outcome{Outcome::Kind::added, "", false};
  }
  if (documents_->fingerprint(docid) == fingerprint_of(encode_article(article))) {
    if (!has_come(docid)) registry_.add_article(owner_of(article));
    note_coming(docid);
    return Outcome{Outcome::Kind::unchanged, "", false};
  }
  const Article other = documents_->article(docid);
  if (addition_ != nullptr && addition_->has_begun()) {
    addition_->repeated().add_id_of(article);  // those that come behind it wait, too
    addition_->repeated().add_id_of(other);
    return std::nullopt;
  }
  Outcome outcome = contend(article, docid, other);
  const bool is_moved = moved != 0 || (!moved_from.empty() && owner_of(other) == moved_from);
  if (is_moved && outcome.kind == Outcome::Kind::updated) outcome.kind = Outcome::Kind::moved;
  return outcome;
}

void IndexWriter::add(const Article& article) {
  if (addition_ == nullptr) return add_at_once(article);
  has_written_ = true;
  note_rank(article);
  addition_->add(article);
  if (!addition_->has_begun() && addition_->is_full() && !addition_->begin_build()) write_held();
}

void IndexWriter::add_at_once(const Article& article) {
  registry_.add_article(owner_of(article));
  write(0, article);
}

void IndexWriter::finish_reading() {
  while (addition_ != nullptr && !addition_->is_empty()) end_addition();
}

/// Puts into the index what is on its way there, and then what waited for it.
void IndexWriter::end_addition() {
  if (!addition_->has_begun()) return write_held();
  join();
  const std::unique_ptr<BulkAddition> joined = std::move(addition_);
  for (RepeatedArticle& each : joined->repeated().take())
    add_or_update(std::move(each.article), each.moved_from);
}

void IndexWriter::write_held() {
  std::vector<RepeatedArticle> repeated = addition_->repeated().take();
  with_index(path_, [&] {
    for (const Article& article : addition_->take_held()) add_at_once(article);
  });
  for (RepeatedArticle& each : repeated) add_or_update(std::move(each.article), each.moved_from);
}

/// The build in use gets what belongs to it first. Only from now on does the registry count
/// articles that were built: should the run end before, they are not there.
void IndexWriter::join() {
  commit_pending();
  const BulkAddition::Joined joined = with_index(path_, [&] { return addition_->join(); });
  come_.resize(std::size_t{joined.last_docid} + 1);
  std::fill(come_.begin() + joined.first_docid, come_.end(), true);
  for (const auto& [owner, articles] : joined.owners) registry_.add_articles(owner, articles);
}

/// Where the article lay before its file was moved, if its place is all that it is known by.
Xapian::docid IndexWriter::find_moved(const Article& article, const std::string& moved_from) const {
  if (moved_from.empty() || article.id != location(article)) return 0;
  Article before;
  before.path = moved_from;
  before.member = article.member;
  const Xapian::docid docid = documents_->find(location(before));
  const bool is_there = docid != 0 && !has_come(docid);
  return is_there && owner_of(documents_->article(docid)) == moved_from ? docid : 0;
}

/// Two articles have one id.
Outcome IndexWriter::contend(const Article& article, Xapian::docid docid, const Article& other) {
  const bool is_old = is_out_of_date(docid, other, article);
  if (is_old || rank_of(article) >= rank_of(other)) return replace(article, docid, other, is_old);
  if (owner_of(article) != owner_of(other))
    registry_.add_shadowed(owner_of(article), hash_of_id(article));
  return {Outcome::Kind::repeated, location(other), true};
}

Outcome IndexWriter::replace(const Article& article, Xapian::docid docid, const Article& old,
                             bool is_old) {
  const bool came_in_this_pass = has_come(docid);
  hand_on(old, article, is_old);
  const bool is_news = !has_only_moved(old, article);
  if (is_news) documents_->remove(docid);  // a new number tells readers that it is news
  write(is_news ? 0 : docid, article);
  if (is_old) return {Outcome::Kind::updated, "", false};
  return {came_in_this_pass ? Outcome::Kind::repeated : Outcome::Kind::updated, location(old),
          false};
}

/// Tells the registry whose the document is from now on.
void IndexWriter::hand_on(const Article& old, const Article& article, bool is_old) {
  const std::string& owner = owner_of(old);
  const FileRecord* file = registry_.find(owner);
  const bool is_counted = !is_old || (file != nullptr && file->pass != pass_);
  if (is_counted) registry_.drop_article(owner);
  registry_.add_article(owner_of(article));
  note_loss(old, &article);
  if (owner == owner_of(article)) return;
  registry_.add_shadowed(owner, hash_of_id(old));
  if (is_old) registry_.require_reading(owner);  // should the run end before the file is read
}

/// The article is out of the index, or another is in its place.
void IndexWriter::note_loss(const Article& old, const Article* next) {
  const std::uint64_t id = hash_of_id(old);
  if (!registry_.is_shadowed(id)) return;
  const ArticleRank rank = rank_of(old);
  if (next != nullptr && next->id == old.id && rank_of(*next) >= rank) return;
  ArticleRank& highest = losses_.try_emplace(id, rank).first->second;
  highest = std::max(highest, rank);
}

bool IndexWriter::is_out_of_date(Xapian::docid docid, const Article& old,
                                 const Article& article) const {
  if (has_come(docid)) return false;
  return owner_of(old) == owner_of(article) || files_of_pass_.contains(hash_of_path(owner_of(old)));
}

bool IndexWriter::has_come(Xapian::docid docid) const {
  return docid < come_.size() && come_[docid];
}

void IndexWriter::note_coming(Xapian::docid docid) {
  if (docid >= come_.size()) come_.resize(std::size_t{docid} + 1);
  come_[docid] = true;
}

std::uint64_t IndexWriter::remove_the_rest(const std::string& file) {
  finish_reading();
  return with_index(path_, [&] {
    std::uint64_t removed = 0;
    for (const Xapian::docid docid : documents_->at_path(file)) {
      if (has_come(docid)) continue;
      const Article article = documents_->article(docid);
      if (owner_of(article) != file) continue;
      note_loss(article, nullptr);
      erase(docid, article);
      ++removed;
    }
    return removed;
  });
}

bool IndexWriter::remove(const std::string& id) {
  finish_reading();
  return with_index(path_, [&] {
    const Xapian::docid docid = documents_->find(id);
    if (docid == 0) return false;
    const Article article = documents_->article(docid);
    registry_.drop_article(owner_of(article));
    registry_.add_removed(owner_of(article), hash_of_id(article));
    erase(docid, article);
    return true;
  });
}

void IndexWriter::finish_pass() {
  finish_reading();
  free_lost();
}

void IndexWriter::free_lost() {
  std::unordered_set<std::uint64_t> ids;
  for (const auto& [id, rank] : losses_) ids.insert(id);
  registry_.free(ids, pass_);
  losses_.clear();
}

void IndexWriter::set_metadata(const std::string& name, const std::string& value) {
  with_index(path_, [&] { documents_->set_metadata(name, value); });
}

/// Whatever ends the run after this, the next one knows from the registry what is left to do.
void IndexWriter::commit() {
  finish_reading();
  commit_pending();
  documents_->publish();
}

void IndexWriter::commit_pending() {
  free_lost();
  with_index(path_, [&] {
    for (const auto& [name, value] : registry_.take_changes())
      documents_->set_metadata(name, value);
    documents_->commit();
  });
  pending_bytes_ = 0;
}

std::uint64_t IndexWriter::article_count() const {
  return documents_->count() + (addition_ != nullptr ? addition_->count() : 0);
}

/// One that was taken out may have its equal now.
void IndexWriter::note_rank(const Article& article) {
  const auto loss = losses_.find(hash_of_id(article));
  if (loss != losses_.end() && rank_of(article) >= loss->second) losses_.erase(loss);
}

void IndexWriter::write(Xapian::docid docid, const Article& article) {
  note_rank(article);
  note_coming(documents_->put(docid, article));
  note_pending(article);
}

void IndexWriter::erase(Xapian::docid docid, const Article& article) {
  documents_->remove(docid);
  note_pending(article);
}

void IndexWriter::note_pending(const Article& article) {
  has_written_ = true;
  pending_bytes_ += bytes_in_memory(article);
  if (pending_bytes_ >= kCommitBytes) commit_pending();
}

}  // namespace lede
