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
  Poster(Xapian::Document& document, const IndexSettings& settings, Analyzer& analyzer)
      : document_(document), settings_(settings), analyzer_(analyzer) {}

  void post(FieldId id, std::string_view text, bool is_in_another_field = false) {
    const Field& field = field_of(id);
    const bool is_bare = field.is_bare && !is_in_another_field;
    prefixed_ = field.prefix;
    analyzer_.analyze(text, [&](const Token& token) {
      ++position_;
      for (const std::string_view term : {token.term, token.plain_term}) {
        if (term.empty()) continue;
        if (is_bare) post_bare(term, token.is_stop_word ? 0 : settings_.weight(id));
        if (!field.prefix.empty()) post_prefixed(term, field.prefix.size());
      }
      if (!token.pair.empty()) post_pair(token.pair, field, is_bare);
    });
    position_ += kFieldGap;
  }

  void post(FieldId id, const std::vector<std::string>& values) {
    for (const std::string& value : values) post(id, value);
  }

  void post_exact(FieldId id, std::string_view value) {
    if (!value.empty()) document_.add_boolean_term(exact_term(field_of(id).prefix, value));
  }

  void post_terms(const std::vector<std::string>& terms) {
    for (const std::string& term : terms) document_.add_boolean_term(term);
  }

 private:
  void post_bare(std::string_view term, unsigned weight) {
    bare_.assign(term);
    document_.add_posting(bare_, position_, weight);
  }

  void post_pair(std::string_view pair, const Field& field, bool is_bare) {
    bare_.assign(pair);
    if (is_bare) document_.add_term(bare_, settings_.weight(field.field));
    if (!field.prefix.empty()) document_.add_term(bare_.insert(0, field.prefix), 0);
  }

  void post_prefixed(std::string_view term, std::size_t prefix_length) {
    prefixed_.resize(prefix_length);
    prefixed_.append(term);
    document_.add_posting(prefixed_, position_, 0);
  }

  Xapian::Document& document_;
  const IndexSettings& settings_;
  Analyzer& analyzer_;
  Xapian::termpos position_ = 0;
  std::string bare_;
  std::string prefixed_;
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
  if (article.date) poster.post_terms(date_terms(*article.date));
}

void set_slot(Xapian::Document& document, Slot slot, const std::string& value) {
  document.add_value(static_cast<Xapian::valueno>(slot), value);
}

}  // namespace

std::string fingerprint_of(std::string_view stored_article) {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, XXH3_128bits(stored_article.data(), stored_article.size()));
  return {reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest};
}

Xapian::Document make_document(const Article& article, const IndexSettings& settings,
                               Analyzers& analyzers) {
  Xapian::Document document;
  Poster poster(document, settings, analyzers.with(analyzers.stemmer_for(article.language)));
  post_text(article, poster);
  post_values(article, poster);
  const std::string stored = encode_article(article);
  set_slot(document, Slot::fingerprint, fingerprint_of(stored));
  if (article.date)
    set_slot(document, Slot::date,
             Xapian::sortable_serialise(static_cast<double>(article.date->unix_seconds)));
  document.set_data(stored);
  return document;
}

}  // namespace lede
