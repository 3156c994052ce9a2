#include "corpus/readers/html/page_metadata.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "corpus/date.hpp"
#include "corpus/index_terms.hpp"
#include "corpus/readers/html/bylines.hpp"
#include "corpus/readers/html/page_text.hpp"
#include "corpus/readers/html/url.hpp"
#include "corpus/readers/html/values.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestTitle = 1000;  // bytes
constexpr std::size_t kMostLabels = 50;      // of one kind in a page
constexpr std::size_t kMostProperties = 1000;
constexpr std::size_t kMostMetas = 1000;
constexpr NodeId kMostNodesOfLabel = 200;
constexpr std::size_t kFewestTitleWords = 3;
constexpr std::size_t kShortestHeadline = 8;  // bytes; a shorter one may be in any title

/// What stands between a title and the site's name.
constexpr std::array kSeparators{" | "sv, " - "sv, " » "sv, " « "sv, " :: "sv, " / "sv, " > "sv};
/// What stands there, too, but as often in a title.
constexpr std::array kDashes{" – "sv, " — "sv, " · "sv, ": "sv};

/// A part of the page that is small enough for a headline or a byline.
bool is_label(const Page& page, NodeId id) {
  return page[id].end - id <= kMostNodesOfLabel;
}

bool is_in_article(const Page& page, NodeId id) {
  while (id != 0 && page[id].tag != Tag::article) id = page[id].parent;
  return id != 0;
}

std::size_t count_words(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

bool set(Article& article, Metadata metadata, const std::string& value, Origin origin) {
  return set_metadata(article, metadata, value, origin);
}

/// Like set_metadata, but a date that cannot be read is passed over for the next source.
void set_date(Article& article, Metadata metadata, std::string_view value, Origin origin) {
  if (parse_date(trimmed(value))) set_metadata(article, metadata, value, origin);
}

void set_list(std::vector<std::string>& list, std::vector<std::string> values, Article& article,
              Metadata metadata, Origin origin) {
  if (values.empty() || article.origin(metadata) != Origin::none) return;
  list = std::move(values);
  article.origin(metadata) = origin;
}

/// Where the last of `separators` begins in a title; npos when there is none.
template <std::size_t size>
std::size_t last_separator(std::string_view title,
                           const std::array<std::string_view, size>& separators) {
  std::size_t last = npos;
  for (const std::string_view separator : separators) {
    const auto at = title.rfind(separator);
    if (at != npos && at > 0 && (last == npos || at > last)) last = at;
  }
  return last;
}

/// `title` up to what separates the site's name from it: a bar, unless too little would be left,
/// or a dash before a name that is known to be the site's.
std::string without_site(std::string_view title, std::string_view site) {
  const auto dash = last_separator(title, kDashes);
  if (dash != npos && !site.empty() && title.substr(dash).ends_with(site)) {
    return clean_line(title.substr(0, dash));
  }
  const auto bar = last_separator(title, kSeparators);
  if (bar == npos) return std::string(title);
  std::string before = clean_line(title.substr(0, bar));
  const bool is_enough =
      count_words(before) >= kFewestTitleWords || before.size() * 2 >= title.size();
  return is_enough ? before : std::string(title);
}

/// The element of the thing that a microdata property belongs to; 0 for the page.
NodeId item_around(const Page& page, NodeId property) {
  NodeId id = page[property].parent;
  while (id != 0 && !page.has_attribute(id, "itemscope")) id = page[id].parent;
  return id;
}

/// Is it the address of a site and of no page on it, or of nothing?
bool leads_home(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == npos) return true;
  const auto path = url.find_first_of("/?", scheme + 3);
  return path == npos || url.substr(path) == "/";
}

/// Does `title` say `headline` between its ends and separators: `Gazette: It rains - Weather`?
/// Behind a colon the headline itself goes on.
bool says_apart(std::string_view title, std::string_view headline) {
  const auto at = title.find(headline);
  if (at == npos || headline.empty()) return false;
  const auto is_one_of = [](const auto& separators, auto predicate) {
    return std::any_of(separators.begin(), separators.end(), predicate);
  };
  const std::string_view before = title.substr(0, at);
  const std::string_view behind = title.substr(at + headline.size());
  const auto ends = [&](std::string_view separator) { return before.ends_with(separator); };
  const auto begins = [&](std::string_view separator) { return behind.starts_with(separator); };
  return (before.empty() || is_one_of(kSeparators, ends) || is_one_of(kDashes, ends)) &&
         (behind.empty() || is_one_of(kSeparators, begins) ||
          (is_one_of(kDashes, begins) && !behind.starts_with(": ")));
}

/// Is there no word, in any case, that both have?
bool shares_no_word(std::string_view title, std::string_view headline) {
  const std::string words = ' ' + ascii_lower(title) + ' ';
  const std::string wanted = ascii_lower(headline);
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (end > at && words.find(wanted.substr(at, end - at)) != npos) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

PageMetadata::PageMetadata(const Page& page) : page_(page) {
  for (NodeId id = 0; id < page.size(); ++id) {
    if (!page[id].is_text) take_element(id);
  }
  std::vector<std::string> scripts;
  for (NodeId id = 0; id < page.size(); ++id) {
    if (page[id].tag != Tag::script || id + 1 == page[id].end) continue;
    scripts.emplace_back(page.text(id + 1));
  }
  json_ld_ = read_json_ld(scripts, wanted_json_ld());
}

/// What the page calls itself elsewhere.
JsonLdWanted PageMetadata::wanted_json_ld() const {
  JsonLdWanted wanted;
  for (const std::string_view url : {canonical_, meta("og:url")}) {
    if (!leads_home(url)) wanted.urls.emplace_back(url);
  }
  wanted.headlines = {plain_line(meta("og:title")), page_title_};
  for (const NodeId id : headings_) wanted.headlines.push_back(page_line(page_, id));
  return wanted;
}

void PageMetadata::take_element(NodeId id) {
  switch (page_[id].tag) {
    case Tag::html:
      language_ = page_.attribute(id, "lang");
      if (language_.empty()) language_ = page_.attribute(id, "xml:lang");
      break;
    case Tag::meta:
      take_meta(id);
      break;
    case Tag::link:
      take_link(id);
      break;
    case Tag::title:
      if (page_title_.empty()) {
        page_title_ = prefix_of(page_line(page_, id), kLongestTitle);
      }
      break;
    case Tag::h1:
      take_label(headings_, id);
      break;
    case Tag::time:
      if (is_label(page_, id)) times_.push_back(id);
      break;
    default:
      break;
  }
  take_microdata(id);
}

void PageMetadata::take_meta(NodeId id) {
  const std::string_view value = trimmed(page_.attribute(id, "content"));
  if (value.empty()) return;
  for (const char* name : {"property", "name", "http-equiv"}) {
    std::string_view keys = trimmed(page_.attribute(id, name));
    while (!keys.empty() && metas_.size() < kMostMetas) {  // some list several keys
      const std::size_t end = std::min(keys.find(' '), keys.size());
      metas_.push_back({ascii_lower(keys.substr(0, end)), value});
      keys = trimmed(keys.substr(end));
    }
  }
}

void PageMetadata::take_link(NodeId id) {
  const std::string_view rel = page_.attribute(id, "rel");
  if (canonical_.empty() && has_token(rel, "canonical")) canonical_ = page_.attribute(id, "href");
}

void PageMetadata::take_microdata(NodeId id) {
  if (const auto names = page_.attribute(id, "itemprop"); !names.empty()) {
    const bool has_room = properties_.size() < kMostProperties;
    if (has_room && is_label(page_, id)) properties_.push_back({names, id});
  }
  if (page_[id].tag == Tag::meta || page_[id].tag == Tag::link) return;
  const std::string_view classes = page_.attribute(id, "class");
  if (has_token(page_.attribute(id, "rel"), "author") || says(classes, "byline") ||
      says(classes, "author")) {
    take_label(bylines_, id);
  }
  const bool has_title = page_[id].tag != Tag::time && page_.has_attribute(id, "title");
  if (has_title && has_token(classes, "published")) take_label(times_, id);
  if (says(classes, "breadcrumb")) take_label(breadcrumbs_, id);
}

void PageMetadata::take_label(std::vector<NodeId>& labels, NodeId id) {
  if (labels.size() < kMostLabels && is_label(page_, id)) labels.push_back(id);
}

std::string_view PageMetadata::meta(std::string_view key) const {
  const auto found = std::find_if(metas_.begin(), metas_.end(),
                                  [&](const Meta& known) { return known.key == key; });
  return found == metas_.end() ? std::string_view{} : found->value;
}

std::string PageMetadata::first_meta(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    if (std::string value = plain_line(meta(key)); !value.empty()) return value;
  }
  return {};
}

/// What a microdata property says: an attribute that is for it, else its text.
std::string PageMetadata::value_of(NodeId id) const {
  for (const char* name : {"content", "datetime"}) {
    if (const auto value = page_.attribute(id, name); !value.empty()) return plain_line(value);
  }
  return page_line(page_, id);
}

std::string PageMetadata::property(std::string_view name) const {
  for (const Property& known : properties_) {
    if (!has_token(known.name, name)) continue;
    if (std::string value = value_of(known.id); !value.empty()) return value;
  }
  return {};
}

// ---- title

/// JSON-LD's headline; its name when that is what the page calls itself and the headline is not.
std::string PageMetadata::json_ld_title() const {
  const std::string headline = clean_line(json_ld_.headline);
  std::string name = clean_line(json_ld_.name);
  if (headline.empty() || name.empty()) return headline.empty() ? name : headline;
  const bool is_named_otherwise =
      page_title_.find(headline) == npos && page_title_.find(name) != npos;
  return is_named_otherwise ? name : headline;
}

/// The first h1 that the `<title>` repeats before, or for the most part of, what else it says; a
/// site's name is no headline.
std::string PageMetadata::headline_in_title() const {
  const std::vector<NodeId> headlines = likely_headlines();
  for (const NodeId id : headlines) {
    const std::string headline(prefix_of(page_line(page_, id), kLongestTitle));
    const auto at = page_title_.find(headline);
    const bool is_much = headline.size() * 3 > page_title_.size();
    const bool is_most = headline.size() * 2 > page_title_.size();
    const bool is_headline =
        headline.size() >= kShortestHeadline && headline != meta("og:site_name");
    const bool is_only = headlines.size() == 1;
    const bool is_apart = is_only && says_apart(page_title_, headline);
    // An article's headline that the `<title>` says nothing of: that has the site's name alone.
    const bool is_unsaid =
        is_only && is_in_article(page_, id) && shares_no_word(page_title_, headline);
    const bool is_said = (at == 0 && is_much) || (at != npos && is_most) || is_apart;
    if (is_headline && (is_said || is_unsaid)) return headline;
  }
  return {};
}

/// The only h1 that stands in an `article`; all of them when there is no such.
std::vector<NodeId> PageMetadata::likely_headlines() const {
  std::vector<NodeId> in_articles;
  std::ranges::copy_if(headings_, std::back_inserter(in_articles),
                       [&](NodeId id) { return is_in_article(page_, id); });
  return in_articles.size() == 1 ? in_articles : headings_;
}

/// The h1 in the article or the last one before it, else the first of the page; 0 for none.
NodeId PageMetadata::headline_near(NodeId root) const {
  NodeId nearest = headings_.empty() ? 0 : headings_.front();
  for (const NodeId id : headings_) {
    if (id < root || page_.contains(root, id)) nearest = id;
    if (id >= root) break;
  }
  return nearest;
}

void PageMetadata::fill_title(Article& article) const {
  set(article, Metadata::title, json_ld_title(), Origin::json_ld);
  set(article, Metadata::title,
      first_meta({"dc:title", "dc.title", "dcterms.title", "og:title", "twitter:title",
                  "parsely-title", "sailthru.title", "title"}),
      Origin::meta);
  set(article, Metadata::title, property("headline"), Origin::microdata);
  set(article, Metadata::title, headline_in_title(), Origin::markup);
}

// ---- the rest

void PageMetadata::fill(Article& article, NodeId root, std::string_view url) const {
  fill_url(article, url);
  fill_dates(article, root);
  fill_authors(article, root);
  fill_source(article);
  const std::string title = without_site(page_title_, article.source);
  const bool says_only_the_site = ascii_lower(title) == ascii_lower(article.source);
  if (!says_only_the_site) set(article, Metadata::title, title, Origin::markup);
  if (const NodeId headline = headline_near(root); headline != 0) {
    set(article, Metadata::title, page_line(page_, headline), Origin::markup);
  }
  fill_section_and_tags(article, root);
  fill_language(article);
}

void PageMetadata::fill_url(Article& article, std::string_view url) const {
  const std::string open_graph = resolve_url(url, meta("og:url"));
  const std::string_view base = url.empty() ? std::string_view(open_graph) : url;
  const std::string canonical = resolve_url(base, canonical_);
  const bool is_of_another = leads_home(canonical) && !leads_home(open_graph);
  if (!is_of_another) set(article, Metadata::url, canonical, Origin::meta);
  set(article, Metadata::url, open_graph, Origin::meta);
  set(article, Metadata::url, resolve_url(base, json_ld_.url), Origin::json_ld);
  set(article, Metadata::url, std::string(url), Origin::path);
}

void PageMetadata::fill_dates(Article& article, NodeId root) const {
  set_date(article, Metadata::date, json_ld_.published, Origin::json_ld);
  set_date(article, Metadata::modified, json_ld_.modified, Origin::json_ld);
  for (const std::string_view key :
       {"article:published_time"sv, "og:article:published_time"sv, "datepublished"sv,
        "parsely-pub-date"sv, "sailthru.date"sv, "pubdate"sv, "publishdate"sv, "publish-date"sv,
        "publication_date"sv, "article.published"sv, "dc.date.issued"sv, "dcterms.created"sv,
        "dcterms.date"sv, "dc.date"sv, "cxenseparse:recs:publishtime"sv, "date"sv}) {
    set_date(article, Metadata::date, meta(key), Origin::meta);
  }
  for (const std::string_view key : {"article:modified_time"sv, "og:updated_time"sv, "lastmod"sv,
                                     "last-modified"sv, "datemodified"sv, "dcterms.modified"sv}) {
    set_date(article, Metadata::modified, meta(key), Origin::meta);
  }
  set_date(article, Metadata::date, property("datePublished"), Origin::microdata);
  set_date(article, Metadata::modified, property("dateModified"), Origin::microdata);
  fill_dates_shown(article, root);
  if (article.date) return;
  article.date = date_in_url(article.url);
  if (article.date) article.origin(Metadata::date) = Origin::path;
}

std::string PageMetadata::time_of(NodeId id) const {
  for (const char* name : {"datetime", "title"}) {
    const std::string_view value = page_.attribute(id, name);
    if (parse_date(trimmed(value))) return std::string(value);
  }
  return page_line(page_, id);
}

/// The article's own time stands in it or in its header, before it; one behind it is another's. One
/// that is marked as that of publication goes first, and then one of a change is known for it.
void PageMetadata::fill_dates_shown(Article& article, NodeId root) const {
  const auto is_published = [&](NodeId id) {
    const std::string_view classes = page_.attribute(id, "class");
    return has_token(classes, "published") || has_token(classes, "entry-date") ||
           has_token(classes, "pubdate") || page_.has_attribute(id, "pubdate");
  };
  std::vector<NodeId> times = times_;
  std::erase_if(times, [&](NodeId id) { return id >= page_[root].end; });
  for (const NodeId id : times) {
    if (is_published(id)) set_date(article, Metadata::date, time_of(id), Origin::markup);
  }
  if (article.date) {
    for (const NodeId id : times) {
      const std::string_view classes = page_.attribute(id, "class");
      const bool is_change = has_token(classes, "updated") || has_token(classes, "modified");
      if (!is_change || is_published(id)) continue;
      set_date(article, Metadata::modified, time_of(id), Origin::markup);
    }
  }
  for (const NodeId id : times) {
    if (article.date) return;
    set_date(article, Metadata::date, time_of(id), Origin::markup);
  }
}

void PageMetadata::fill_authors(Article& article, NodeId root) const {
  fill_named_authors(article, root);
  // What looks like a handle, `cc1234`, is better than nothing.
  set_list(article.authors, json_ld_.authors, article, Metadata::authors, Origin::json_ld);
}

void PageMetadata::fill_named_authors(Article& article, NodeId root) const {
  std::vector<std::string> named;
  std::ranges::copy_if(json_ld_.authors, std::back_inserter(named), is_name);
  set_list(article.authors, std::move(named), article, Metadata::authors, Origin::json_ld);
  for (const std::string_view key :
       {"dc:creator"sv, "dc.creator"sv, "dcterms.creator"sv, "author"sv, "byl"sv,
        "article:author"sv, "parsely-author"sv, "sailthru.author"sv, "article:author_name"sv}) {
    std::vector<std::string> names;
    for (const Meta& known : metas_) {
      if (known.key != key) continue;
      for (std::string& name : names_in_line(plain_line(known.value)))
        names.push_back(std::move(name));
    }
    set_list(article.authors, std::move(names), article, Metadata::authors, Origin::meta);
  }
  set_list(article.authors, microdata_authors(root), article, Metadata::authors, Origin::microdata);
  for (const NodeId id : bylines_behind(headline_near(root))) {
    if (!article.authors.empty()) return;
    if (id >= page_[root].end) continue;
    set_list(article.authors, names_in_byline(page_, id), article, Metadata::authors,
             Origin::markup);
  }
}

/// The authors of the first thing that has any: others are of teasers or of comments.
std::vector<std::string> PageMetadata::microdata_authors(NodeId root) const {
  std::vector<std::string> names;
  NodeId owner = 0;
  for (const Property& known : properties_) {
    if (!has_token(known.name, "author") || known.id >= page_[root].end) continue;
    const NodeId item = item_around(page_, known.id);
    if (!names.empty() && item != owner) continue;
    for (std::string& name : names_in_byline(page_, known.id)) {
      const bool is_new = std::ranges::find(names, name) == names.end();
      if (is_new && names.size() < kMostLabels) names.push_back(std::move(name));
      owner = item;
    }
  }
  return names;
}

std::string PageMetadata::microdata_publisher() const {
  for (const Property& known : properties_) {
    if (!has_token(known.name, "publisher")) continue;
    for (NodeId id = known.id + 1; id < page_[known.id].end; ++id) {
      if (has_token(page_.attribute(id, "itemprop"), "name")) return value_of(id);
    }
    return page_.has_attribute(known.id, "itemscope") ? std::string() : value_of(known.id);
  }
  return {};
}

/// The bylines, those of teasers before the headline last.
std::vector<NodeId> PageMetadata::bylines_behind(NodeId headline) const {
  std::vector<NodeId> bylines = bylines_;
  std::stable_partition(bylines.begin(), bylines.end(), [&](NodeId id) { return id > headline; });
  return bylines;
}

void PageMetadata::fill_source(Article& article) const {
  set(article, Metadata::source, json_ld_.publisher, Origin::json_ld);
  set(article, Metadata::source,
      first_meta({"og:site_name", "application-name", "dc.publisher", "publisher",
                  "al:ios:app_name", "apple-mobile-web-app-title", "twitter:app:name:iphone"}),
      Origin::meta);
  set(article, Metadata::source, microdata_publisher(), Origin::microdata);
  set(article, Metadata::source, host_of(article.url), Origin::path);
}

void PageMetadata::fill_section_and_tags(Article& article, NodeId root) const {
  set(article, Metadata::section, json_ld_.section, Origin::json_ld);
  set(article, Metadata::section,
      first_meta({"article:section", "og:article:section", "parsely-section", "section",
                  "cxenseparse:section"}),
      Origin::meta);
  set(article, Metadata::section, property("articleSection"), Origin::microdata);
  for (const NodeId id : breadcrumbs_) {
    if (page_.contains(id, root)) continue;
    std::string last;
    for (NodeId at = id; at < page_[id].end; ++at) {
      if (page_[at].tag == Tag::a) last = page_line(page_, at);
    }
    if (last != article.title) set(article, Metadata::section, last, Origin::markup);
  }

  set_list(article.tags, json_ld_.tags, article, Metadata::tags, Origin::json_ld);
  std::vector<std::string> tags;
  for (const Meta& known : metas_) {
    if (known.key == "article:tag" || known.key == "og:article:tag") {
      for (std::string& tag : split_list(plain_line(known.value))) tags.push_back(std::move(tag));
    }
  }
  set_list(article.tags, std::move(tags), article, Metadata::tags, Origin::meta);
  set(article, Metadata::tags, first_meta({"news_keywords", "keywords", "parsely-tags"}),
      Origin::meta);
  set(article, Metadata::tags, property("keywords"), Origin::microdata);
}

void PageMetadata::fill_language(Article& article) const {
  set(article, Metadata::language, std::string(language_), Origin::markup);
  set(article, Metadata::language, json_ld_.language, Origin::json_ld);
  set(article, Metadata::language,
      first_meta({"content-language", "language", "dc.language", "og:locale"}), Origin::meta);
}

PageMetadata::Summary PageMetadata::summary() const {
  if (!json_ld_.description.empty()) return {clean_line(json_ld_.description), Origin::json_ld};
  std::string text = first_meta({"og:description", "description", "dc.description",
                                 "dcterms.description", "twitter:description"});
  if (!text.empty()) return {std::move(text), Origin::meta};
  text = property("description");
  return {text, text.empty() ? Origin::none : Origin::microdata};
}

}  // namespace lede
