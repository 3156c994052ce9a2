#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <xapian.h>

#include "indexer/article_rank.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/documents.hpp"

namespace lede {

/// Opens the build that was begun in a folder, else the one in use, for writing. Throws as
/// open_writer does.
std::unique_ptr<Documents> open_documents(std::unique_ptr<IndexFolder> folder,
                                          const WantedSettings& wanted);

/// The index at `path`, or one that is not there yet, for a run that writes nothing.
std::unique_ptr<Documents> pretended_documents(const std::string& path, bool is_rebuild);

/// Which articles an index holds before a run writes through Xapian.
enum class Before : std::uint8_t {
  earlier_runs,  ///< those of runs before
  this_pass,     ///< those that came in this pass, in bulk
};

/// An index open for writing through Xapian. Nothing is written until an article differs from what
/// is there.
class IndexWriter final : public ArticleWriter {
 public:
  IndexWriter(std::string path, std::unique_ptr<Documents> documents, FileRegistry& registry,
              Written written, Before before = Before::earlier_runs);

  void start_pass(std::uint8_t pass, const std::vector<std::string_view>& files) override;
  /// Commits on its own when much is pending.
  void add_or_update(Article article, const std::string& moved_from = {}) override;
  std::uint64_t remove_the_rest(const std::string& file) override;
  void finish_pass() override;
  bool remove(const std::string& id) override;
  bool has_changes() const override { return has_written_ || registry_.has_changes(); }
  void set_metadata(const std::string& name, const std::string& value) override;
  void commit() override;
  std::uint64_t article_count() const override { return documents_->count(); }

 private:
  Outcome update(const Article& article, const std::string& moved_from);
  Xapian::docid find_moved(const Article& article, const std::string& moved_from) const;
  Outcome contend(const Article& article, Xapian::docid docid, const Article& other);
  Outcome replace(const Article& article, Xapian::docid docid, const Article& old, bool is_old);
  void hand_on(const Article& old, const Article& article, bool is_old);
  void note_loss(const Article& old, const Article* next);
  bool is_out_of_date(Xapian::docid docid, const Article& old, const Article& article) const;
  bool has_come(Xapian::docid docid) const;
  void note_coming(Xapian::docid docid);
  void write(Xapian::docid docid, const Article& article);
  void erase(Xapian::docid docid, const Article& article);
  void note_pending(const Article& article);
  void commit_pending();

  std::string path_;
  std::unique_ptr<Documents> documents_;
  FileRegistry& registry_;
  Written written_;
  std::uint8_t pass_ = 1;
  std::unordered_set<std::uint64_t> files_of_pass_;  // hashes of paths
  std::vector<bool> come_;                           // in this pass, by docid
  /// By hash of id: the highest rank that was taken out in this pass and has no equal yet, of ids
  /// that another file has, too.
  std::unordered_map<std::uint64_t, ArticleRank> losses_;
  std::size_t pending_bytes_ = 0;
  bool has_written_ = false;
};

}  // namespace lede
