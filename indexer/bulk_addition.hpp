#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <xapian.h>

#include "corpus/article.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/bulk/bulk_build.hpp"
#include "indexer/documents.hpp"
#include "indexer/repeated_articles.hpp"

namespace lede {

/// The new articles of a run that writes to an index that is there.
///
/// They are held in memory until there are enough to tell how they are written best: through
/// Xapian, or by a bulk build of their own, which is joined with the index when all have come. None
/// of them can be found in the index before; articles of their ids wait.
class BulkAddition {
 public:
  /// `documents` outlives this, and gets no new document from elsewhere once a build has begun.
  BulkAddition(IndexDocuments& documents, AdditionRule rule, const BulkLimits& limits);

  /// A hint: so many bytes of files are about to be read.
  void expect(std::uint64_t file_bytes) { expected_bytes_ = file_bytes; }

  /// Takes a new article, with an id that neither the index has nor one that was taken.
  void add(const Article& article);
  RepeatedArticles& repeated() { return repeated_; }  ///< with the ids of those that were taken

  /// Are so many held that it is to be decided how they are written?
  bool is_full() const { return held_bytes_ >= rule_.held_bytes; }
  /// Begins a build, with what is held, where that pays; else returns false.
  bool begin_build();
  bool has_begun() const { return build_ != nullptr; }
  /// Hands out what is held, for Xapian to write.
  std::vector<Article> take_held();

  bool is_empty() const { return count() == 0 && repeated_.is_empty(); }
  /// Articles that were taken, and are not in the index yet.
  std::uint64_t count() const { return build_ ? build_->article_count() : held_.size(); }

  /// What a join has added to the index.
  struct Joined {
    Xapian::docid first_docid = 0;
    Xapian::docid last_docid = 0;
    /// Files and how many articles came from them, one file perhaps in several places.
    std::vector<std::pair<std::string, std::uint32_t>> owners;
  };
  /// Joins the build with the index; all documents are committed. Throws as IndexDocuments::join().
  Joined join();

 private:
  bool pays() const;
  void build(Article article);

  IndexDocuments& documents_;
  AdditionRule rule_;
  BulkLimits limits_;
  std::uint64_t expected_bytes_ = 0;
  std::uint64_t taken_bytes_ = 0;  // of all articles
  std::vector<Article> held_;
  std::size_t held_bytes_ = 0;
  RepeatedArticles repeated_;
  bool is_possible_ = true;  // for all that is known
  std::string part_;         // where the build is
  std::unique_ptr<BulkBuild> build_;
  std::vector<std::pair<std::string, std::uint32_t>> owners_;
};

}  // namespace lede
