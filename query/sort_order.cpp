#include "query/sort_order.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "console/printable.hpp"
#include "corpus/error.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/words.hpp"

namespace lede {
namespace {

struct SortName {
  std::string_view name;
  SortKey key;
};

constexpr std::array kSortNames{SortName{"relevance", SortKey::relevance},
                                SortName{"date", SortKey::date},
                                SortName{"title", SortKey::title},
                                SortName{"source", SortKey::source},
                                SortName{"section", SortKey::section},
                                SortName{"author", SortKey::author},
                                SortName{"id", SortKey::id},
                                SortName{"path", SortKey::path},
                                SortName{"url", SortKey::url},
                                SortName{"host", SortKey::host},
                                SortName{"language", SortKey::language}};

/// Case and accents count only between what is equal without them.
std::string collated(const std::string& text) {
  if (text.empty()) return {};
  return folded(text) + '\0' + text;
}

/// Empty where the article has none.
std::string value_of(const Article& article, SortKey key) {
  switch (key) {
    case SortKey::title:
      return collated(article.title);
    case SortKey::section:
      return collated(article.section);
    case SortKey::author:
      return article.authors.empty() ? std::string() : collated(article.authors.front());
    case SortKey::id:
      return article.id;
    case SortKey::path:
      return article.path;
    case SortKey::url:
      return article.url;
    case SortKey::host:
      return host_of(article.url);
    case SortKey::language:
      return article.language;
    case SortKey::relevance:
    case SortKey::date:
    case SortKey::source:
      break;
  }
  return {};
}

class SortKeys : public Xapian::KeyMaker {
 public:
  SortKeys(SortOrder order, StoredArticles& articles) : order_(order), articles_(articles) {}

  /// Keys begin with a byte that puts those of articles without a value behind all others.
  std::string operator()(const Xapian::Document& document) const override {
    const std::string value = value_in(document);
    if (value.empty()) return order_.is_descending ? "" : "\2";
    return '\1' + value;
  }

 private:
  std::string value_in(const Xapian::Document& document) const {
    if (order_.key == SortKey::date) return slot(document, Slot::date);
    if (order_.key == SortKey::source) return collated(slot(document, Slot::source));
    return value_of(articles_.article(document.get_docid()), order_.key);
  }

  static std::string slot(const Xapian::Document& document, Slot slot) {
    return document.get_value(static_cast<Xapian::valueno>(slot));
  }

  SortOrder order_;
  StoredArticles& articles_;
};

}  // namespace

SortOrder read_sort_order(std::string_view name) {
  const bool is_descending = name.starts_with('-');
  const std::string_view key = name.substr(is_descending ? 1 : 0);
  const auto* const found = std::ranges::find(kSortNames, key, &SortName::name);
  const bool is_known = found != kSortNames.end();
  if (is_known && !(is_descending && found->key == SortKey::relevance))
    return {found->key, is_descending};
  throw Error(fmt::format("'{}' is none of {}, nor one of these but relevance with a - before it",
                          printable_line(name), fmt::join(sort_names(), ", ")));
}

std::vector<std::string_view> sort_names() {
  std::vector<std::string_view> names;
  for (const SortName& known : kSortNames) {
    names.push_back(known.name);
    if (known.key == SortKey::date) names.push_back("-date");
  }
  return names;
}

std::unique_ptr<Xapian::KeyMaker> make_sort_keys(SortOrder order, StoredArticles& articles) {
  return std::make_unique<SortKeys>(order, articles);
}

}  // namespace lede
