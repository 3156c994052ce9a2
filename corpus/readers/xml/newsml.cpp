#include "corpus/readers/xml/newsml.hpp"

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/xml/nitf.hpp"
#include "corpus/readers/xml/xml.hpp"
#include "corpus/readers/xml/xml_records.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// NewsML-G2's item and NewsML 1's.
constexpr auto kRecords = std::to_array<std::string_view>({"newsItem", "NewsItem"});

using Result = std::variant<Article, std::string>;

std::string_view html_name(std::string_view name) {
  return name;
}

bool is_one_of(std::string_view text, std::string_view a, std::string_view b) {
  return text == a || text == b;
}

std::string attribute_of(const xmlNode* element, const char* name) {
  return element == nullptr ? std::string() : clean_line(attribute(element, name));
}

void set(Article& article, Metadata metadata, const std::string& value) {
  set_metadata(article, metadata, value, Origin::markup);
}

std::string html_in(const xmlNode* html) {
  const xmlNode* body = find_element(html, "body");
  return html_text(inner_html(body == nullptr ? html : body, html_name));
}

/// The text of an element that holds a document: NITF, XHTML, or bare text.
void read_content(const xmlNode* content, Article& article) {
  if (content == nullptr) return;
  if (const xmlNode* nitf = find_element(content, "nitf")) {
    fill_from_nitf(nitf, article);
  } else if (find_element(content, "p") != nullptr || find_element(content, "html") != nullptr) {
    article.body = html_in(content);
  } else {
    const std::string text = text_in(content);
    article.body = has_html(text) ? html_text(text) : text;
  }
}

/// Elements called `name` below `root`, in order.
std::vector<const xmlNode*> find_all(const xmlNode* root, std::string_view name) {
  std::vector<const xmlNode*> found;
  for (const xmlNode* node = root; node != nullptr; node = next_node(node, root)) {
    if (local_name(name_of(node)) == name) found.push_back(node);
  }
  return found;
}

// ---- NewsML-G2

/// `canceled` of `stat:canceled`.
std::string code_of(const xmlNode* element) {
  return std::string(local_name(attribute_of(element, "qcode")));
}

/// Why an item is no article; empty when it is one.
std::string reason_to_skip(const xmlNode* item) {
  const xmlNode* meta = find_child(item, "itemMeta");
  const std::string status = code_of(find_child(meta, "pubStatus"));
  if (is_one_of(status, "canceled", "withheld")) return "the agency says it is " + status;
  const std::string kind = code_of(find_child(meta, "itemClass"));
  const bool is_text = kind.empty() || is_one_of(kind, "text", "composite");
  return is_text ? std::string()
                 : fmt::format("it is of the class '{}', not text", prefix_of(kind, 40));
}

/// What an element calls itself: its name in it, else its literal, else its text.
std::string name_in(const xmlNode* element) {
  if (element == nullptr) return {};
  std::string name = line_in(element, "name");
  if (name.empty()) name = attribute_of(element, "literal");
  return name.empty() ? clean_line(text_in(element)) : name;
}

void read_headlines(const xmlNode* meta, Article& article) {
  for (const xmlNode* headline : find_all(meta, "headline")) {
    const std::string role = std::string(local_name(attribute_of(headline, "role")));
    const bool is_second = role.find("sub") != std::string::npos;
    set(article, is_second ? Metadata::lede : Metadata::title, clean_line(text_in(headline)));
  }
  for (const xmlNode* description : find_all(meta, "description")) {
    // A subject or place is described there, too: only the content's own description counts.
    if (description->parent == meta) set(article, Metadata::lede, clean_line(text_in(description)));
  }
}

void read_authors(const xmlNode* meta, Article& article) {
  set(article, Metadata::authors, line_in(meta, "by"));
  if (article.origin(Metadata::authors) != Origin::none) return;
  for (const xmlNode* creator : find_all(meta, "creator")) {
    if (creator->parent == meta) article.authors.push_back(line_in(creator, "name"));
  }
  std::erase(article.authors, std::string());
  if (!article.authors.empty()) article.origin(Metadata::authors) = Origin::markup;
}

/// A subject's name in the item's language, or the only one it has.
std::string subject_name(const xmlNode* subject, const std::string& language) {
  const auto names = find_all(subject, "name");
  for (const xmlNode* name : names) {
    if (!language.empty() && attribute(name, "lang").starts_with(language)) {
      return clean_line(text_in(name));
    }
  }
  return names.empty() ? std::string() : clean_line(text_in(names.front()));
}

void read_tags(const xmlNode* meta, Article& article) {
  const std::string language = article.language.substr(0, article.language.find_first_of("-_"));
  for (const xmlNode* subject : find_all(meta, "subject")) {
    article.tags.push_back(subject_name(subject, language));
  }
  for (const xmlNode* keyword : find_all(meta, "keyword")) {
    article.tags.push_back(clean_line(text_in(keyword)));
  }
  std::erase(article.tags, std::string());
  if (!article.tags.empty()) article.origin(Metadata::tags) = Origin::markup;
}

void read_dates(const xmlNode* item, Article& article) {
  const xmlNode* item_meta = find_child(item, "itemMeta");
  const std::string first = line_in(item_meta, "firstCreated");
  const std::string version = line_in(item_meta, "versionCreated");
  set(article, Metadata::date, first);
  set(article, Metadata::date, line_in(find_child(item, "contentMeta"), "contentCreated"));
  set(article, article.date ? Metadata::modified : Metadata::date, version);
}

void read_source(const xmlNode* item, Article& article) {
  const xmlNode* content_meta = find_child(item, "contentMeta");
  set(article, Metadata::source, name_in(find_child(find_child(item, "itemMeta"), "provider")));
  set(article, Metadata::source, name_in(find_child(content_meta, "infoSource")));
  set(article, Metadata::source, line_in(content_meta, "creditline"));
}

Result article_of_g2(const xmlNode* item) {
  if (std::string reason = reason_to_skip(item); !reason.empty()) return reason;
  Article article;
  article.format = "newsml";
  const xmlNode* meta = find_child(item, "contentMeta");
  set(article, Metadata::id, attribute(item, "guid"));
  set(article, Metadata::language, attribute_of(find_child(meta, "language"), "tag"));
  set(article, Metadata::language, attribute(item, "lang"));
  read_headlines(meta, article);
  set(article, Metadata::title, line_in(find_child(item, "itemMeta"), "title"));
  read_authors(meta, article);
  read_tags(meta, article);
  read_dates(item, article);
  read_source(item, article);
  const xmlNode* contents = find_child(item, "contentSet");
  for (const std::string_view name : {"inlineXML", "inlineData"}) {
    if (article.body.empty()) read_content(find_child(contents, name), article);
  }
  return article;
}

// ---- NewsML 1

std::string reason_to_skip_old(const xmlNode* item) {
  const std::string status = ascii_lower(attribute_of(find_element(item, "Status"), "FormalName"));
  const bool is_gone = is_one_of(status, "canceled", "withheld");
  return is_gone ? "the agency says it is " + status : std::string();
}

Result article_of_old(const xmlNode* item) {
  if (std::string reason = reason_to_skip_old(item); !reason.empty()) return reason;
  Article article;
  article.format = "newsml";
  // PublicIdentifier names the revision; the rest is the same in all of an item's revisions.
  const std::string provider = line_in(item, "ProviderId");
  const std::string name = line_in(item, "NewsItemId");
  if (!name.empty()) {
    set(article, Metadata::id, fmt::format("{}:{}:{}", provider, line_in(item, "DateId"), name));
  }
  set(article, Metadata::title, line_in(item, "HeadLine"));
  set(article, Metadata::lede, line_in(item, "SubHeadLine"));
  set(article, Metadata::authors, line_in(item, "ByLine"));
  set(article, Metadata::source,
      attribute_of(find_element(find_element(item, "Provider"), "Party"), "FormalName"));
  set(article, Metadata::source, provider);
  set(article, Metadata::language, attribute_of(find_element(item, "Language"), "FormalName"));
  set(article, Metadata::date, line_in(item, "FirstCreated"));
  set(article, article.date ? Metadata::modified : Metadata::date,
      line_in(item, "ThisRevisionCreated"));
  for (const xmlNode* content : find_all(item, "DataContent")) {
    if (article.body.empty()) read_content(content, article);
  }
  return article;
}

Result article_of(const xmlNode* item) {
  return local_name(name_of(item)) == "newsItem" ? article_of_g2(item) : article_of_old(item);
}

}  // namespace

bool looks_like_newsml(std::string_view head) {
  const std::string root = root_tag(head);
  const std::string_view name = tag_name(root);
  return name == "newsItem" || name == "newsMessage" || name == "NewsML" || name == "packageItem";
}

void read_newsml(Input& input, const ReadContext& context, const Emit& emit) {
  const auto read_head = [](const std::string&) { return RecordReader(article_of); };
  read_xml_records(input, context, kRecords, read_head, emit);
}

}  // namespace lede
