#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/article_codec.hpp"
#include "corpus/learned_words.hpp"
#include "corpus/lexicon.hpp"
#include "corpus/settings.hpp"
#include "indexer/index_folder.hpp"

namespace lede {

/// The documents of an index, one for each article. Throws Xapian's errors.
class Documents {
 public:
  virtual ~Documents() = default;

  /// That of the article with this id; 0 where there is none.
  virtual Xapian::docid find(const std::string& id) const = 0;
  virtual std::string fingerprint(Xapian::docid docid) const = 0;
  virtual Article article(Xapian::docid docid) const = 0;
  /// Those with the path's term: of articles in this file, in files below a folder of this name,
  /// and imported ones that were there once. owner_of() tells which are the file's.
  virtual std::vector<Xapian::docid> at_path(const std::string& path) const = 0;
  virtual std::uint64_t count() const = 0;

  /// Puts the article in the place of a document, or with 0 in a new one, which it returns.
  virtual Xapian::docid put(Xapian::docid docid, const Article& article) = 0;
  virtual void remove(Xapian::docid docid) = 0;
  /// Sets an entry of the metadata; an empty value takes it away.
  virtual void set_metadata(const std::string& name, const std::string& value) = 0;
  virtual void commit() = 0;
  /// Shows readers the build that the documents are in, where they do not see it yet.
  virtual void publish() = 0;
};

/// Those of an index that is open for writing.
class IndexDocuments final : public Documents {
 public:
  IndexDocuments(std::unique_ptr<IndexFolder> folder, Xapian::WritableDatabase index,
                 IndexSettings settings);

  Xapian::docid find(const std::string& id) const override;
  std::string fingerprint(Xapian::docid docid) const override;
  Article article(Xapian::docid docid) const override;
  std::vector<Xapian::docid> at_path(const std::string& path) const override;
  std::uint64_t count() const override { return index_.get_doccount(); }
  Xapian::docid put(Xapian::docid docid, const Article& article) override;
  void remove(Xapian::docid docid) override { index_.delete_document(docid); }
  void set_metadata(const std::string& name, const std::string& value) override {
    index_.set_metadata(name, value);
  }
  void commit() override;
  void publish() override;

  const IndexSettings& settings() const { return settings_; }
  Xapian::docid last_docid() const { return index_.get_lastdocid(); }
  IndexFolder& folder() { return *folder_; }

  /// Makes a build of all documents and those of `part`, a database whose docids are behind
  /// last_docid(), and goes on in it; docids stay as they are. publish() shows it to readers.
  /// Everything is committed. Throws Error (damaged) as check_build.
  void join(const std::string& part);

 private:
  void set_metadata(const MetadataEntries& entries);

  std::unique_ptr<IndexFolder> folder_;
  Xapian::WritableDatabase index_;
  std::optional<Xapian::WritableDatabase> replaced_;  // by a build that is not published: locked
  IndexSettings settings_;
  LearnedWords words_;  // that the lexicon may not have yet
  Analyzers analyzers_;
  mutable ArticleCodec codec_;  // whose buffers nobody sees
};

/// Those that an index would have, for a run that only pretends to write. What is put in is
/// remembered without its text.
class PretendedDocuments final : public Documents {
 public:
  /// Without an index, those of a new one.
  explicit PretendedDocuments(const std::optional<Xapian::Database>& index);

  Xapian::docid find(const std::string& id) const override;
  std::string fingerprint(Xapian::docid docid) const override;
  Article article(Xapian::docid docid) const override;
  std::vector<Xapian::docid> at_path(const std::string& path) const override;
  std::uint64_t count() const override;
  Xapian::docid put(Xapian::docid docid, const Article& article) override;
  void remove(Xapian::docid docid) override;
  void set_metadata(const std::string&, const std::string&) override {}
  void commit() override {}
  void publish() override {}

 private:
  struct Pretended {
    Article article;
    std::string fingerprint;
  };

  bool is_as_it_was(Xapian::docid docid) const;
  void forget(Xapian::docid docid);

  Xapian::Database index_;
  mutable ArticleCodec codec_;
  Xapian::docid last_;
  std::uint64_t count_;
  std::unordered_map<Xapian::docid, Pretended> put_;
  std::unordered_map<std::string, Xapian::docid> by_id_;
  std::map<std::string, std::set<Xapian::docid>> by_file_;
  std::set<Xapian::docid> removed_;
};

}  // namespace lede
