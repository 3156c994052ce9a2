#include "query/field_weights.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <memory>
#include <queue>
#include <utility>

#include <fmt/format.h>

#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/field_lengths.hpp"
#include "query/ranking.hpp"

namespace lede {
namespace {

constexpr double kMaxWeight = 1000;

/// Of a term in one article.
struct TermInArticle {
  std::size_t term;
  Xapian::termcount wdf;
};

/// The postings of several terms, article by article.
class Postings {
 public:
  Postings() = default;
  Postings(const Xapian::Database& index, const std::vector<std::string>& terms) {
    for (const std::string& term : terms) {
      iterators_.emplace_back(index.postlist_begin(term), index.postlist_end(term));
      wait(iterators_.size() - 1);
    }
  }

  /// Calls `receive(TermInArticle)` for each term that the article has. Articles must ascend.
  template <typename Receive>
  void at(Xapian::docid docid, Receive&& receive) {
    while (!waiting_.empty() && waiting_.top().first <= docid) {
      const std::size_t term = waiting_.top().second;
      waiting_.pop();
      auto& [posting, end] = iterators_[term];
      posting.skip_to(docid);
      if (posting != end && *posting == docid) {
        receive(TermInArticle{term, posting.get_wdf()});
        ++posting;
      }
      wait(term);
    }
  }

 private:
  void wait(std::size_t term) {
    const auto& [posting, end] = iterators_[term];
    if (posting != end) waiting_.emplace(*posting, term);
  }

  using Waiting = std::pair<Xapian::docid, std::size_t>;

  std::vector<std::pair<Xapian::PostingIterator, Xapian::PostingIterator>> iterators_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
};

/// Where one field has its terms.
struct FieldPostings {
  FieldId field;
  std::vector<Xapian::PostingIterator> terms;
};

/// Tells in which fields of an article a term stands, of those that must be known.
class FieldsOfTerms {
 public:
  FieldsOfTerms() = default;
  FieldsOfTerms(const Xapian::Database& index, const std::vector<std::string>& terms,
                const FieldWeights& weights)
      : index_(index),
        lengths_(index.valuestream_begin(static_cast<Xapian::valueno>(Slot::lengths))) {
    for (const Field& field : kFields) {
      const bool must_be_known = weights.changes_body() || weights.changes(field.field);
      if (!field.is_bare || field.prefix.empty() || !must_be_known) continue;
      fields_.push_back({field.field, {}});
      for (const std::string& term : terms)
        fields_.back().terms.push_back(
            index.postlist_begin(fmt::format("{}{}", field.prefix, term)));
    }
  }

  /// Articles must ascend.
  void go_to(Xapian::docid docid) {
    docid_ = docid;
    const auto end = index_.valuestream_end(static_cast<Xapian::valueno>(Slot::lengths));
    if (lengths_ != end) lengths_.skip_to(docid);
    const bool has_lengths = lengths_ != end && lengths_.get_docid() == docid;
    length_ = decode_lengths(has_lengths ? *lengths_ : std::string());
  }

  /// A derived title has a length of 0: its words are those of the body.
  std::span<const FieldId> of(std::size_t term) {
    found_.clear();
    for (FieldPostings& field : fields_) {
      if (length_[static_cast<std::size_t>(field.field)] == 0) continue;
      Xapian::PostingIterator& posting = field.terms[term];
      const Xapian::PostingIterator end;
      if (posting != end) posting.skip_to(docid_);
      if (posting != end && *posting == docid_) found_.push_back(field.field);
    }
    return found_;
  }

 private:
  Xapian::Database index_;
  Xapian::ValueIterator lengths_;
  std::vector<FieldPostings> fields_;
  Xapian::docid docid_ = 0;
  FieldLengths length_{};
  std::vector<FieldId> found_;
};

/// How many articles have one of the terms, if they have nothing to do with each other.
double estimated_articles(const Xapian::Database& index, const std::vector<std::string>& terms) {
  const double articles = index.get_doccount();
  if (terms.size() == 1) return index.get_termfreq(terms[0]);
  double without = 1;
  for (const std::string& term : terms) without *= 1 - index.get_termfreq(term) / articles;
  return articles * (1 - without);
}

/// Weighs articles that have one of the terms. Which they are, the terms beside it must say.
class WeightSource final : public Xapian::PostingSource {
 public:
  WeightSource(std::vector<std::string> terms, double factor, const FieldWeights& weights)
      : terms_(std::move(terms)), factor_(factor), weights_(weights) {}

  WeightSource* clone() const override {
    return std::make_unique<WeightSource>(terms_, factor_, weights_).release();
  }

  void init(const Xapian::Database& index) override {
    index_ = index;
    at_ = 0;
    is_at_end_ = false;
    postings_ = Postings(index, terms_);
    fields_ = FieldsOfTerms(index, terms_, weights_);
    average_length_ = index.get_avlength();
    greatest_ = factor_ * greatest_weight(index.get_doccount(), estimated_articles(index, terms_));
    set_maxweight(greatest_);
  }

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return index_.get_doccount(); }
  Xapian::doccount get_termfreq_max() const override { return index_.get_doccount(); }

  Xapian::docid get_docid() const override { return at_; }
  bool at_end() const override { return is_at_end_; }
  double get_weight() const override { return weight_; }
  void next(double) override { seek(at_ + 1); }
  void skip_to(Xapian::docid docid, double) override { seek(std::max(docid, at_)); }

  bool check(Xapian::docid docid, double) override {
    if (docid == at_) return true;
    at_ = docid;
    weight_ = weight_at(docid);
    return true;
  }

  std::string get_description() const override { return "weights"; }

 private:
  /// Goes to the first article from there on. Only where nothing else leads the way.
  void seek(Xapian::docid docid) {
    Xapian::PostingIterator each = index_.postlist_begin({});
    each.skip_to(docid);
    is_at_end_ = each == index_.postlist_end({});
    if (!is_at_end_) check(*each, 0);
  }

  double weight_at(Xapian::docid docid) {
    double wdf = 0;
    fields_.go_to(docid);
    postings_.at(docid, [&](const TermInArticle& found) {
      wdf += weights_.counted(found.wdf, fields_.of(found.term));
    });
    if (wdf == 0) return 0;
    return greatest_ * weight_share(wdf, index_.get_doclength(docid) / average_length_);
  }

  std::vector<std::string> terms_;
  double factor_;
  FieldWeights weights_;
  Xapian::Database index_;
  Xapian::docid at_ = 0;
  bool is_at_end_ = false;
  double weight_ = 0;
  double greatest_ = 0;
  double average_length_ = 1;
  Postings postings_;
  FieldsOfTerms fields_;
};

}  // namespace

FieldWeight parse_field_weight(std::string_view text) {
  const std::size_t equals = text.find('=');
  const Field* field = find_field(text.substr(0, equals));
  if (equals == std::string_view::npos || field == nullptr || !field->is_bare)
    throw Error(fmt::format("'{}' is not FIELD=N with one of: {}", printable_line(text),
                            bare_field_names()));
  double weight = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + equals + 1, end, weight);
  const bool is_number = error == std::errc() && stop == end && std::isfinite(weight);
  if (!is_number || std::signbit(weight) || weight > kMaxWeight)
    throw Error(fmt::format("'{}' does not end in a number from 0 to {}", printable_line(text),
                            kMaxWeight));
  return {field->field, weight};
}

FieldWeights::FieldWeights(const IndexSettings& settings, std::span<const FieldWeight> asked) {
  std::ranges::copy(settings.weights, indexed_.begin());
  asked_ = indexed_;
  for (const FieldWeight& one : asked) asked_[static_cast<std::size_t>(one.field)] = one.weight;
  if (changes_body() && of(indexed_, FieldId::body) == 0)
    throw Error("this index counts nothing in the body, so --weight body cannot change it",
                "make the index anew with --weight body=1");
}

double FieldWeights::counted(double wdf, std::span<const FieldId> fields) const {
  double counted = wdf;
  double in_body = wdf;
  for (const FieldId field : fields) {
    counted += of(asked_, field) - of(indexed_, field);
    in_body -= of(indexed_, field);
  }
  if (changes_body() && in_body > 0)
    counted += in_body * (of(asked_, FieldId::body) / of(indexed_, FieldId::body) - 1);
  return std::max(counted, 0.);
}

Xapian::Query reweighed(const std::vector<std::string>& terms, double factor,
                        const FieldWeights& weights) {
  auto source = std::make_unique<WeightSource>(terms, factor, weights);
  const Xapian::Query weight(source.release()->release());  // which counts its owners from then on
  return {Xapian::Query::OP_FILTER, weight,
          Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end())};
}

}  // namespace lede
