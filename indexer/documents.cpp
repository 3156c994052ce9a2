#include "indexer/documents.hpp"

#include <utility>

#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/stored_article.hpp"
#include "indexer/article_rank.hpp"
#include "indexer/check_build.hpp"
#include "indexer/document.hpp"

namespace lede {
namespace {

Xapian::docid find_in(const Xapian::Database& index, const std::string& id) {
  const std::string term = id_term(id);
  const Xapian::PostingIterator first = index.postlist_begin(term);
  return first == index.postlist_end(term) ? 0 : *first;
}

std::string fingerprint_in(const Xapian::Database& index, Xapian::docid docid) {
  return index.get_document(docid).get_value(static_cast<Xapian::valueno>(Slot::fingerprint));
}

Article article_in(const Xapian::Database& index, Xapian::docid docid, ArticleCodec& codec) {
  return codec.article_of(index, docid);
}

std::vector<Xapian::docid> at_path_in(const Xapian::Database& index, const std::string& path) {
  const std::string term = exact_term(field_of(FieldId::path).prefix, path);
  return {index.postlist_begin(term), index.postlist_end(term)};
}

Article without_text(Article article) {
  article.body.clear();
  article.body.shrink_to_fit();
  article.lede.clear();
  article.title.clear();
  return article;
}

}  // namespace

IndexDocuments::IndexDocuments(std::unique_ptr<IndexFolder> folder, Xapian::WritableDatabase index,
                               IndexSettings settings)
    : folder_(std::move(folder)),
      index_(std::move(index)),
      settings_(std::move(settings)),
      analyzers_(settings_.language, Analyzer::kUsualMemo, &words_),
      codec_(settings_.dictionary) {}

Xapian::docid IndexDocuments::find(const std::string& id) const {
  return find_in(index_, id);
}

std::string IndexDocuments::fingerprint(Xapian::docid docid) const {
  return fingerprint_in(index_, docid);
}

Article IndexDocuments::article(Xapian::docid docid) const {
  return article_in(index_, docid, codec_);
}

std::vector<Xapian::docid> IndexDocuments::at_path(const std::string& path) const {
  return at_path_in(index_, path);
}

Xapian::docid IndexDocuments::put(Xapian::docid docid, const Article& article) {
  const Xapian::Document document = make_document(article, settings_, analyzers_, codec_);
  if (docid == 0) return index_.add_document(document);
  index_.replace_document(docid, document);
  return docid;
}

void IndexDocuments::set_metadata(const MetadataEntries& entries) {
  for (const auto& [name, value] : entries) index_.set_metadata(name, value);
}

/// The lexicon keeps words of articles that are gone: no others tell whether they have them.
void IndexDocuments::commit() {
  set_metadata(lexicon_with(index_, words_.take()));
  index_.commit();
}

void IndexDocuments::join(const std::string& part) {
  const std::string tables = folder_->tables();
  folder_->begin_build(OtherWriters::are_kept_out);
  const Xapian::Database old(tables, Xapian::DB_BACKEND_GLASS);
  const Xapian::Database added(part, Xapian::DB_BACKEND_GLASS);
  const MetadataEntries lexicon = united_lexicon(old, added);
  Xapian::Database both = old;
  both.add_database(added);
  both.compact(folder_->tables(), Xapian::DBCOMPACT_NO_RENUMBER);
  check_build(*folder_, both.get_doccount(), CheckedPart::sample);
  replaced_ = std::exchange(
      index_,
      Xapian::WritableDatabase(folder_->tables(), Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS));
  set_metadata(lexicon);
  keep_uuid(index_, index_uuid(old));
}

void IndexDocuments::publish() {
  folder_->publish();
  replaced_.reset();
}

PretendedDocuments::PretendedDocuments(const std::optional<Xapian::Database>& index)
    : index_(index.value_or(Xapian::Database())),
      codec_(read_dictionary(index_)),
      last_(index_.get_lastdocid()),
      count_(index_.get_doccount()) {}

bool PretendedDocuments::is_as_it_was(Xapian::docid docid) const {
  return !put_.contains(docid) && !removed_.contains(docid);
}

Xapian::docid PretendedDocuments::find(const std::string& id) const {
  if (const auto known = by_id_.find(id); known != by_id_.end()) return known->second;
  const Xapian::docid docid = find_in(index_, id);
  return is_as_it_was(docid) ? docid : 0;
}

std::string PretendedDocuments::fingerprint(Xapian::docid docid) const {
  const auto known = put_.find(docid);
  return known != put_.end() ? known->second.fingerprint : fingerprint_in(index_, docid);
}

Article PretendedDocuments::article(Xapian::docid docid) const {
  const auto known = put_.find(docid);
  return known != put_.end() ? known->second.article : article_in(index_, docid, codec_);
}

std::vector<Xapian::docid> PretendedDocuments::at_path(const std::string& path) const {
  std::vector<Xapian::docid> docids;
  for (const Xapian::docid docid : at_path_in(index_, path))
    if (is_as_it_was(docid)) docids.push_back(docid);
  if (const auto known = by_file_.find(path); known != by_file_.end())
    docids.insert(docids.end(), known->second.begin(), known->second.end());
  return docids;
}

std::uint64_t PretendedDocuments::count() const {
  return count_;
}

Xapian::docid PretendedDocuments::put(Xapian::docid docid, const Article& article) {
  if (docid == 0) ++count_;
  const Xapian::docid place = docid == 0 ? ++last_ : docid;
  forget(place);
  by_id_[article.id] = place;
  by_file_[owner_of(article)].insert(place);
  put_[place] = {without_text(article), fingerprint_of(encode_article(article))};
  return place;
}

void PretendedDocuments::remove(Xapian::docid docid) {
  forget(docid);
  removed_.insert(docid);
  --count_;
}

void PretendedDocuments::forget(Xapian::docid docid) {
  const auto known = put_.find(docid);
  if (known == put_.end()) return;
  by_id_.erase(known->second.article.id);
  by_file_[owner_of(known->second.article)].erase(docid);
  put_.erase(known);
}

}  // namespace lede
