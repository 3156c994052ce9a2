#include "query/collapse.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "corpus/date.hpp"
#include "corpus/fields.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/words.hpp"
#include "query/stories.hpp"
#include "query/walk_beside.hpp"

namespace lede {
namespace {

using Docids = std::span<const Xapian::docid>;

/// What articles with the same value share; kNone are those without one.
using Group = std::uint32_t;
constexpr Group kNone = 0;

/// Of articles, in their order.
using Groups = std::vector<Group>;

/// Gives each value its group. Case and accents do not count.
class NamedGroups {
 public:
  Group of(const std::string& value) {
    if (value.empty()) return kNone;
    return groups_.try_emplace(folded(value), static_cast<Group>(groups_.size() + 1)).first->second;
  }

 private:
  std::unordered_map<std::string, Group> groups_;
};

Groups groups_by_slot(Slot slot, Docids found, const Xapian::Database& index) {
  NamedGroups named;
  Groups groups(found.size(), kNone);
  for_each_value(slot, found, index,
                 [&](std::size_t i, const std::string& value) { groups[i] = named.of(value); });
  return groups;
}

Groups groups_by_terms(const std::string& prefix, std::string_view unknown, Docids found,
                       const Xapian::Database& index) {
  Groups groups(found.size(), kNone);
  Group group = kNone;
  const auto end = index.allterms_end(prefix);
  for (auto term = index.allterms_begin(prefix); term != end; ++term) {
    if ((*term).substr(prefix.size()) == unknown) continue;
    ++group;
    for_each_having(*term, found, index, [&](std::size_t i) { groups[i] = group; });
  }
  return groups;
}

std::string value_of(const Article& article, CollapseField field) {
  if (field == CollapseField::title) return article.title;
  if (field == CollapseField::section) return article.section;
  return article.authors.empty() ? std::string() : article.authors.front();
}

Groups groups_by_articles(CollapseField field, Docids found, StoredArticles& articles) {
  NamedGroups named;
  Groups groups;
  groups.reserve(found.size());
  for (const Xapian::docid docid : found)
    groups.push_back(named.of(value_of(articles.article(docid), field)));
  return groups;
}

/// `found` in ascending order.
Groups groups_of_field(CollapseField field, Docids found, StoredArticles& articles) {
  const auto prefix_of = [](FieldId id) { return std::string(field_of(id).prefix); };
  switch (field) {
    case CollapseField::story:
      break;  // goes by the order of relevance
    case CollapseField::source:
      return groups_by_slot(Slot::source, found, articles.index());
    case CollapseField::host:
      return groups_by_terms(prefix_of(FieldId::host), {}, found, articles.index());
    case CollapseField::language:
      return groups_by_terms(prefix_of(FieldId::language), "und", found, articles.index());
    case CollapseField::date:
      return groups_by_terms(std::string(kDayPrefix), {}, found, articles.index());
    case CollapseField::section:
    case CollapseField::author:
    case CollapseField::title:
      return groups_by_articles(field, found, articles);
  }
  return {};
}

/// Of as many articles as can be read while somebody waits.
Groups groups_by_stories(const std::vector<RankedArticle>& ranked, StoredArticles& articles) {
  constexpr std::size_t kMostRead = 500;
  Stories stories;
  Groups groups(ranked.size(), kNone);
  for (std::size_t i = 0; i < std::min(ranked.size(), kMostRead); ++i)
    groups[i] = stories.story_of(articles.article(ranked[i].docid));
  return groups;
}

std::vector<Xapian::docid> docids_in_order(const std::vector<RankedArticle>& ranked) {
  std::vector<Xapian::docid> docids;
  docids.reserve(ranked.size());
  for (const RankedArticle& article : ranked) docids.push_back(article.docid);
  std::ranges::sort(docids);
  return docids;
}

Groups groups_of(const std::vector<RankedArticle>& ranked, CollapseField field,
                 StoredArticles& articles) {
  if (field == CollapseField::story) return groups_by_stories(ranked, articles);
  const std::vector<Xapian::docid> docids = docids_in_order(ranked);
  const Groups in_order = groups_of_field(field, docids, articles);
  Groups groups;
  groups.reserve(ranked.size());
  for (const RankedArticle& article : ranked) {
    const auto docid = std::ranges::lower_bound(docids, article.docid);
    groups.push_back(in_order[static_cast<std::size_t>(docid - docids.begin())]);
  }
  return groups;
}

}  // namespace

std::vector<RankedArticle> collapsed(std::vector<RankedArticle> ranked, CollapseField field,
                                     StoredArticles& articles) {
  const Groups groups = groups_of(ranked, field, articles);
  std::unordered_map<Group, std::size_t> places;  // of each group's first article, in `kept`
  std::vector<RankedArticle> kept;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const auto [place, is_first] = places.try_emplace(groups[i], kept.size());
    if (groups[i] == kNone || is_first)
      kept.push_back(ranked[i]);
    else
      ++kept[place->second].similar;
  }
  return kept;
}

std::string words_for_similar(const Article& article, CollapseField field, std::uint64_t similar) {
  const std::string more = fmt::format("and {} more", similar);
  switch (field) {
    case CollapseField::story:
      return fmt::format("{} of this story", more);
    case CollapseField::source:
      return fmt::format("{} from {}", more, article.source);
    case CollapseField::section:
      return fmt::format("{} in {}", more, article.section);
    case CollapseField::author:
      return fmt::format("{} by {}", more, value_of(article, field));
    case CollapseField::host:
      return fmt::format("{} from {}", more, host_of(article.url));
    case CollapseField::language:
      return fmt::format("{} in the language {}", more, article.language);
    case CollapseField::date:
      return fmt::format("{} of {}", more,
                         article.date ? format_day(calendar_day(*article.date)) : "");
    case CollapseField::title:
      return fmt::format("{} of this title", more);
  }
  return more;
}

}  // namespace lede
