#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article_codec.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/index_folder.hpp"

namespace lede {

/// An index open for writing through Xapian. Nothing is written until an article differs from what
/// is there.
class IndexWriter final : public ArticleWriter {
 public:
  /// Writes the build that the folder has begun, which commit() publishes; else the one in use.
  /// As open_writer. `written_ids` are hash_of_id() of what came in this run before.
  IndexWriter(std::unique_ptr<IndexFolder> folder, const WantedSettings& wanted, Written written,
              std::unordered_set<std::uint64_t> written_ids = {});

  /// Commits on its own when much is pending; that shows readers nothing of a build.
  void add_or_update(Article article) override;
  void commit() override;

  /// Takes the article with this id out of the index. False when there is none.
  bool remove(std::string_view id);
  std::uint64_t article_count() const override { return index_.get_doccount(); }

 private:
  Outcome update(const Article& article);
  Xapian::docid find(const std::string& term) const;
  void write(Xapian::docid existing, const Xapian::Document& document);
  void note_pending(std::size_t bytes);
  void commit_pending();

  std::unique_ptr<IndexFolder> folder_;
  std::string path_;
  Xapian::WritableDatabase index_;
  IndexSettings settings_;
  Analyzers analyzers_;
  ArticleCodec codec_;
  Written written_;
  std::size_t pending_bytes_ = 0;
  std::unordered_set<std::uint64_t> written_ids_;  // hashes: of articles added or replaced by us
};

}  // namespace lede
