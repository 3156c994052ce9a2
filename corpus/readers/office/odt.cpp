#include "corpus/readers/office/odt.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/office/document_metadata.hpp"
#include "corpus/readers/office/document_text.hpp"
#include "corpus/readers/office/zip_members.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::string_view kContent = "content.xml";
constexpr std::string_view kMeta = "meta.xml";

/// `creator` and `date` are of the last change here.
constexpr std::array kProperties{
    MetadataElement{"title", Metadata::title},
    MetadataElement{"initial-creator", Metadata::authors},
    MetadataElement{"creation-date", Metadata::date},
    MetadataElement{"date", Metadata::modified},
    MetadataElement{"keyword", Metadata::tags},
    MetadataElement{"description", Metadata::lede},
    MetadataElement{"language", Metadata::language},
};

/// Deleted text, comments, what a picture is called, and lists of what stands elsewhere.
constexpr std::array<std::string_view, 12> kLeftOut{"tracked-changes",
                                                    "annotation",
                                                    "annotation-end",
                                                    "title",
                                                    "desc",
                                                    "table-of-content",
                                                    "alphabetical-index",
                                                    "note-citation",
                                                    "automatic-styles",
                                                    "forms",
                                                    "scripts",
                                                    "font-face-decls"};

constexpr unsigned kMostSpaces = 64;  // more at one place are layout

/// The styles of a title: the one of that name, and those that the text derives from it.
std::unordered_set<std::string> title_styles(const xmlNode* root) {
  std::unordered_set<std::string> names{"Title"};
  for (const xmlNode* node = root; node != nullptr; node = next_node(node, root)) {
    if (name_of(node) == "style" && attribute(node, "parent-style-name") == "Title") {
      names.insert(attribute(node, "name"));
    }
  }
  return names;
}

/// `<text:s text:c="3"/>` is three spaces.
std::string spaces(const xmlNode* element) {
  const std::string value = attribute(element, "c");
  unsigned count = 1;
  std::from_chars(value.data(), value.data() + value.size(), count);
  return std::string(std::min(count, kMostSpaces), ' ');
}

/// White space as the format means it: each run is one space.
std::string collapsed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_space) {
      result += c;
    } else if (!result.ends_with(' ')) {
      result += ' ';
    }
  }
  return result;
}

/// Goes through the text and puts it together.
class OdtText {
 public:
  explicit OdtText(const xmlNode* root) : title_styles_(title_styles(root)) {
    notes_.push_back(root);
    // A note's text is put behind the rest, and may have notes of its own.
    for (std::size_t at = 0; at < notes_.size(); ++at) add(notes_[at]);
  }

  const DocumentText& text() const { return text_; }

 private:
  void add(const xmlNode* root) {
    text_.begin_paragraph();
    walk(
        root, [&](const xmlNode* node) { return enter(node, node == root); },
        [&](const xmlNode* node) { leave(node); });
  }

  bool enter(const xmlNode* node, bool is_root) {
    const std::string_view name = name_of(node);
    if (name == "note-body" && !is_root) {
      notes_.push_back(node);
      return false;
    }
    if (std::find(kLeftOut.begin(), kLeftOut.end(), name) != kLeftOut.end()) return false;
    if (name == "p" || name == "h") begin_paragraph();
    if (name == "table") text_.begin_table();
    if (name == "table-row") text_.begin_row();
    if (name == "table-cell") text_.begin_cell();
    if (name == "tab") text_.add("\t");
    if (name == "line-break") text_.add("\n");
    if (name == "s") text_.add(spaces(node));
    if (node->type == XML_TEXT_NODE && paragraphs_ > 0) {
      text_.add(collapsed(reinterpret_cast<const char*>(node->content)));
    }
    return true;
  }

  void leave(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "p" || name == "h") end_paragraph(node);
    if (name == "table") text_.end_table();
    if (name == "table-cell") text_.end_cell();
  }

  void begin_paragraph() {
    ++paragraphs_;
    text_.begin_paragraph();
  }

  void end_paragraph(const xmlNode* paragraph) {
    --paragraphs_;
    text_.end_paragraph(title_styles_.contains(attribute(paragraph, "style-name")));
  }

  std::unordered_set<std::string> title_styles_;
  DocumentText text_;
  std::vector<const xmlNode*> notes_;
  unsigned paragraphs_ =
      0;  // round the place we are at: only there is text, between them is layout
};

void set_properties(Article& article, std::string_view meta) {
  const MarkupDocument document = parse_xml(meta);
  if (document == nullptr) return;
  set_metadata_from(reinterpret_cast<const xmlNode*>(document.get()), kProperties, article);
}

void set_text(Article& article, std::string_view content) {
  const MarkupDocument document = parse_xml(content);
  if (document == nullptr) {
    article.warnings.emplace_back(kBrokenXml);
    return;
  }
  const OdtText reader(reinterpret_cast<const xmlNode*>(document.get()));
  const DocumentText& text = reader.text();
  set_metadata(article, Metadata::title, clean_line(text.title()), Origin::markup);
  article.body = text.text_without(article.title);
  if (!is_well_formed(document)) article.warnings.emplace_back(kBrokenXml);
}

}  // namespace

bool looks_like_odt(std::string_view head) {
  return is_zip_of_type(head, "application/vnd.oasis.opendocument.text");
}

Article article_of_odt(std::string_view content, std::string_view meta) {
  Article article;
  article.format = "odt";
  set_properties(article, meta);
  set_text(article, content);
  return article;
}

void read_odt(Input& input, const ReadContext& context, const Emit& emit) {
  const auto is_part = [](std::string_view name) { return name == kContent || name == kMeta; };
  auto zip = read_zip(input, context, is_part, kContent);
  if (auto* skipped = std::get_if<Skipped>(&zip)) {
    emit(std::move(*skipped));
    return;
  }
  const auto& members = std::get<ZipMembers>(zip);
  const auto meta = members.bytes.find(kMeta);
  Article article = article_of_odt(members.bytes.find(kContent)->second,
                                   meta == members.bytes.end() ? std::string_view{} : meta->second);
  for (std::string& warning : warnings_of(members)) article.warnings.push_back(std::move(warning));
  emit(std::move(article));
}

}  // namespace lede
