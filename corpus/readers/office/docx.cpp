#include "corpus/readers/office/docx.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/office/document_metadata.hpp"
#include "corpus/readers/office/document_text.hpp"
#include "corpus/readers/office/zip_members.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

/// The parts as they are called when a document is made; the format would allow other names, and
/// no program uses them.
struct Part {
  std::string_view name;
  std::string DocxParts::*place;
};
constexpr std::array kParts{
    Part{"word/document.xml", &DocxParts::document},
    Part{"word/footnotes.xml", &DocxParts::footnotes},
    Part{"word/endnotes.xml", &DocxParts::endnotes},
    Part{"word/styles.xml", &DocxParts::styles},
    Part{"docProps/core.xml", &DocxParts::core_properties},
};

constexpr std::array kProperties{
    MetadataElement{"title", Metadata::title},
    MetadataElement{"creator", Metadata::authors},
    MetadataElement{"created", Metadata::date},
    MetadataElement{"modified", Metadata::modified},
    MetadataElement{"keywords", Metadata::tags},
    MetadataElement{"description", Metadata::lede},
    MetadataElement{"language", Metadata::language},
    MetadataElement{"category", Metadata::section},
};

/// Deleted or moved text, properties (they hold tab stops, not tabs), field codes, and the second
/// form of what stands there in two.
constexpr std::array<std::string_view, 9> kLeftOut{"del",       "moveFrom", "pPr",
                                                   "instrText", "delText",  "delInstrText",
                                                   "Fallback",  "sectPr",   "tblPr"};

using StyleIds = std::unordered_set<std::string>;

/// A word processor's `w:val` of yes or no; without a value it is yes.
bool is_on(const xmlNode* element) {
  const std::string value = attribute(element, "val");
  return value != "0" && value != "false" && value != "off";
}

/// The first child of that name.
const xmlNode* child(const xmlNode* element, std::string_view name) {
  const xmlNode* at = element->children;
  while (at != nullptr && name_of(at) != name) at = at->next;
  return at;
}

/// The ids of the style that is called Title: programs call it that in every language, and
/// translate the id.
StyleIds title_styles(std::string_view styles) {
  StyleIds ids{"Title"};
  const MarkupDocument document = parse_xml(styles);
  if (document == nullptr) return ids;
  const auto* root = reinterpret_cast<const xmlNode*>(document.get());
  for (const xmlNode* node = root; node != nullptr; node = next_node(node, root)) {
    if (name_of(node) != "style") continue;
    const xmlNode* name = child(node, "name");
    if (name != nullptr && ascii_lower(attribute(name, "val")) == "title") {
      ids.insert(attribute(node, "styleId"));
    }
  }
  return ids;
}

bool is_hidden_run(const xmlNode* node) {
  if (name_of(node) != "r") return false;
  const xmlNode* properties = child(node, "rPr");
  const xmlNode* vanish = properties == nullptr ? nullptr : child(properties, "vanish");
  return vanish != nullptr && is_on(vanish);
}

/// Notes that only draw the line above the notes.
bool is_separator_note(const xmlNode* node) {
  const std::string_view name = name_of(node);
  if (name != "footnote" && name != "endnote") return false;
  return attribute(node, "type").find("eparator") != std::string::npos;
}

/// Goes through a part and puts its text together.
class DocxText {
 public:
  DocxText(DocumentText& text, const StyleIds& title_styles)
      : text_(text), title_styles_(title_styles) {}

  /// Returns false when the part is broken: what stands behind that place may be missing.
  bool add_part(std::string_view xml) {
    if (xml.empty()) return true;
    const MarkupDocument document = parse_xml(xml);
    if (document == nullptr) return false;
    walk(
        reinterpret_cast<const xmlNode*>(document.get()),
        [&](const xmlNode* node) { return enter(node); },
        [&](const xmlNode* node) { leave(node); });
    return is_well_formed(document);
  }

 private:
  bool enter(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (std::find(kLeftOut.begin(), kLeftOut.end(), name) != kLeftOut.end()) return false;
    if (is_hidden_run(node) || is_separator_note(node)) return false;
    if (name == "p") text_.begin_paragraph();
    if (name == "tbl") text_.begin_table();
    if (name == "tr") text_.begin_row();
    if (name == "tc") text_.begin_cell();
    if (name == "tab" || name == "ptab") text_.add("\t");
    if (name == "br" || name == "cr") text_.add("\n");
    if (name == "noBreakHyphen") text_.add("-");
    if (name == "t") text_.add(text_in(node));
    return name != "t";
  }

  void leave(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "p") text_.end_paragraph(is_title(node));
    if (name == "tbl") text_.end_table();
    if (name == "tc") text_.end_cell();
  }

  bool is_title(const xmlNode* paragraph) const {
    const xmlNode* properties = child(paragraph, "pPr");
    const xmlNode* style = properties == nullptr ? nullptr : child(properties, "pStyle");
    return style != nullptr && title_styles_.contains(attribute(style, "val"));
  }

  DocumentText& text_;
  const StyleIds& title_styles_;
};

void set_properties(Article& article, std::string_view core_properties) {
  const MarkupDocument document = parse_xml(core_properties);
  if (document == nullptr) return;
  set_metadata_from(reinterpret_cast<const xmlNode*>(document.get()), kProperties, article);
}

DocxParts parts_of(ZipMembers& members) {
  DocxParts parts;
  for (const Part& part : kParts) {
    const auto member = members.bytes.find(part.name);
    if (member != members.bytes.end()) parts.*part.place = std::move(member->second);
  }
  return parts;
}

}  // namespace

bool looks_like_docx(std::string_view head) {
  return is_zip(head) && head.find("word/") != std::string_view::npos;
}

Article article_of_docx(const DocxParts& parts) {
  const StyleIds styles = title_styles(parts.styles);
  DocumentText text;
  DocxText reader(text, styles);
  Article article;
  article.format = "docx";
  for (const std::string* part : {&parts.document, &parts.footnotes, &parts.endnotes}) {
    if (!reader.add_part(*part)) article.warnings.emplace_back(kBrokenXml);
  }
  set_properties(article, parts.core_properties);
  set_metadata(article, Metadata::title, clean_line(text.title()), Origin::markup);
  article.body = text.text_without(article.title);
  return article;
}

void read_docx(Input& input, const ReadContext& context, const Emit& emit) {
  const auto is_part = [](std::string_view name) {
    return std::any_of(kParts.begin(), kParts.end(),
                       [&](const Part& part) { return part.name == name; });
  };
  auto zip = read_zip(input, context, is_part, kParts.front().name);
  if (auto* skipped = std::get_if<Skipped>(&zip)) {
    emit(std::move(*skipped));
    return;
  }
  auto& members = std::get<ZipMembers>(zip);
  Article article = article_of_docx(parts_of(members));
  for (std::string& warning : warnings_of(members)) article.warnings.push_back(std::move(warning));
  emit(std::move(article));
}

}  // namespace lede
