#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article_codec.hpp"
#include "corpus/field_lengths.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/lexicon.hpp"
#include "corpus/settings.hpp"
#include "corpus/stored_article.hpp"
#include "corpus/words.hpp"
#include "tests/unit/temporary_folder.hpp"

namespace lede {

/// An index of a few articles, made by hand after the rules of docs/index-format.md: the room query
/// does not know the indexer.
class TinyIndex {
 public:
  explicit TinyIndex(const std::vector<Article>& articles = {},
                     Positions positions = Positions::all)
      : TinyIndex(articles, settings_with(positions)) {}

  TinyIndex(const std::vector<Article>& articles, IndexSettings settings)
      : settings_(std::move(settings)), index_(folder_.path("index"), Xapian::DB_CREATE_OR_OPEN) {
    write_settings(index_, settings_);
    set_metadata(lexicon_of({}));
    for (const Article& article : articles) add(article);
    commit();
  }

  std::string path() const { return folder_.path("index"); }
  const Xapian::Database& database() const { return index_; }

  void add(const Article& article) {
    index_.replace_document(id_term(article.id), document_of(article));
  }
  void commit() {
    SortedWordsWriter words;
    for (const std::string& word : words_) words.add(word);
    set_metadata(lexicon_with(index_, words.take()));
    index_.commit();
  }

  /// Leaves the article findable, and its stored text unreadable.
  void damage(const std::string& id) {
    const Xapian::docid docid = *index_.postlist_begin(id_term(id));
    Xapian::Document document = index_.get_document(docid);
    document.set_data("\xFFnot an article");
    index_.replace_document(docid, document);
    commit();
  }

 private:
  void set_metadata(const MetadataEntries& entries) {
    for (const auto& [name, value] : entries) index_.set_metadata(name, value);
  }

  static IndexSettings settings_with(Positions positions) {
    IndexSettings settings;
    settings.positions = positions;
    return settings;
  }

  Xapian::Document document_of(const Article& article) {
    Xapian::Document document;
    position_ = 0;
    lengths_ = {};
    analyzer_ = &analyzers_.with(analyzers_.stemmer_for(article.language));
    post(document, FieldId::title, article.title, article.title_is_derived());
    post(document, FieldId::lede, article.lede);
    post(document, FieldId::body, article.body);
    for (const std::string& tag : article.tags) post(document, FieldId::tags, tag);
    for (const std::string& author : article.authors) post(document, FieldId::authors, author);
    post(document, FieldId::source, article.source);
    post(document, FieldId::section, article.section);
    document.add_value(static_cast<Xapian::valueno>(Slot::lengths), encode_lengths(lengths_));
    add_values(document, article);
    document.set_data(std::string(ArticleCodec({}).pack(encode_article(article))));
    return document;
  }

  void post(Xapian::Document& document, FieldId id, std::string_view text,
            bool is_in_another_field = false) {
    constexpr Xapian::termpos kGap = 100;
    const Field& field = field_of(id);
    const bool is_bare = field.is_bare && !is_in_another_field;
    WordReader reader(text);
    for (Word word; reader.next(word);)
      if (!is_unspaced_word(word.folded)) words_.emplace(word.written);
    analyzer_->analyze(text, [&](const Token& token) {
      ++position_;
      const unsigned weight = token.is_stop_word() ? 0 : settings_.weight(id);
      if (is_bare && !token.is_stop_word()) ++lengths_[static_cast<std::size_t>(id)];
      for (const std::string_view view : {token.term(), token.plain_term()}) {
        const std::string term(view);
        if (term.empty()) continue;
        if (is_bare) add_word(document, term, weight);
        if (!field.prefix.empty()) document.add_term(std::string(field.prefix) + term, 0);
      }
      if (token.pair.empty()) return;
      if (is_bare) document.add_term(std::string(token.pair), weight);
      if (!field.prefix.empty())
        document.add_term(std::string(field.prefix) + std::string(token.pair), 0);
    });
    position_ += kGap;
  }

  void add_word(Xapian::Document& document, const std::string& term, unsigned weight) {
    if (settings_.positions == Positions::none) return document.add_term(term, weight);
    document.add_posting(term, position_, weight);
  }

  static void add_values(Xapian::Document& document, const Article& article) {
    add_exact(document, FieldId::id, article.id);
    add_exact(document, FieldId::url, article.url);
    add_exact(document, FieldId::host, host_of(article.url));
    add_exact(document, FieldId::language, article.language.empty() ? "und" : article.language);
    for (const std::string& term : path_terms(article.path)) document.add_boolean_term(term);
    if (!article.source.empty())
      document.add_value(static_cast<Xapian::valueno>(Slot::source),
                         exact_term("", article.source));
    if (!article.date) return;
    document.add_value(static_cast<Xapian::valueno>(Slot::date),
                       Xapian::sortable_serialise(static_cast<double>(article.date->unix_seconds)));
    for (const std::string& term : date_terms(*article.date)) document.add_boolean_term(term);
  }

  static void add_exact(Xapian::Document& document, FieldId id, std::string_view value) {
    if (!value.empty()) document.add_boolean_term(exact_term(field_of(id).prefix, value));
  }

  TemporaryFolder folder_;
  IndexSettings settings_;
  Analyzers analyzers_{settings_.language};
  Analyzer* analyzer_ = nullptr;  // for the article being added
  Xapian::WritableDatabase index_;
  std::set<std::string> words_;
  Xapian::termpos position_ = 0;
  FieldLengths lengths_{};  // of the article being added
};

/// An article with an id, a title and a body.
inline Article make_article(std::string id, std::string title, std::string body) {
  Article article;
  article.id = std::move(id);
  article.title = std::move(title);
  article.body = std::move(body);
  return article;
}

}  // namespace lede
