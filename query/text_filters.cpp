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

/// Whether an article is one of those that a question finds.
using DocidTest = std::function<bool(Xapian::docid)>;

/// The articles that pass a test of their texts.
///
/// Xapian asks its subqueries in the order of how many articles they may have, so this one says
/// that it has them all.
class TextSource final : public Xapian::PostingSource {
 public:
  explicit TextSource(std::shared_ptr<const DocidTest> test) : test_(std::move(test)) {}

  TextSource* clone() const override { return std::make_unique<TextSource>(test_).release(); }

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
    return (*test_)(docid);
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

  std::shared_ptr<const DocidTest> test_;
  Xapian::Database index_;
  Xapian::docid at_ = 0;
  bool is_at_end_ = false;
};

Xapian::Query filter_by(DocidTest test) {
  auto source = std::make_unique<TextSource>(std::make_shared<const DocidTest>(std::move(test)));
  return Xapian::Query(source.release()->release());  // which counts its owners from then on
}

}  // namespace

/// Finds words as they are written in articles of any language, each in its field.
class WrittenScan {
 public:
  using Found = WrittenFinder::Found;

  WrittenScan(const std::vector<Written>& words, const IndexLanguages& languages)
      : languages_(languages) {
    for (std::size_t language = 0; language < languages.count(); ++language)
      parts_.push_back(parts_of(words, language));
  }

  /// Bit i: whether the article has words[i].
  Found found_in(const Article& article) const {
    Found found = 0;
    for (const Part& part : parts_[languages_.number_of(article.language)])
      for (const std::string_view text : texts_of(article, part.field))
        found |= part.finder.found_in(text, part.wanted & ~found);
    return found;
  }

 private:
  /// The words of one field, under their numbers among all.
  struct Part {
    FieldId field;
    WrittenFinder finder;
    Found wanted;
  };

  static FieldId field_of(const Written& words) { return words.field.value_or(FieldId::body); }

  static std::vector<Part> parts_of(const std::vector<Written>& words, std::size_t language) {
    std::vector<Part> parts;
    for (const Written& each : words) {
      const FieldId field = field_of(each);
      if (std::ranges::find(parts, field, &Part::field) == parts.end())
        parts.push_back(part_of(words, language, field));
    }
    return parts;
  }

  static Part part_of(const std::vector<Written>& words, std::size_t language, FieldId field) {
    std::vector<Operand> operands(words.size());
    Found wanted = 0;
    for (std::size_t number = 0; number < words.size(); ++number) {
      if (field_of(words[number]) != field) continue;
      operands[number] = words[number].operands[language];
      wanted |= Found{1} << number;
    }
    return {field, WrittenFinder(std::move(operands)), wanted};
  }

  const IndexLanguages& languages_;
  std::vector<std::vector<Part>> parts_;  // by language
};

TextTest phrase_test(Phrase phrase, const IndexLanguages& languages) {
  return [phrase = std::move(phrase), &languages](const Article& article) {
    const std::size_t language = languages.number_of(article.language);
    return is_in_some_text(article, phrase.field,
                           PhraseFinder(phrase.terms[language], languages.analyzer(language)));
  };
}

TextTest written_test(Written written, const IndexLanguages& languages) {
  const auto scan = std::make_shared<const WrittenScan>(std::vector{std::move(written)}, languages);
  return [scan](const Article& article) { return scan->found_in(article) != 0; };
}

TextTest near_test(Neighbours neighbours, const IndexLanguages& languages) {
  return [near = std::move(neighbours), &languages](const Article& article) {
    const std::size_t language = languages.number_of(article.language);
    return is_in_some_text(
        article, near.field,
        NearFinder(near.operands[language], near.distance, languages.analyzer(language)));
  };
}

Xapian::Query text_filter(TextTest test, std::shared_ptr<StoredArticles> articles,
                          std::size_t cost) {
  std::vector<std::optional<bool>> verdicts;  // by docid: a query may be asked more than once
  return filter_by([test = std::move(test), articles = std::move(articles), cost,
                    verdicts = std::move(verdicts)](Xapian::docid docid) mutable {
    if (verdicts.empty()) verdicts.resize(std::size_t{articles->index().get_lastdocid()} + 1);
    std::optional<bool>& verdict = verdicts[docid];
    if (!verdict) verdict = test(articles->article(docid, cost));
    return *verdict;
  });
}

WrittenWords::WrittenWords(const IndexLanguages& languages,
                           std::shared_ptr<StoredArticles> articles)
    : languages_(languages), articles_(std::move(articles)) {}
WrittenWords::~WrittenWords() = default;

/// Reading and unpacking an article takes as long as looking through it for so many words.
constexpr std::size_t kWordsOfACost = 3;

std::size_t WrittenWords::add(Written written) {
  words_.push_back(std::move(written));
  return words_.size() - 1;
}

bool WrittenWords::has(Xapian::docid docid, std::size_t number) {
  if (!scan_) {
    scan_ = std::make_unique<const WrittenScan>(words_, languages_);
    is_known_.resize(std::size_t{articles_->index().get_lastdocid()} + 1);
    found_.resize(is_known_.size());
  }
  if (!is_known_[docid]) {
    const std::size_t cost = 1 + words_.size() / kWordsOfACost;
    found_[docid] = scan_->found_in(articles_->article(docid, cost));
    is_known_[docid] = true;
  }
  return (found_[docid] >> number & 1) != 0;
}

Xapian::Query written_filter(std::shared_ptr<WrittenWords> words, std::size_t number) {
  return filter_by([words = std::move(words), number](Xapian::docid docid) {
    return words->has(docid, number);
  });
}

bool TextDecider::operator()(const Xapian::Document& document) const {
  const Article& article = articles_.article(document.get_docid());
  return std::ranges::all_of(tests_, [&](const TextTest& test) { return test(article); });
}

}  // namespace lede
