#include "indexer/article_writer.hpp"

#include <utility>

#include <fmt/format.h>
#include <xapian.h>
#include <xxhash.h>

#include "corpus/error.hpp"
#include "indexer/glass/format_check.hpp"
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

void require_settings(const IndexSettings& settings, const WantedSettings& wanted,
                      const std::string& path) {
  if (with_wanted(settings, wanted) != settings)
    throw Error(
        fmt::format("the index at {} was made with another language, other weights or positions",
                    path),
        "leave --language, --weight and --positions out, or make the index anew with --rebuild",
        ExitStatus::no_index);
}

std::unique_ptr<ArticleWriter> open_writer(const std::string& path, const WriterOptions& options,
                                           FileRegistry& registry, Written written) {
  if (options.is_pretended)
    return std::make_unique<IndexWriter>(path, pretended_documents(path, options.is_rebuild),
                                         registry, std::move(written));
  auto folder = std::make_unique<IndexFolder>(path, options.lock_wait);
  const bool is_new = !folder->has_index();
  const bool is_build = is_new || options.is_rebuild;
  if (options.engine == Engine::bulk && !is_build)
    throw Error(fmt::format("there is an index at {}, and a bulk build makes a new one", path),
                "leave --engine out, or make the index anew with --rebuild");
  if (is_build) folder->begin_build();
  if (is_build && options.engine != Engine::api && glass::is_written_alike(folder->tables()))
    return std::make_unique<NewIndex>(std::move(folder), options, registry, std::move(written));
  if (options.engine == Engine::bulk)
    throw Error(fmt::format("a bulk build does not know the format of libxapian {}",
                            Xapian::version_string()),
                "leave --engine out");
  auto documents = open_documents(std::move(folder), options.settings);
  std::unique_ptr<BulkAddition> addition;
  if (!is_build && options.engine == Engine::automatic)
    addition = std::make_unique<BulkAddition>(*documents, options.addition,
                                              BulkLimits{options.jobs, options.memory_bytes});
  auto writer =
      std::make_unique<IndexWriter>(path, std::move(documents), registry, std::move(written));
  writer->add_by(std::move(addition));
  if (is_new) writer->commit();  // whatever ends the run, from now on it is an index of lede
  return writer;
}

}  // namespace lede
