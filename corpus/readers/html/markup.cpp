#include "corpus/readers/html/markup.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <limits>
#include <new>
#include <utility>

#include "corpus/readers/html/bare_html.hpp"
#include "corpus/readers/xml/xml.hpp"

namespace lede {
namespace {

constexpr int kHtmlOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                             HTML_PARSE_NONET | HTML_PARSE_COMPACT | XML_PARSE_HUGE;
/// Without HUGE libxml2's limits hold: 256 levels, 10 MB in one text.
constexpr int kXmlOptions = XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                            XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_NOCDATA;

/// Of a page that is too deep; libxml2 adds a few (`html`, `body`).
constexpr std::size_t kMostOpen = kDeepestMarkup - 16;

constexpr std::size_t kLongest = std::numeric_limits<int>::max();

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

struct FreeParser {
  void operator()(htmlParserCtxt* parser) const noexcept { htmlFreeParserCtxt(parser); }
};

/// What libxml2 does for a start tag, but it stops where the page is nested too deep: the ends of
/// elements would cost more the deeper they are.
void start_element(void* context, const xmlChar* name, const xmlChar** attributes) {
  auto* parser = static_cast<htmlParserCtxt*>(context);
  if (parser->nameNr > kDeepestMarkup) {
    xmlStopParser(parser);
  } else {
    xmlSAX2StartElement(context, name, attributes);
  }
}

bool is_text(const xmlNode* node) {
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

ParsedHtml parse_bare(const std::string& bare) {
  if (bare.empty() || bare.size() > kLongest) return {nullptr, false};
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(htmlNewParserCtxt());
  if (parser == nullptr) throw std::bad_alloc();
  parser->sax->startElement = start_element;
  MarkupDocument document(htmlCtxtReadMemory(
      parser.get(), bare.data(), static_cast<int>(bare.size()), nullptr, "UTF-8", kHtmlOptions));
  return {std::move(document), parser->errNo == XML_ERR_USER_STOP};
}

}  // namespace

ParsedHtml parse_page(std::string_view utf8) {
  ParsedHtml parsed = parse_bare(bare_html(utf8));
  if (!parsed.is_too_deep) return parsed;
  parsed.document.reset();
  // Not before it is known to be too deep: what never ends (`<p>`) is not always open.
  return {parse_bare(bare_html(utf8, kMostOpen)).document, true};
}

MarkupDocument parse_html(std::string_view utf8) {
  return parse_page(utf8).document;
}

MarkupDocument parse_xml(std::string_view bytes, bool is_utf8) {
  if (bytes.empty() || bytes.size() > kLongest) return nullptr;
  const std::string text =
      mend_xml(is_utf8 ? std::string(bytes) : xml_to_utf8(bytes, declared_encoding(bytes)));
  if (text.size() > kLongest) return nullptr;
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(xmlNewParserCtxt(),
                                                                            xmlFreeParserCtxt);
  MarkupDocument document(xmlCtxtReadMemory(
      parser.get(), text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", kXmlOptions));
  // What is not well-formed is mended; a parser that switched itself off came to a limit.
  const bool is_whole = parser->disableSAX == 0;
  return is_whole && xmlDocGetRootElement(document.get()) != nullptr ? std::move(document)
                                                                     : nullptr;
}

std::string_view name_of(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? view(node->name) : std::string_view{};
}

std::string attribute(const xmlNode* element, const char* name) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(
      xmlGetProp(element, reinterpret_cast<const xmlChar*>(name)), xmlFree);
  return std::string(view(value.get()));
}

const xmlNode* next_node(const xmlNode* node, const xmlNode* root, bool skips_children) {
  // The children of an entity reference are the entity's: they may lead back to it.
  const bool has_own_children = node->type != XML_ENTITY_REF_NODE && node->type != XML_DTD_NODE;
  if (!skips_children && has_own_children && node->children != nullptr) return node->children;
  while (node != nullptr && node != root) {
    if (node->next != nullptr) return node->next;
    node = node->parent;
  }
  return nullptr;
}

std::string text_in(const xmlNode* node) {
  std::string text;
  for (const xmlNode* at = node; at != nullptr; at = next_node(at, node)) {
    if (is_text(at)) text += view(at->content);
  }
  return text;
}

}  // namespace lede
