#include "corpus/readers/xml/nitf.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/xml/xml.hpp"
#include "corpus/readers/xml/xml_records.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr auto kRecords = std::to_array<std::string_view>({"nitf"});

struct HtmlName {
  std::string_view nitf;
  std::string_view html;  // empty: it is not shown
};
constexpr std::array kHtmlNames{
    HtmlName{"hl1", "h2"},        HtmlName{"hl2", "h3"},    HtmlName{"block", "div"},
    HtmlName{"bq", "blockquote"}, HtmlName{"fn", "div"},    HtmlName{"note", "div"},
    HtmlName{"tagline", "p"},     HtmlName{"credit", "p"},  HtmlName{"nitf-table", "div"},
    HtmlName{"media", ""},        HtmlName{"head", ""},     HtmlName{"nitf-table-metadata", ""},
    HtmlName{"custom-table", ""}, HtmlName{"alt-code", ""}, HtmlName{"object", "span"},
};

std::string_view html_name(std::string_view name) {
  const auto found = std::find_if(kHtmlNames.begin(), kHtmlNames.end(),
                                  [&](const HtmlName& known) { return known.nitf == name; });
  if (found != kHtmlNames.end()) return found->html;
  // `object.title`, `chron` and the like mark words; what HTML calls the same is the same there.
  return name.find('.') == npos ? name : "span";
}

std::string attribute_of(const xmlNode* root, std::string_view element_name, const char* name) {
  const xmlNode* element = find_element(root, element_name);
  return element == nullptr ? std::string() : clean_line(attribute(element, name));
}

std::string element_text(const xmlNode* element) {
  return element == nullptr ? std::string() : nitf_text(element);
}

/// The first child block of a class, as `full_text`.
const xmlNode* find_block(const xmlNode* content, std::string_view wanted) {
  const xmlNode* block = content == nullptr ? nullptr : content->children;
  while (block != nullptr && (name_of(block) != "block" || attribute(block, "class") != wanted)) {
    block = block->next;
  }
  return block;
}

/// The value of a `<meta>` in the head.
std::string meta_of(const xmlNode* nitf, std::string_view wanted) {
  const xmlNode* head = find_child(nitf, "head");
  for (const xmlNode* meta = head == nullptr ? nullptr : head->children; meta != nullptr;
       meta = meta->next) {
    if (name_of(meta) == "meta" && attribute(meta, "name") == wanted) {
      return clean_line(attribute(meta, "content"));
    }
  }
  return {};
}

/// Sets the value to the first of the candidates that there is.
void set_first(Article& article, Metadata metadata, const std::vector<std::string>& candidates) {
  for (const std::string& candidate : candidates) {
    set_metadata(article, metadata, candidate, Origin::markup);
  }
}

// ---- parts

void read_identity(const xmlNode* nitf, Article& article) {
  const std::string id = attribute_of(nitf, "doc-id", "id-string");
  const std::string registrar = attribute_of(nitf, "doc-id", "regsrc");
  const bool has_registrar = !id.empty() && !registrar.empty();
  set_metadata(article, Metadata::id, has_registrar ? fmt::format("{}:{}", registrar, id) : id,
               Origin::markup);
  const std::string url = attribute_of(nitf, "pubdata", "ex-ref");
  if (url.starts_with("http")) set_metadata(article, Metadata::url, url, Origin::markup);
}

/// A byline's names: of those who are marked as persons, else all of it but their jobs.
std::vector<std::string> names_in(const xmlNode* byline) {
  std::vector<std::string> names;
  std::string text;
  bool skips = false;
  for (const xmlNode* node = byline; node != nullptr; node = next_node(node, byline, skips)) {
    const std::string_view name = name_of(node);
    if (name == "person") names.push_back(clean_line(text_in(node)));
    skips = name == "byttl" || name == "virtloc";
    if (node->type == XML_TEXT_NODE) text += reinterpret_cast<const char*>(node->content);
  }
  return names.empty() ? split_authors(clean_line(text)) : names;
}

void read_authors(const xmlNode* head, Article& article) {
  const xmlNode* byline = find_element(head, "byline");
  if (byline == nullptr || article.origin(Metadata::authors) != Origin::none) return;
  article.authors = names_in(byline);
  if (!article.authors.empty()) article.origin(Metadata::authors) = Origin::markup;
}

/// A publishing day as `20070101T000000`, whose time nobody meant.
std::string without_midnight(const std::string& date) {
  constexpr std::string_view kMidnight = "T000000";
  return date.substr(0, date.size() - (date.ends_with(kMidnight) ? kMidnight.size() : 0));
}

void read_date(const xmlNode* nitf, Article& article) {
  set_first(article, Metadata::date,
            {attribute_of(nitf, "date.issue", "norm"), attribute_of(nitf, "date.release", "norm"),
             without_midnight(attribute_of(nitf, "pubdata", "date.publication")),
             attribute_of(nitf, "story.date", "norm")});
}

/// A path through a taxonomy, `Top/News/Business`, is no word that anyone would look for.
bool is_tag(const xmlNode* element) {
  const std::string_view name = name_of(element);
  return name == "classifier" || name == "person" || name == "org" || name == "location" ||
         name == "event" || name == "object.title";
}

void append_tag(const std::string& tag, Article& article) {
  if (!tag.empty() && tag.find('/') == npos) article.tags.push_back(tag);
}

void read_tags(const xmlNode* nitf, Article& article) {
  if (article.origin(Metadata::tags) != Origin::none) return;
  const xmlNode* head = find_child(nitf, "head");
  const xmlNode* content = find_element(head, "identified-content");
  for (const xmlNode* node = content; node != nullptr; node = next_node(node, content)) {
    if (is_tag(node)) append_tag(clean_line(text_in(node)), article);
  }
  for (const xmlNode* node = head; node != nullptr; node = next_node(node, head)) {
    if (name_of(node) == "keyword") append_tag(clean_line(attribute(node, "key")), article);
    if (name_of(node) == "tobject.subject") {
      append_tag(clean_line(attribute(node, "tobject.subject.type")), article);
      append_tag(clean_line(attribute(node, "tobject.subject.matter")), article);
    }
  }
  if (!article.tags.empty()) article.origin(Metadata::tags) = Origin::markup;
}

void read_headlines(const xmlNode* nitf, const xmlNode* head, Article& article) {
  const std::string title = line_in(head, "hl1");
  const std::string second = line_in(head, "hl2");
  set_first(article, Metadata::title, {title, second, line_in(find_child(nitf, "head"), "title")});
  set_metadata(article, Metadata::lede, element_text(find_element(head, "abstract")),
               Origin::markup);
  const bool says_more = !title.empty() && ascii_lower(second) != ascii_lower(title);
  if (says_more) set_metadata(article, Metadata::lede, second, Origin::markup);
}

/// The text, with the place and day it was sent from in front, unless it begins with them.
std::string body_of(const xmlNode* body) {
  const xmlNode* content = find_child(body, "body.content");
  const xmlNode* full_text = find_block(content, "full_text");
  const std::string text = element_text(full_text == nullptr ? content : full_text);
  const std::string dateline = line_in(find_child(body, "body.head"), "dateline");
  const bool has_dateline = dateline.empty() || ascii_lower(trimmed(text).substr(
                                                    0, dateline.size())) == ascii_lower(dateline);
  return has_dateline ? text : fmt::format("{}\n\n{}", dateline, text);
}

std::variant<Article, std::string> article_of(const xmlNode* nitf) {
  const std::string status = attribute_of(nitf, "docdata", "management-status");
  if (status == "canceled" || status == "withheld") return "the agency says it is " + status;
  Article article;
  article.format = "nitf";
  fill_from_nitf(nitf, article);
  return article;
}

}  // namespace

bool looks_like_nitf(std::string_view head) {
  return tag_name(root_tag(head)) == "nitf";
}

void read_nitf(Input& input, const ReadContext& context, const Emit& emit) {
  const auto read_head = [](const std::string&) { return RecordReader(article_of); };
  read_xml_records(input, context, kRecords, read_head, emit);
}

void fill_from_nitf(const xmlNode* nitf, Article& article) {
  const xmlNode* body = find_child(nitf, "body");
  const xmlNode* head = find_child(body, "body.head");
  read_identity(nitf, article);
  read_headlines(nitf, head, article);
  read_authors(head, article);
  read_date(nitf, article);
  read_tags(nitf, article);
  set_first(article, Metadata::source,
            {attribute_of(nitf, "pubdata", "name"), line_in(head, "distributor"),
             attribute_of(nitf, "doc.copyright", "holder"), line_in(head, "rights.owner")});
  set_first(article, Metadata::section,
            {meta_of(nitf, "online_sections"), attribute_of(nitf, "pubdata", "position.section")});
  set_first(article, Metadata::language,
            {attribute(nitf, "lang"), attribute(nitf, "baselang"),
             body == nullptr ? "" : attribute(body, "lang")});
  if (article.body.empty()) article.body = body_of(body);
}

std::string nitf_text(const xmlNode* element) {
  return html_text(inner_html(element, html_name));
}

}  // namespace lede
