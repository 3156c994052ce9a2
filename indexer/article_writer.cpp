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
  return settings;
}

std::uint64_t hash_of_id(const Article& article) {
  return XXH3_64bits(article.id.data(), article.id.size());
}

void require_settings(const IndexSettings& settings, const WantedSettings& wanted,
                      const std::string& path) {
  if (with_wanted(settings, wanted) != settings)
    throw Error(
        fmt::format("the index at {} was made with another language or other weights", path),
        "leave --language and --weight out, or make a new index with --db DIR",
        ExitStatus::no_index);
}

std::unique_ptr<ArticleWriter> open_writer(const std::string& path, const WriterOptions& options,
                                           FileRegistry& registry, Written written) {
  if (options.is_pretended)
    return std::make_unique<IndexWriter>(path, pretended_documents(path), registry,
                                         std::move(written));
  prepare_index_folder(path);
  const bool is_possible = glass::is_known_library(Xapian::version_string());
  if (options.engine != Engine::api && is_possible && has_no_index(path))
    return std::make_unique<NewIndex>(path, options, registry, std::move(written));
  if (options.engine == Engine::bulk)
    throw Error(is_possible
                    ? fmt::format("there is an index at {}, and a bulk build makes a new one", path)
                    : fmt::format("a bulk build does not know the format of libxapian {}",
                                  Xapian::version_string()),
                "leave --engine out, or name a new folder with --db DIR");
  return std::make_unique<IndexWriter>(path,
                                       open_documents(path, options.settings, options.lock_wait),
                                       registry, std::move(written));
}

}  // namespace lede
