#include "corpus/readers/xml/feed.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <libxml/uri.h>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/html/entities.hpp"
#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/xml/xml.hpp"
#include "corpus/readers/xml/xml_records.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr auto kRecords = std::to_array<std::string_view>({"item", "entry"});
constexpr std::size_t kLongestUrl = 4096;

struct Namespace {
  std::string_view address;
  std::string_view prefix;  // the one used below, whatever the feed calls it
};
constexpr std::array kNamespaces{
    Namespace{"http://www.w3.org/2005/Atom", ""},
    Namespace{"http://purl.org/atom/ns#", ""},
    Namespace{"http://purl.org/rss/1.0/", ""},
    Namespace{"http://channel.netscape.com/rdf/simple/0.9/", ""},
    Namespace{"http://my.netscape.com/rdf/simple/0.9/", ""},
    Namespace{"http://backend.userland.com/rss2", ""},
    Namespace{"http://backend.userland.com/RSS2", ""},
    Namespace{"http://purl.org/rss/1.0/modules/content/", "content"},
    Namespace{"http://purl.org/dc/elements/1.1/", "dc"},
    Namespace{"http://purl.org/dc/terms/", "dc"},
    Namespace{"http://search.yahoo.com/mrss/", "media"},
    Namespace{"http://search.yahoo.com/mrss", "media"},
    Namespace{"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    Namespace{"http://www.w3.org/1999/xhtml", "xhtml"},
    Namespace{"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
};

/// A prefix that the feed's root declares, and the one used here.
struct Prefix {
  std::string declared;
  std::string prefix;
};

/// What a feed says of itself.
struct Feed {
  std::vector<Prefix> prefixes;
  std::string title;
  std::string link;
  std::string base;  // of relative links
  std::string language;
  std::vector<std::string> authors;
};

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

// ---- names

std::optional<std::string_view> prefix_of_address(std::string_view address) {
  for (const Namespace& known : kNamespaces) {
    if (known.address == address) return known.prefix;
  }
  return std::nullopt;
}

std::string_view known_prefix(std::string_view declared, const Feed& feed) {
  for (const Prefix& prefix : feed.prefixes) {
    if (prefix.declared == declared) return prefix.prefix;
  }
  return declared;
}

std::string joined_name(std::string_view prefix, std::string_view name) {
  return prefix.empty() ? std::string(name) : fmt::format("{}:{}", prefix, name);
}

/// The name of an element as this reader writes it: `title`, `content:encoded`, `dc:date`. An item
/// stands alone here: the prefixes it uses are mostly declared at the feed's root.
std::string name_in_feed(const xmlNode* node, const Feed& feed) {
  const std::string_view name = name_of(node);
  if (node->ns != nullptr && node->type == XML_ELEMENT_NODE) {
    const auto known = prefix_of_address(view(node->ns->href));
    return joined_name(known.value_or(view(node->ns->prefix)), local_name(name));
  }
  const auto colon = name.find(':');
  if (colon == npos) return std::string(name);
  return joined_name(known_prefix(name.substr(0, colon), feed), name.substr(colon + 1));
}

/// An item's elements with their names, in order.
struct Child {
  std::string name;
  const xmlNode* node;
};
using Children = std::vector<Child>;

Children children_of(const xmlNode* parent, const Feed& feed) {
  Children children;
  for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) children.push_back({name_in_feed(node, feed), node});
  }
  return children;
}

const xmlNode* find(const Children& children, std::string_view name) {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const Child& child) { return child.name == name; });
  return found == children.end() ? nullptr : found->node;
}

// ---- text

/// All of XHTML's names are HTML's.
std::string_view html_name(std::string_view name) {
  return name;
}

bool has_elements(const xmlNode* element) {
  const xmlNode* child = element->children;
  while (child != nullptr && child->type != XML_ELEMENT_NODE) child = child->next;
  return child != nullptr;
}

enum class Text : std::uint8_t { line, markup };

/// The text of what may be HTML. Of a text that was escaped once too often the entities are all
/// that is left; when they are those of end tags, it is HTML all the same.
std::string text_of_html(const std::string& html, Text text) {
  if (has_html(html) && html.find('<') != npos) return html_text(html);
  std::string decoded = decode_entities(html);
  const bool was_escaped_twice = text == Text::markup && decoded.find("</") != npos &&
                                 html.find('<') == npos && has_html(decoded);
  return was_escaped_twice ? html_text(decoded) : decoded;
}

/// Can text stand in an element of this type (Atom's attribute)? Images can be there in base64.
bool is_type_of_text(std::string_view type) {
  return type.find('/') == npos || type.starts_with("text/") || type.ends_with("xml");
}

/// The text of an element: of Atom what its type says, of RSS whatever it is.
std::string text_of(const xmlNode* element, Text text) {
  if (element == nullptr) return {};
  const std::string type = ascii_lower(attribute(element, "type"));
  if (!is_type_of_text(type) || attribute(element, "mode") == "base64") return {};
  if (has_elements(element)) return html_text(inner_html(element, html_name));
  const std::string content = text_in(element);
  return type == "text" || type == "text/plain" ? content : text_of_html(content, text);
}

std::string line_of(const xmlNode* element) {
  return clean_line(text_of(element, Text::line));
}

std::string line_of(const Children& children, std::string_view name) {
  return line_of(find(children, name));
}

/// The text of the first of the elements that has one.
template <std::size_t size>
std::string first_text(const Children& children, const std::array<std::string_view, size>& names) {
  for (const std::string_view name : names) {
    std::string text = text_of(find(children, name), Text::markup);
    if (!trimmed(text).empty()) return text;
  }
  return {};
}

// ---- links

bool is_web_address(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

/// A link's address, made absolute with `base`.
std::string resolved(const std::string& link, const std::string& base) {
  const bool has_scheme = link.substr(0, link.find_first_of("/?#")).find(':') != npos;
  const bool is_plain = link.empty() || has_scheme || base.empty();
  if (is_plain || link.size() > kLongestUrl || base.size() > kLongestUrl) return link;
  const std::unique_ptr<xmlChar, decltype(xmlFree)> url(
      xmlBuildURI(reinterpret_cast<const xmlChar*>(link.c_str()),
                  reinterpret_cast<const xmlChar*>(base.c_str())),
      xmlFree);
  return url == nullptr ? link : std::string(view(url.get()));
}

/// The base of the links in an element: its `xml:base`, in what its parent says.
std::string base_of(const xmlNode* element, const std::string& outer) {
  const std::string base = clean_line(attribute(element, "base"));
  return base.empty() ? outer : resolved(base, outer);
}

/// Where a `link` leads: its text in RSS, its `href` in Atom, unless it is a link to something
/// else.
std::string address_in(const xmlNode* link) {
  const std::string relation = attribute(link, "rel");
  if (!relation.empty() && relation != "alternate") return {};
  const std::string href = attribute(link, "href");
  return clean_line(href.empty() ? text_in(link) : href);
}

std::string link_of(const Children& children, const std::string& base) {
  std::string address = line_of(children, "feedburner:origLink");
  for (const Child& child : children) {
    if (!address.empty()) break;
    if (child.name == "link" || child.name == "atom:link") address = address_in(child.node);
  }
  return resolved(address, base);
}

/// A guid as an id. One that is no address is only unique in its feed.
std::string identity(const std::string& guid, const Feed& feed) {
  const bool is_global = guid.find(':') != npos || feed.link.empty();
  return guid.empty() || is_global ? guid : fmt::format("{}#{}", feed.link, guid);
}

bool is_permalink(const xmlNode* guid) {
  return guid != nullptr && attribute(guid, "isPermaLink") != "false";
}

void read_identity(const xmlNode* item, const Children& children, const Feed& feed,
                   Article& article) {
  const std::string base = base_of(item, feed.base);
  const xmlNode* guid_element = find(children, "guid");
  std::string about = attribute(item, "about");
  if (about.empty()) about = attribute(item, "rdf:about");
  std::string guid = clean_line(guid_element != nullptr ? text_in(guid_element) : about);
  if (guid.empty()) guid = line_of(children, "id");
  set_metadata(article, Metadata::id, identity(guid, feed), Origin::markup);
  std::string url = link_of(children, base);
  if (url.empty() && (is_permalink(guid_element) || !about.empty())) url = resolved(guid, base);
  if (is_web_address(url)) set_metadata(article, Metadata::url, url, Origin::markup);
}

// ---- authors and tags

/// `Ada Writer` of `ada@paper.example (Ada Writer)`.
std::string_view without_address(std::string_view author) {
  const auto open = author.find('(');
  const auto close = author.rfind(')');
  const bool is_address = author.substr(0, open).find('@') != npos;
  if (!is_address || open == npos || close == npos || close < open) return author;
  return author.substr(open + 1, close - open - 1);
}

void append_authors(std::vector<std::string>& authors, std::string_view text) {
  const auto names = split_authors(without_address(text));
  authors.insert(authors.end(), names.begin(), names.end());
}

std::vector<std::string> authors_of(const Children& children) {
  std::vector<std::string> authors;
  for (const std::string_view name : {"dc:creator", "dc:author", "author", "itunes:author"}) {
    if (!authors.empty()) break;
    for (const Child& child : children) {
      if (child.name != name) continue;
      const std::string person = line_in(child.node, "name");
      append_authors(authors, person.empty() ? line_of(child.node) : person);
    }
  }
  return authors;
}

/// A category's name: of Atom its label, of RSS its text.
std::string name_of_category(const xmlNode* category) {
  for (const char* name : {"label", "term"}) {
    std::string value = clean_line(attribute(category, name));
    if (!value.empty()) return value;
  }
  return line_of(category);
}

void read_tags(const Children& children, Article& article) {
  for (const Child& child : children) {
    if (child.name == "category" || child.name == "dc:subject") {
      article.tags.push_back(name_of_category(child.node));
    } else if (child.name == "itunes:keywords" || child.name == "media:keywords") {
      const auto words = split_list(line_of(child.node));
      article.tags.insert(article.tags.end(), words.begin(), words.end());
    }
  }
  if (!article.tags.empty()) article.origin(Metadata::tags) = Origin::markup;
}

// ---- text and dates

/// A text's words, without the marks by which an excerpt ends.
std::string words_of_excerpt(std::string_view text) {
  constexpr std::string_view kEllipsis = "…";
  std::string words = clean_line(text);
  for (;;) {
    if (words.ends_with(kEllipsis)) {
      words.resize(words.size() - kEllipsis.size());
    } else if (!words.empty() && std::string_view(" .[]()").find(words.back()) != npos) {
      words.pop_back();
    } else {
      return words;
    }
  }
}

/// Is a description no more than how the content begins?
bool is_excerpt(std::string_view description, std::string_view content) {
  const std::string words = words_of_excerpt(description);
  const std::size_t enough = 2 * description.size() + 1000;
  return clean_line(prefix_of(content, enough)).starts_with(words);
}

void read_text(const Children& children, Article& article) {
  constexpr auto kContents =
      std::to_array<std::string_view>({"content:encoded", "content", "xhtml:body"});
  constexpr auto kDescriptions = std::to_array<std::string_view>(
      {"description", "summary", "excerpt:encoded", "itunes:summary", "media:description"});
  article.body = first_text(children, kContents);
  const std::string description = first_text(children, kDescriptions);
  if (article.body.empty()) {
    article.body = description;
  } else if (!is_excerpt(description, article.body)) {
    set_metadata(article, Metadata::lede, description, Origin::markup);
  }
}

template <std::size_t size>
void read_date(const Children& children, const std::array<std::string_view, size>& names,
               Metadata metadata, Article& article) {
  for (const std::string_view name : names) {
    set_metadata(article, metadata, line_of(children, name), Origin::markup);
  }
}

/// Atom has to say when an entry was last changed, and need not say when it was published.
void read_dates(const Children& children, Article& article) {
  constexpr auto kPublished = std::to_array<std::string_view>(
      {"pubDate", "published", "dc:date", "issued", "dc:issued", "created", "dc:created"});
  constexpr auto kModified =
      std::to_array<std::string_view>({"updated", "atom:updated", "modified", "dc:modified"});
  read_date(children, kPublished, Metadata::date, article);
  read_date(children, kModified, article.date ? Metadata::modified : Metadata::date, article);
}

// ---- items

/// What an export of WordPress calls its items that nobody wrote.
constexpr auto kNoArticles =
    std::to_array<std::string_view>({"attachment", "nav_menu_item", "revision", "custom_css",
                                     "customize_changeset", "oembed_cache"});

bool is_draft(const Children& children) {
  const std::string status = line_of(children, "wp:status");
  const bool is_public = status.empty() || status == "publish" || status == "inherit";
  const xmlNode* control = find(children, "app:control");
  return !is_public || (control != nullptr && line_in(control, "draft") == "yes");
}

/// Why an item is no article; empty when it is one.
std::string reason_to_skip(const Children& children, const ReadOptions& options) {
  const std::string kind = line_of(children, "wp:post_type");
  const bool is_article =
      std::find(kNoArticles.begin(), kNoArticles.end(), kind) == kNoArticles.end() &&
      !kind.starts_with("wp_");
  if (!is_article)
    return fmt::format("it is of the kind '{}', not an article", prefix_of(kind, 40));
  return is_draft(children) && !options.reads_drafts ? "it is a draft" : std::string();
}

/// The publisher: the feed that an item was taken from, else this one.
std::string source_of(const Children& children, const Feed& feed) {
  const xmlNode* source = find(children, "source");
  if (source == nullptr) return feed.title;
  std::string title = has_elements(source) ? line_in(source, "title") : line_of(source);
  return title.empty() ? feed.title : title;
}

std::string language_of(const xmlNode* item, const Children& children, const Feed& feed) {
  for (std::string language : {attribute(item, "lang"), line_of(children, "dc:language")}) {
    if (!language.empty()) return language;
  }
  return feed.language;
}

Article article_of(const xmlNode* item, const Children& children, const Feed& feed) {
  Article article;
  article.format = "feed";
  read_identity(item, children, feed, article);
  for (const std::string_view name : {"title", "dc:title", "media:title"}) {
    set_metadata(article, Metadata::title, line_of(children, name), Origin::markup);
  }
  read_text(children, article);
  read_dates(children, article);
  article.authors = authors_of(children);
  if (article.authors.empty()) article.authors = feed.authors;
  if (!article.authors.empty()) article.origin(Metadata::authors) = Origin::markup;
  read_tags(children, article);
  set_metadata(article, Metadata::source, source_of(children, feed), Origin::markup);
  set_metadata(article, Metadata::language, language_of(item, children, feed), Origin::markup);
  return article;
}

// ---- the feed

std::vector<Prefix> prefixes_of(const xmlNode* root) {
  std::vector<Prefix> prefixes;
  for (const xmlNs* declared = root->nsDef; declared != nullptr; declared = declared->next) {
    const auto known = prefix_of_address(view(declared->href));
    if (declared->prefix != nullptr && known) {
      prefixes.push_back({std::string(view(declared->prefix)), std::string(*known)});
    }
  }
  return prefixes;
}

/// What a feed says of itself before its first item: `head` is cut off there.
Feed feed_of(const std::string& head) {
  Feed feed;
  const MarkupDocument document = parse_xml(head, true);
  const xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document.get());
  if (root == nullptr) return feed;
  feed.prefixes = prefixes_of(root);
  const xmlNode* found = find_child(root, "channel");
  const xmlNode* channel = found == nullptr ? root : found;
  const Children children = children_of(channel, feed);
  feed.title = line_of(children, "title");
  feed.link = link_of(children, base_of(root, {}));
  feed.base = base_of(channel, base_of(root, feed.link));
  feed.language = line_of(children, "language");
  if (feed.language.empty()) feed.language = line_of(children, "dc:language");
  if (feed.language.empty()) feed.language = attribute(root, "lang");
  if (channel == root) feed.authors = authors_of(children);
  return feed;
}

}  // namespace

bool looks_like_feed(std::string_view head) {
  const std::string root = root_tag(head);
  const std::string_view name = tag_name(root);
  if (name == "rss" || name == "feed") return true;
  const bool is_rss_of_rdf = root.find("purl.org/rss/1.0") != npos ||
                             root.find("purl.org/net/rss1.1") != npos ||
                             root.find("netscape.com/rdf") != npos;
  return name == "RDF" && is_rss_of_rdf;
}

void read_feed(Input& input, const ReadContext& context, const Emit& emit) {
  const auto read_head = [&](const std::string& head) -> RecordReader {
    return [&context,
            feed = feed_of(head)](const xmlNode* item) -> std::variant<Article, std::string> {
      const Children children = children_of(item, feed);
      std::string reason = reason_to_skip(children, context.options);
      if (!reason.empty()) return reason;
      return article_of(item, children, feed);
    };
  };
  read_xml_records(input, context, kRecords, read_head, emit);
}

}  // namespace lede
