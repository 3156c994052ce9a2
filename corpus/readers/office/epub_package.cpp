#include "corpus/readers/office/epub_package.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/office/document_metadata.hpp"
#include "corpus/readers/office/document_text.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kLongestPath = 1024;
constexpr std::size_t kLongestLabel = 256;
constexpr std::size_t kFewestArticles = 2;  // of a table of contents that calls them that

const xmlNode* root_of(const MarkupDocument& document) {
  return reinterpret_cast<const xmlNode*>(document.get());
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != npos;
}

template <std::size_t size>
bool contains_any(std::string_view text, const std::array<std::string_view, size>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return contains(text, part); });
}

// ---- paths

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = high < 0 ? -1 : hex_value(text[at + 2]);
    if (low < 0) {
      decoded += text[at];
    } else {
      decoded += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return decoded;
}

/// `a/../b/./c` as `b/c`; nullopt for a path that leads above its beginning.
std::optional<std::string> normal_path(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  std::string normal;
  for (const std::string_view part : parts) {
    if (!normal.empty()) normal += '/';
    normal += part;
  }
  if (normal.empty()) return std::nullopt;
  return normal;
}

// ---- the package document

struct ManifestItem {
  std::string link;
  std::string type;
  bool is_navigation = false;
};

constexpr std::array<std::string_view, 10> kRead{"creator", "date",       "identifier", "type",
                                                 "source",  "title",      "language",   "publisher",
                                                 "subject", "description"};

/// Those whose text is the value.
constexpr std::array kPlain{
    MetadataElement{"title", Metadata::title},      MetadataElement{"language", Metadata::language},
    MetadataElement{"publisher", Metadata::source}, MetadataElement{"subject", Metadata::tags},
    MetadataElement{"description", Metadata::lede},
};

/// Which of several dates of a publication says most about when it came out: the lowest.
enum class DateRank { publication, unnamed, creation, none };

DateRank rank_of_event(std::string_view event) {
  if (event.empty()) return DateRank::unnamed;
  if (contains(event, "publi") || contains(event, "issued")) return DateRank::publication;
  return contains(event, "creat") ? DateRank::creation : DateRank::none;
}

bool is_modification(std::string_view event) {
  return contains(event, "modif");
}

/// What a program writes when it knows no date.
bool is_no_date(std::string_view value) {
  return value.starts_with("0101-") || value.starts_with("0000-");
}

/// An identifier that no other publication has: of a known scheme, or a UUID. Programs write
/// `BookId` or `12345` into many.
bool is_unique(std::string_view identifier) {
  constexpr std::array<std::string_view, 3> kSchemes{"urn:uuid:", "urn:isbn:", "urn:doi:"};
  constexpr std::size_t kUuidBytes = 36;
  const std::string lower = ascii_lower(identifier);
  const auto digits =
      std::count_if(lower.begin(), lower.end(), [](char c) { return hex_value(c) >= 0; });
  const bool has_scheme =
      std::any_of(kSchemes.begin(), kSchemes.end(),
                  [&](std::string_view scheme) { return lower.starts_with(scheme); });
  return digits >= 9 && (has_scheme || lower.size() == kUuidBytes);
}

bool is_web_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

/// Reads a package document, element by element.
class PackageReader {
 public:
  explicit PackageReader(std::string_view path) : path_(path) {}

  EpubPackage read(std::string_view opf) {
    const MarkupDocument document = parse_xml(opf);
    if (document == nullptr) return std::move(package_);
    for (const xmlNode* node = root_of(document); node != nullptr;
         node = next_node(node, root_of(document))) {
      take(node);
    }
    finish();
    return std::move(package_);
  }

 private:
  void take(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "item") {
      take_item(node);
    } else if (name == "itemref") {
      spine_.push_back(attribute(node, "idref"));
    } else if (name == "spine") {
      contents_id_ = attribute(node, "toc");
    } else if (name == "meta") {
      take_meta(node);
    } else if (is_metadata(node)) {
      take_element(name, node);
    }
  }

  static bool is_metadata(const xmlNode* node) {
    return node->type == XML_ELEMENT_NODE && node->parent != nullptr &&
           contains(name_of(node->parent), "metadata");
  }

  void take_item(const xmlNode* node) {
    ManifestItem item{attribute(node, "href"), attribute(node, "media-type"),
                      contains(attribute(node, "properties"), "nav")};
    items_.emplace(attribute(node, "id"), std::move(item));
  }

  void take_element(std::string_view name, const xmlNode* node) {
    const auto known = std::find(kRead.begin(), kRead.end(), name);
    if (known == kRead.end()) return;  // an element that holds others must not be read for each
    const std::string text = clean_line(text_in(node));
    if (name == "creator") {
      take_creator(text, attribute(node, "role"));
    } else if (name == "date") {
      take_date(text, ascii_lower(attribute(node, "event")));
    } else if (name == "identifier") {
      take_identifier(text, ascii_lower(attribute(node, "scheme")));
    } else if (name == "type") {
      take_type(text);
    } else if (name == "source") {
      if (contains(ascii_lower(text), "issn")) package_.is_periodical = true;
    } else {
      take_plain(name, text);
    }
  }

  void take_plain(std::string_view name, const std::string& text) {
    for (const MetadataElement& plain : kPlain) {
      if (plain.name != name) continue;
      add_metadata(package_.about, plain.metadata, has_html(text) ? html_text(text) : text);
    }
  }

  void take_creator(std::string_view text, std::string_view role) {
    if (role.empty() || role == "aut") add_metadata(package_.about, Metadata::authors, text);
  }

  void take_date(std::string_view text, std::string_view event) {
    if (text.empty() || is_no_date(text)) return;
    if (is_modification(event)) {
      add_metadata(package_.about, Metadata::modified, text);
      return;
    }
    const DateRank rank = rank_of_event(event);
    if (rank >= date_rank_) return;
    date_rank_ = rank;
    date_ = text;
  }

  void take_identifier(std::string_view text, std::string_view scheme) {
    if (contains(ascii_lower(text), "issn") || scheme == "issn") package_.is_periodical = true;
    if (is_web_address(text)) add_metadata(package_.about, Metadata::url, text);
    if (is_unique(text)) add_metadata(package_.about, Metadata::id, text);
  }

  void take_type(std::string_view text) {
    constexpr std::array<std::string_view, 6> kPeriodicals{"periodical", "magazine", "newspaper",
                                                           "journal",    "news",     "issue"};
    if (contains_any(ascii_lower(text), kPeriodicals)) package_.is_periodical = true;
  }

  /// EPUB 2: `name` and `content`. EPUB 3: `property` and text.
  void take_meta(const xmlNode* node) {
    const std::string property = attribute(node, "property");
    if (attribute(node, "name") == "calibre:publication_type")
      take_type(attribute(node, "content"));
    if (property.starts_with("prism:")) package_.is_periodical = true;
    if (property.starts_with("dcterms:") && attribute(node, "refines").empty()) {
      const std::string text = clean_line(text_in(node));
      if (property == "dcterms:type") take_type(text);
      if (property == "dcterms:modified") take_date(text, "modified");
      if (property == "dcterms:issued") take_date(text, "issued");
      if (property == "dcterms:created") take_date(text, "created");
    }
  }

  void finish() {
    add_metadata(package_.about, Metadata::date, date_);
    std::set<std::string> seen;
    for (const std::string& id : spine_) {
      const auto item = items_.find(id);
      if (item == items_.end() || item->second.is_navigation) continue;
      auto path = linked_path(path_, item->second.link);
      if (path && seen.insert(*path).second) package_.spine.push_back(std::move(*path));
    }
    package_.contents = contents_path();
  }

  std::string contents_path() const {
    const auto by_id = items_.find(contents_id_);
    if (by_id != items_.end()) return linked_path(path_, by_id->second.link).value_or("");
    const auto found = std::find_if(items_.begin(), items_.end(), [](const auto& item) {
      return item.second.is_navigation || item.second.type == "application/x-dtbncx+xml";
    });
    return found == items_.end() ? "" : linked_path(path_, found->second.link).value_or("");
  }

  std::string_view path_;
  EpubPackage package_;
  std::unordered_map<std::string, ManifestItem> items_;
  std::vector<std::string> spine_;
  std::string contents_id_;
  std::string date_;
  DateRank date_rank_ = DateRank::none;
};

// ---- tables of contents

/// Goes down into a table of contents and remembers the lines above.
class ContentsReader {
 public:
  explicit ContentsReader(std::string_view path) : path_(path) {}

  EpubContents read(std::string_view xml) {
    const MarkupDocument document = parse_xml(xml);
    if (document == nullptr) return {};
    walk(
        root_of(document), [&](const xmlNode* node) { return enter(node); },
        [&](const xmlNode* node) { leave(node); });
    contents_.is_periodical = articles_ >= kFewestArticles;
    return std::move(contents_);
  }

 private:
  struct Level {
    std::string label;
    std::string link;
    bool has_lines = false;
  };

  static bool is_line(std::string_view name) { return name == "navPoint" || name == "li"; }

  bool enter(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "nav") return attribute(node, "type") == "toc";
    if (is_line(name)) {
      if (!levels_.empty()) levels_.back().has_lines = true;
      levels_.emplace_back();
      if (attribute(node, "class") == "article") ++articles_;
    }
    if (!levels_.empty()) describe(levels_.back(), name, node);
    if (label_ != nullptr && node->type == XML_TEXT_NODE && text_.size() < kLongestLabel) {
      text_ += prefix_of(reinterpret_cast<const char*>(node->content), kLongestLabel);
    }
    return true;
  }

  void describe(Level& level, std::string_view name, const xmlNode* node) {
    if (name == "content") level.link = attribute(node, "src");
    if (name == "a" && level.link.empty()) level.link = attribute(node, "href");
    const bool is_label = name == "text" || name == "a" || name == "span";
    if (is_label && label_ == nullptr && level.label.empty()) label_ = node;
  }

  void leave(const xmlNode* node) {
    if (node == label_) end_label();
    if (is_line(name_of(node)) && !levels_.empty()) end_line();
  }

  void end_label() {
    if (!levels_.empty()) levels_.back().label = clean_line(text_);
    text_.clear();
    label_ = nullptr;
  }

  void end_line() {
    const Level level = std::move(levels_.back());
    levels_.pop_back();
    const auto path = linked_path(path_, level.link);
    const std::string section = levels_.empty() ? "" : levels_.back().label;
    if (path) contents_.lines.emplace(*path, ContentsLine{level.label, section, level.has_lines});
  }

  std::string_view path_;
  EpubContents contents_;
  std::vector<Level> levels_;
  const xmlNode* label_ = nullptr;  // the one we are in, the outermost
  std::string text_;                // of that, so far
  std::size_t articles_ = 0;
};

}  // namespace

std::optional<std::string> linked_path(std::string_view from, std::string_view link) {
  link = link.substr(0, link.find_first_of("#?"));
  const auto colon = link.find(':');
  if (link.empty() || (colon != npos && colon < link.find('/'))) return std::nullopt;
  const auto slash = from.rfind('/');
  const std::string_view folder = slash == npos ? std::string_view{} : from.substr(0, slash + 1);
  if (folder.size() + link.size() > kLongestPath) return std::nullopt;
  const std::string decoded = percent_decoded(link);
  if (decoded.find('\0') != npos) return std::nullopt;
  return normal_path(decoded.starts_with('/') ? decoded : std::string(folder) + decoded);
}

EpubPackage read_epub_package(std::string_view opf, std::string_view path) {
  return PackageReader(path).read(opf);
}

std::optional<std::string> package_path(std::string_view container) {
  const MarkupDocument document = parse_xml(container);
  if (document == nullptr) return std::nullopt;
  for (const xmlNode* node = root_of(document); node != nullptr;
       node = next_node(node, root_of(document))) {
    if (name_of(node) == "rootfile") return linked_path("", attribute(node, "full-path"));
  }
  return std::nullopt;
}

std::set<std::string, std::less<>> encrypted_paths(std::string_view encryption) {
  std::set<std::string, std::less<>> paths;
  const MarkupDocument document = parse_xml(encryption);
  if (document == nullptr) return paths;
  for (const xmlNode* node = root_of(document); node != nullptr;
       node = next_node(node, root_of(document))) {
    if (name_of(node) != "CipherReference") continue;
    if (auto path = linked_path("", attribute(node, "URI"))) paths.insert(std::move(*path));
  }
  return paths;
}

EpubContents read_epub_contents(std::string_view xml, std::string_view path) {
  return ContentsReader(path).read(xml);
}

}  // namespace lede
