#include "query/text_filters.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "query/text_finders.hpp"

namespace lede {
namespace {

using Texts = std::vector<std::string_view>;

/// What bare words are looked for in, short texts first. A derived title is a piece of the body.
Texts bare_texts(const Article& article) {
  Texts texts;
  if (!article.title_is_derived()) texts.emplace_back(article.title);
  texts.insert(texts.end(), article.tags.begin(), article.tags.end());
  texts.insert(texts.end(), article.authors.begin(), article.authors.end());
  texts.emplace_back(article.lede);
  texts.emplace_back(article.body);
  return texts;
}

/// The texts of a field, none of which a phrase leaves. The body's words have no prefix of their
/// own, so that who asks for them asks every bare field.
Texts texts_of(const Article& article, FieldId field) {
  switch (field) {
    case FieldId::title:
      return {article.title};
    case FieldId::lede:
      return {article.lede};
    case FieldId::body:
      return bare_texts(article);
    case FieldId::tags:
      return {article.tags.begin(), article.tags.end()};
    case FieldId::authors:
      return {article.authors.begin(), article.authors.end()};
    case FieldId::source:
      return {article.source};
    case FieldId::section:
      return {article.section};
    case FieldId::language:
    case FieldId::id:
    case FieldId::url:
    case FieldId::host:
    case FieldId::path:
    case FieldId::date:
      break;
  }
  return {};
}

/// Whether one of the texts of a field, or of what bare words are looked for in, passes.
template <typename Finder>
bool is_in_some_text(const Article& article, const std::optional<FieldId>& field, Finder&& finder) {
  const Texts texts = texts_of(article, field.value_or(FieldId::body));
  return std::ranges::any_of(texts, [&](std::string_view text) { return finder.is_in(text); });
}

/// The articles whose text passes a test.
///
/// Xapian asks its subqueries in the order of how many articles they may have, so this one says
/// that it has them all.
class TextSource final : public Xapian::PostingSource {
 public:
  TextSource(std::shared_ptr<const TextTest> test, std::shared_ptr<StoredArticles> articles)
      : test_(std::move(test)), articles_(std::move(articles)) {}

  TextSource* clone() const override {
    return std::make_unique<TextSource>(test_, articles_).release();
  }

  void init(const Xapian::Database& index) override {
    index_ = index;
    at_ = 0;
    is_at_end_ = false;
  }

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return index_.get_doccount(); }
  Xapian::doccount get_termfreq_max() const override { return index_.get_doccount(); }

  Xapian::docid get_docid() const override { return at_; }
  bool at_end() const override { return is_at_end_; }
  void next(double) override { seek(at_ + 1); }
  void skip_to(Xapian::docid docid, double) override { seek(std::max(docid, at_)); }

  bool check(Xapian::docid docid, double) override {
    at_ = docid;
    return is_match(docid);
  }

  std::string get_description() const override { return "in the text"; }

 private:
  /// Goes to the first match from there on. Only where nothing else is left to lead the way.
  void seek(Xapian::docid docid) {
    const Xapian::PostingIterator end = index_.postlist_end({});
    Xapian::PostingIterator each = index_.postlist_begin({});
    for (each.skip_to(docid); each != end; ++each) {
      if (check(*each, 0)) return;
    }
    is_at_end_ = true;
  }

  bool is_match(Xapian::docid docid) { return (*test_)(articles_->article(docid)); }

  std::shared_ptr<const TextTest> test_;
  std::shared_ptr<StoredArticles> articles_;
  Xapian::Database index_;
  Xapian::docid at_ = 0;
  bool is_at_end_ = false;
};

}  // namespace

TextTest phrase_test(Phrase phrase, const IndexLanguages& languages) {
  return [phrase = std::move(phrase), &languages](const Article& article) {
    const std::size_t language = languages.number_of(article.language);
    return is_in_some_text(article, phrase.field,
                           PhraseFinder(phrase.terms[language], languages.analyzer(language)));
  };
}

TextTest near_test(Neighbours neighbours, const IndexLanguages& languages) {
  return [near = std::move(neighbours), &languages](const Article& article) {
    const std::size_t language = languages.number_of(article.language);
    return is_in_some_text(
        article, near.field,
        NearFinder(near.operands[language], near.distance, languages.analyzer(language)));
  };
}

Xapian::Query text_filter(TextTest test, std::shared_ptr<StoredArticles> articles) {
  auto source = std::make_unique<TextSource>(std::make_shared<const TextTest>(std::move(test)),
                                             std::move(articles));
  return Xapian::Query(source.release()->release());  // which counts its owners from then on
}

bool TextDecider::operator()(const Xapian::Document& document) const {
  const Article& article = articles_.article(document.get_docid());
  return std::ranges::all_of(tests_, [&](const TextTest& test) { return test(article); });
}

}  // namespace lede
