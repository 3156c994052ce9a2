#include "indexer/article_writer.hpp"

#include <utility>

#include <fmt/format.h>
#include <xapian.h>
#include <xxhash.h>

#include "corpus/error.hpp"
#include "indexer/glass/version_file.hpp"
#include "indexer/index_folder.hpp"
#include "indexer/index_writer.hpp"
#include "indexer/new_index.hpp"

namespace lede {

IndexSettings with_wanted(IndexSettings settings, const WantedSettings& wanted) {
  if (wanted.language) settings.language = *wanted.language;
  for (const auto& [field, weight] : wanted.weights)
    settings.weights[static_cast<std::size_t>(field)] = weight;
  settings.positions = wanted.positions.value_or(settings.positions);
  return settings;
}

std::uint64_t hash_of_id(const Article& article) {
  return XXH3_64bits(article.id.data(), article.id.size());
}

std::unique_ptr<ArticleWriter> open_writer(const std::string& path, const WriterOptions& options,
                                           Written written) {
  prepare_index_folder(path);
  const bool is_possible = glass::is_known_library(Xapian::version_string());
  if (options.engine != Engine::api && is_possible && has_no_index(path))
    return std::make_unique<NewIndex>(path, options, std::move(written));
  if (options.engine == Engine::bulk)
    throw Error(is_possible
                    ? fmt::format("there is an index at {}, and a bulk build makes a new one", path)
                    : fmt::format("a bulk build does not know the format of libxapian {}",
                                  Xapian::version_string()),
                "leave --engine out, or name a new folder with --db DIR");
  return std::make_unique<IndexWriter>(path, options.settings, options.lock_wait,
                                       std::move(written));
}

}  // namespace lede
