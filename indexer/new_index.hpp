#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/article_writer.hpp"
#include "indexer/bulk/bulk_build.hpp"
#include "indexer/index_folder.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/repeated_articles.hpp"

namespace lede {

/// An index built in bulk, new or in the place of another. It is there with the first commit(), and
/// from then on written through Xapian, as from its second pass on. Articles of an id that came
/// before wait until then, too.
class NewIndex final : public ArticleWriter {
 public:
  /// `folder` has begun a build.
  NewIndex(std::unique_ptr<IndexFolder> folder, const WriterOptions& options,
           FileRegistry& registry, Written written);

  void start_pass(std::uint8_t pass, const std::vector<std::string_view>& files) override;
  void add_or_update(Article article, const std::string& moved_from = {}) override;
  void finish_reading() override;
  std::uint64_t remove_the_rest(const std::string& file) override;
  void finish_pass() override;
  bool remove(const std::string& id) override;
  bool has_changes() const override { return true; }
  void set_metadata(const std::string& name, const std::string& value) override;
  void commit() override;
  std::uint64_t article_count() const override;

 private:
  void end_build();
  std::vector<std::string> require_reading_of(const std::vector<RepeatedArticle>& repeated);
  std::map<std::string, std::string> metadata_of_build();

  std::unique_ptr<IndexFolder> folder_;  // until the build is done
  std::string path_;
  FileRegistry& registry_;
  Written written_;
  std::uint8_t pass_ = 1;
  std::unique_ptr<BulkBuild> build_;  // until it is done
  RepeatedArticles repeated_;
  std::map<std::string, std::string> metadata_;  // that was set before the build is done
  std::unique_ptr<ArticleWriter> updates_;       // from then on
};

}  // namespace lede
