#include "corpus/readers/html/page_metadata.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "corpus/date.hpp"
#include "corpus/readers/html/page_text.hpp"
#include "corpus/readers/html/url.hpp"
#include "corpus/readers/html_text.hpp"
#include "corpus/readers/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestByline = 100;  // bytes; a longer one is a biography
constexpr std::size_t kFewestTitleWords = 3;

constexpr std::array kSeparators{" | "sv,  " - "sv, " – "sv, " — "sv,  " » "sv, " « "sv,
                                 " :: "sv, " / "sv, " · "sv, " \\ "sv, " > "sv, "_"sv};

/// A line from a value that may hold markup or entities escaped twice.
std::string plain(std::string_view value) {
  return clean_line(has_html(value) ? html_text(value) : std::string(value));
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

bool has_token(std::string_view list, std::string_view wanted) {
  for (auto at = list.find(wanted); at != npos; at = list.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const bool begins = at == 0 || list[at - 1] == ' ';
    if (begins && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

bool says(std::string_view classes, std::string_view word) {
  return classes.find(word) != npos;
}

/// Without `Par `, `Von `, ... before a name; split_authors knows the English `By`.
std::string_view without_foreign_by(std::string_view byline) {
  for (const std::string_view by : {"Par "sv, "par "sv, "Von "sv, "von "sv, "Por "sv, "por "sv,
                                    "Di "sv, "Door "sv, "Av "sv, "Af "sv}) {
    if (byline.starts_with(by)) return trimmed(byline.substr(by.size()));
  }
  return byline;
}

/// A profile's address or a handle is no name.
bool is_name(std::string_view name) {
  return !name.empty() && name.find("://") == npos && !name.starts_with('@') &&
         !name.starts_with("www.");
}

/// The length of what comes before the last separator in a title; npos when there is none.
std::size_t before_site(std::string_view title) {
  std::size_t last = npos;
  for (const std::string_view separator : kSeparators) {
    const auto at = title.rfind(separator);
    if (at != npos && at > 0 && (last == npos || at > last)) last = at;
  }
  return last;
}

}  // namespace

PageMetadata::PageMetadata(const Page& page) : page_(page) {
  for (NodeId id = 0; id < page.size(); ++id) {
    if (!page[id].is_text) take_element(id);
  }
  std::vector<std::string> scripts;
  for (NodeId id = 0; id < page.size(); ++id) {
    if (page[id].tag == Tag::script && id + 1 < page[id].end)
      scripts.emplace_back(page.text(id + 1));
  }
  json_ld_ = read_json_ld(scripts);
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
      if (title_ == 0) title_ = id;
      break;
    case Tag::h1:
      headings_.push_back(id);
      break;
    case Tag::time:
      if (page_.has_attribute(id, "datetime")) times_.push_back(id);
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
    while (!keys.empty()) {  // some list several keys
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
    properties_.push_back({names, id});
    if (marked_body_ == 0 && has_token(names, "articleBody")) marked_body_ = id;
  }
  if (page_[id].tag == Tag::meta || page_[id].tag == Tag::link) return;
  const std::string_view classes = page_.attribute(id, "class");
  if (has_token(page_.attribute(id, "rel"), "author") || says(classes, "byline") ||
      says(classes, "author")) {
    bylines_.push_back(id);
  }
  if (says(classes, "breadcrumb")) breadcrumbs_.push_back(id);
}

std::string_view PageMetadata::meta(std::string_view key) const {
  const auto found = std::find_if(metas_.begin(), metas_.end(),
                                  [&](const Meta& known) { return known.key == key; });
  return found == metas_.end() ? std::string_view{} : found->value;
}

std::string PageMetadata::first_meta(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    if (std::string value = plain(meta(key)); !value.empty()) return value;
  }
  return {};
}

/// What a microdata property says: an attribute that is for it, else its text.
std::string PageMetadata::value_of(NodeId id) const {
  for (const char* name : {"content", "datetime"}) {
    if (const auto value = page_.attribute(id, name); !value.empty()) return plain(value);
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

/// The h1 in the article or the last one before it, else the first of the page.
std::string PageMetadata::headline_near(NodeId root) const {
  NodeId nearest = headings_.empty() ? 0 : headings_.front();
  for (const NodeId id : headings_) {
    if (id < root || page_.contains(root, id)) nearest = id;
    if (id >= root) break;
  }
  return nearest == 0 ? std::string() : page_line(page_, nearest);
}

/// The `<title>` up to its last separator, unless too little would be left of it; then, what
/// stands behind the first one.
std::string PageMetadata::title_without_site() const {
  const std::string title = title_ == 0 ? std::string() : page_line(page_, title_);
  const std::size_t end = before_site(title);
  if (end == npos) return title;
  std::string before = clean_line(std::string_view(title).substr(0, end));
  return count_words(before) >= kFewestTitleWords || before.size() * 2 >= title.size() ? before
                                                                                       : title;
}

void PageMetadata::fill_title(Article& article) const {
  set(article, Metadata::title, json_ld_.headline, Origin::json_ld);
  set(article, Metadata::title,
      first_meta({"og:title", "dc:title", "dc.title", "dcterms.title", "twitter:title",
                  "parsely-title", "sailthru.title", "title"}),
      Origin::meta);
  set(article, Metadata::title, property("headline"), Origin::microdata);
}

// ---- the rest

void PageMetadata::fill(Article& article, NodeId root, std::string_view url) const {
  set(article, Metadata::title, headline_near(root), Origin::markup);
  set(article, Metadata::title, title_without_site(), Origin::markup);
  fill_url(article, url);
  fill_dates(article, root);
  fill_authors(article, root);
  fill_source(article);
  fill_section_and_tags(article);
  fill_language(article);
}

void PageMetadata::fill_url(Article& article, std::string_view url) const {
  const std::string open_graph = resolve_url(url, meta("og:url"));
  const std::string_view base = url.empty() ? std::string_view(open_graph) : url;
  set(article, Metadata::url, resolve_url(base, canonical_), Origin::meta);
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
  // The article's own time stands in it or in its header, before it; one behind it is another's.
  for (const NodeId id : times_) {
    if (id >= page_[root].end) break;
    set_date(article, Metadata::date, page_.attribute(id, "datetime"), Origin::markup);
  }
  if (article.date) return;
  article.date = date_in_url(article.url);
  if (article.date) article.origin(Metadata::date) = Origin::path;
}

void PageMetadata::fill_authors(Article& article, NodeId root) const {
  set_list(article.authors, json_ld_.authors, article, Metadata::authors, Origin::json_ld);
  for (const std::string_view key :
       {"article:author"sv, "author"sv, "byl"sv, "dc.creator"sv, "dc:creator"sv,
        "dcterms.creator"sv, "parsely-author"sv, "sailthru.author"sv, "article:author_name"sv}) {
    std::vector<std::string> names;
    for (const Meta& known : metas_) {
      if (known.key != key) continue;
      for (std::string& name : split_authors(plain(known.value))) {
        if (is_name(name)) names.push_back(std::move(name));
      }
    }
    set_list(article.authors, std::move(names), article, Metadata::authors, Origin::meta);
  }
  const auto set_byline = [&](const std::string& line, Origin origin) {
    if (line.size() > kLongestByline) return;
    const std::string_view byline = without_foreign_by(line);
    if (is_name(byline)) set_metadata(article, Metadata::authors, byline, origin);
  };
  set_byline(property("author"), Origin::microdata);
  for (const NodeId id : bylines_) {
    if (id >= page_[root].end) break;
    set_byline(page_line(page_, id), Origin::markup);
  }
}

void PageMetadata::fill_source(Article& article) const {
  set(article, Metadata::source, json_ld_.publisher, Origin::json_ld);
  set(article, Metadata::source,
      first_meta({"og:site_name", "application-name", "dc.publisher", "publisher",
                  "al:ios:app_name", "apple-mobile-web-app-title", "twitter:app:name:iphone"}),
      Origin::meta);
  set(article, Metadata::source, std::string(host_of(article.url)), Origin::path);
}

void PageMetadata::fill_section_and_tags(Article& article) const {
  set(article, Metadata::section, json_ld_.section, Origin::json_ld);
  set(article, Metadata::section,
      first_meta({"article:section", "og:article:section", "parsely-section", "section",
                  "cxenseparse:section"}),
      Origin::meta);
  set(article, Metadata::section, property("articleSection"), Origin::microdata);
  for (const NodeId id : breadcrumbs_) {
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
      for (std::string& tag : split_list(plain(known.value))) tags.push_back(std::move(tag));
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
