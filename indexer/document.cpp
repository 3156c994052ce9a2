#include "indexer/document.hpp"

#include <xxhash.h>

#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/languages.hpp"
#include "corpus/stored_article.hpp"

namespace lede {
namespace {

/// Posts the fields of one article, each behind the last.
class Poster {
 public:
  Poster(PostingSink& sink, const IndexSettings& settings, Analyzer& analyzer)
      : sink_(sink), settings_(settings), analyzer_(analyzer) {}

  void post(FieldId id, std::string_view text, bool is_in_another_field = false) {
    const Field& field = field_of(id);
    const bool is_bare = field.is_bare && !is_in_another_field;
    prefixed_ = field.prefix;
    analyzer_.analyze(text, [&](const Token& token) {
      ++position_;
      for (const std::string_view term : {token.term, token.plain_term}) {
        if (term.empty()) continue;
        if (is_bare)
          sink_.add_posting(term, position_, token.is_stop_word ? 0 : settings_.weight(id));
        if (!field.prefix.empty()) sink_.add_posting(with_prefix(field, term), position_, 0);
      }
      if (!token.pair.empty()) post_pair(token.pair, field, is_bare);
    });
    position_ += kFieldGap;
  }

  void post(FieldId id, const std::vector<std::string>& values) {
    for (const std::string& value : values) post(id, value);
  }

  void post_exact(FieldId id, std::string_view value) {
    if (!value.empty()) sink_.add_term(exact_term(field_of(id).prefix, value), 0);
  }

  void post_terms(const std::vector<std::string>& terms) {
    for (const std::string& term : terms) sink_.add_term(term, 0);
  }

 private:
  void post_pair(std::string_view pair, const Field& field, bool is_bare) {
    if (is_bare) sink_.add_term(pair, settings_.weight(field.field));
    if (!field.prefix.empty()) sink_.add_term(with_prefix(field, pair), 0);
  }

  std::string_view with_prefix(const Field& field, std::string_view term) {
    prefixed_.resize(field.prefix.size());
    return prefixed_.append(term);
  }

  PostingSink& sink_;
  const IndexSettings& settings_;
  Analyzer& analyzer_;
  Xapian::termpos position_ = 0;
  std::string prefixed_;
};

/// Collects what is posted in a document of Xapian's.
class DocumentSink final : public PostingSink {
 public:
  void add_posting(std::string_view term, Xapian::termpos position,
                   Xapian::termcount wdf) override {
    term_.assign(term);
    document.add_posting(term_, position, wdf);
  }

  void add_term(std::string_view term, Xapian::termcount wdf) override {
    term_.assign(term);
    document.add_term(term_, wdf);
  }

  Xapian::Document document;

 private:
  std::string term_;
};

void post_text(const Article& article, Poster& poster) {
  poster.post(FieldId::title, article.title, article.title_is_derived());
  poster.post(FieldId::lede, article.lede);
  poster.post(FieldId::body, article.body);
  poster.post(FieldId::tags, article.tags);
  poster.post(FieldId::authors, article.authors);
  poster.post(FieldId::source, article.source);
  poster.post(FieldId::section, article.section);
}

void post_values(const Article& article, Poster& poster) {
  poster.post_exact(FieldId::id, article.id);
  poster.post_exact(FieldId::url, article.url);
  poster.post_exact(FieldId::host, host_of(article.url));
  poster.post_exact(FieldId::language, article.language.empty() ? kUndetermined : article.language);
  poster.post_terms(path_terms(article.path));
  poster.post_terms(path_terms(article.container));
  if (article.date) poster.post_terms(date_terms(*article.date));
}

}  // namespace

std::string fingerprint_of(std::string_view stored_article) {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, XXH3_128bits(stored_article.data(), stored_article.size()));
  return {reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest};
}

void post_article(const Article& article, const IndexSettings& settings, Analyzers& analyzers,
                  PostingSink& sink) {
  Poster poster(sink, settings, analyzers.with(analyzers.stemmer_for(article.language)));
  post_text(article, poster);
  post_values(article, poster);
}

std::vector<std::pair<Slot, std::string>> slot_values(const Article& article,
                                                      std::string_view stored) {
  std::vector<std::pair<Slot, std::string>> values;
  if (article.date) {
    const auto seconds = static_cast<double>(article.date->unix_seconds);
    values.emplace_back(Slot::date, Xapian::sortable_serialise(seconds));
  }
  values.emplace_back(Slot::fingerprint, fingerprint_of(stored));
  if (!article.source.empty()) values.emplace_back(Slot::source, exact_term("", article.source));
  return values;
}

Xapian::Document make_document(const Article& article, const IndexSettings& settings,
                               Analyzers& analyzers) {
  DocumentSink sink;
  post_article(article, settings, analyzers, sink);
  const std::string stored = encode_article(article);
  for (const auto& [slot, value] : slot_values(article, stored))
    sink.document.add_value(static_cast<Xapian::valueno>(slot), value);
  sink.document.set_data(stored);
  return sink.document;
}

}  // namespace lede
