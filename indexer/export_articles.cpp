#include "indexer/export_articles.hpp"

#include <string>

#include <fmt/format.h>
#include <xapian.h>

#include "console/article_json.hpp"
#include "console/terminal.hpp"
#include "corpus/article_codec.hpp"
#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_files.hpp"
#include "corpus/settings.hpp"
#include "indexer/commands.hpp"

namespace lede {
namespace {

/// Returns how many articles there were.
std::uint64_t print_articles(const Xapian::Database& index) {
  constexpr std::size_t kWriteBytes = std::size_t{256} << 10;
  std::string lines;
  const std::uint64_t count = for_each_by_id(index, [&](const Article& article) {
    (lines += export_json(article)) += '\n';
    if (lines.size() < kWriteBytes) return;
    write_all(stdout, lines);
    lines.clear();
  });
  write_all(stdout, lines);
  return count;
}

}  // namespace

std::uint64_t for_each_by_id(const Xapian::Database& index,
                             const std::function<void(const Article&)>& take) {
  const std::string prefix(field_of(FieldId::id).prefix);
  ArticleCodec codec(read_dictionary(index));
  std::uint64_t count = 0;
  const auto end = index.allterms_end(prefix);
  for (auto id = index.allterms_begin(prefix); id != end; ++id) {
    const auto article = index.postlist_begin(*id);
    if (article == index.postlist_end(*id)) continue;  // so it may be in a damaged index
    take(codec.article_of(index, *article));
    ++count;
  }
  return count;
}

/// All of it is of one revision: what was printed cannot be taken back, so an index that changes
/// twice meanwhile ends the export, and with_index() says why.
ExitStatus export_articles(const IndexOptions& options) {
  refuse_paths(options);
  const std::string path = chosen_index_path(options);
  const Xapian::Database index = open_index(path);
  return with_index(path, [&] {
    read_settings(index, path);
    const std::uint64_t count = print_articles(index);
    if (count == index.get_doccount()) return ExitStatus::success;
    throw Error(fmt::format("the index at {} is damaged: it has {} articles, and ids of {}", path,
                            index.get_doccount(), count),
                "index the articles again into a new folder: lede-index --db DIR",
                ExitStatus::damaged);
  });
}

}  // namespace lede
