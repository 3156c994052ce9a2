#include "indexer/document.hpp"

#include <xxhash.h>

#include "corpus/field_lengths.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/languages.hpp"
#include "corpus/stored_article.hpp"

namespace lede {
namespace {

/// Collects what is posted in a document of Xapian's.
class DocumentSink {
 public:
  void add_word(const Occurrence& word) {
    for_each_posting(word, [&](std::string_view prefix, std::string_view term,
                               Xapian::termpos position, Xapian::termcount wdf) {
      term_.assign(prefix).append(term);
      if (position == 0) {
        document.add_term(term_, wdf);
      } else {
        document.add_posting(term_, position, wdf);
      }
    });
  }

  void add_term(std::string_view term, Xapian::termcount wdf) {
    term_.assign(term);
    document.add_term(term_, wdf);
  }

  Xapian::Document document;

 private:
  std::string term_;
};

}  // namespace

std::size_t bytes_in_memory(const Article& article) {
  constexpr std::size_t kBesideText = 500;
  return article.title.size() + article.lede.size() + article.body.size() + kBesideText;
}

std::string fingerprint_of(std::string_view stored_article) {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, XXH3_128bits(stored_article.data(), stored_article.size()));
  return {reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest};
}

std::vector<std::pair<Slot, std::string>> slot_values(const Article& article,
                                                      std::string_view stored,
                                                      const FieldLengths& lengths) {
  std::vector<std::pair<Slot, std::string>> values;
  if (article.date) {
    const auto seconds = static_cast<double>(article.date->unix_seconds);
    values.emplace_back(Slot::date, Xapian::sortable_serialise(seconds));
  }
  values.emplace_back(Slot::fingerprint, fingerprint_of(stored));
  if (std::string text = encode_lengths(lengths); !text.empty())
    values.emplace_back(Slot::lengths, std::move(text));
  if (!article.source.empty()) values.emplace_back(Slot::source, exact_term("", article.source));
  return values;
}

Xapian::Document make_document(const Article& article, const IndexSettings& settings,
                               Analyzers& analyzers, ArticleCodec& codec) {
  DocumentSink sink;
  const FieldLengths lengths = post_article(article, settings, analyzers, sink);
  const std::string stored = encode_article(article);
  for (const auto& [slot, value] : slot_values(article, stored, lengths))
    sink.document.add_value(static_cast<Xapian::valueno>(slot), value);
  sink.document.set_data(std::string(codec.pack(stored)));
  return sink.document;
}

}  // namespace lede
