#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_set>
#include <vector>

#include "indexer/article_writer.hpp"
#include "indexer/bulk/bulk_build.hpp"
#include "indexer/index_folder.hpp"

namespace lede {

/// An index built in bulk, new or in the place of another. It is there with the first commit(), and
/// from then on written through Xapian. Articles of an id that came before wait until then, too.
class NewIndex final : public ArticleWriter {
 public:
  /// `folder` has begun a build.
  NewIndex(std::unique_ptr<IndexFolder> folder, const WriterOptions& options, Written written);

  void add_or_update(Article article) override;
  void commit() override;
  std::uint64_t article_count() const override;

 private:
  void end_build();

  std::unique_ptr<IndexFolder> folder_;  // until the build is done
  Written written_;
  std::unique_ptr<BulkBuild> build_;       // until it is done
  std::unordered_set<std::uint64_t> ids_;  // hashes
  std::vector<Article> repeated_;
  std::size_t repeated_bytes_ = 0;
  std::unique_ptr<ArticleWriter> updates_;  // from then on
};

}  // namespace lede
