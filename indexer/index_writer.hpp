#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <xapian.h>

#include "indexer/article_rank.hpp"
#include "indexer/article_writer.hpp"
#include "indexer/bulk_addition.hpp"
#include "indexer/documents.hpp"

namespace lede {

/// Opens the build that was begun in a folder, else the one in use, for writing. Throws as
/// open_writer does.
std::unique_ptr<IndexDocuments> open_documents(std::unique_ptr<IndexFolder> folder,
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

  /// New articles go there from now on, and perhaps through Xapian in the end. It is of the
  /// documents that the writer was made with.
  void add_by(std::unique_ptr<BulkAddition> addition) { addition_ = std::move(addition); }

  void start_pass(std::uint8_t pass, const std::vector<std::string_view>& files) override;
  void expect(std::uint64_t file_bytes) override;
  /// Commits on its own when much is pending.
  void add_or_update(Article article, const std::string& moved_from = {}) override;
  void finish_reading() override;
  std::uint64_t remove_the_rest(const std::string& file) override;
  void finish_pass() override;
  bool remove(const std::string& id) override;
  bool has_changes() const override { return has_written_ || registry_.has_changes(); }
  void set_metadata(const std::string& name, const std::string& value) override;
  void commit() override;
  std::uint64_t article_count() const override;

 private:
  void wait(Article&& article, const std::string& moved_from);
  std::optional<Outcome> update(const Article& article, const std::string& moved_from);
  void add(const Article& article);
  void add_at_once(const Article& article);
  void end_addition();
  void write_held();
  void join();
  Xapian::docid find_moved(const Article& article, const std::string& moved_from) const;
  Outcome contend(const Article& article, Xapian::docid docid, const Article& other);
  Outcome replace(const Article& article, Xapian::docid docid, const Article& old, bool is_old);
  void hand_on(const Article& old, const Article& article, bool is_old);
  void note_loss(const Article& old, const Article* next);
  bool is_out_of_date(Xapian::docid docid, const Article& old, const Article& article) const;
  bool has_come(Xapian::docid docid) const;
  void note_coming(Xapian::docid docid);
  void note_rank(const Article& article);
  void write(Xapian::docid docid, const Article& article);
  void erase(Xapian::docid docid, const Article& article);
  void note_pending(const Article& article);
  void free_lost();
  void commit_pending();

  std::string path_;
  std::unique_ptr<Documents> documents_;
  std::unique_ptr<BulkAddition> addition_;  // nullptr: new articles are written at once
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
