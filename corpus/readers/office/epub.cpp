#include "corpus/readers/office/epub.hpp"

#include <algorithm>
#include <libxml/HTMLtree.h>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/html/markup.hpp"
#include "corpus/readers/office/document_text.hpp"
#include "corpus/readers/office/zip_members.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::string_view kContainer = "META-INF/container.xml";
constexpr std::string_view kEncryption = "META-INF/encryption.xml";
constexpr std::size_t kFewestBytes = 100;  // of text in a document that is an article
constexpr std::size_t kLongestHeading = 1000;

/// A list of an issue's articles has links of this length at least, and at most so much text to
/// each.
constexpr std::size_t kBytesOfTitle = 20;
constexpr std::size_t kBytesOfSummary = 400;
constexpr std::size_t kManyLinks = 10'000;

/// What calibre writes around the articles that it fetches.
constexpr std::string_view kNavigationBar = "calibre_navbar";
constexpr std::string_view kDownloadedFrom = "calibre-downloaded-from";

const xmlNode* root_of(const MarkupDocument& document) {
  return reinterpret_cast<const xmlNode*>(document.get());
}

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

/// A link to another page of the EPUB, without the place in it; empty for any other link.
std::string page_linked_by(const xmlNode* link) {
  const std::string target = attribute(link, "href");
  std::string page = target.substr(0, target.find('#'));
  const bool is_page =
      page.find("htm") != std::string::npos && page.find("://") == std::string::npos;
  return is_page ? page : std::string();
}

struct FreeText {
  void operator()(xmlChar* text) const noexcept { xmlFree(text); }
};

std::string html_of(xmlDoc* page) {
  xmlChar* bytes = nullptr;
  int size = 0;
  htmlDocDumpMemoryFormat(page, &bytes, &size, 0);
  const std::unique_ptr<xmlChar, FreeText> owner(bytes);
  return bytes == nullptr
             ? std::string()
             : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

/// Goes through a page and notes what it is.
class PageReader {
 public:
  explicit PageReader(const xmlNode* root) {
    walk(
        root, [&](const xmlNode* node) { return enter(node); },
        [&](const xmlNode* node) { leave(node); });
  }

  /// The page, without its text.
  EpubPage page(bool is_section) const {
    EpubPage page;
    page.heading = heading_;
    page.url = url_;
    page.is_prose = bytes_ >= kFewestBytes && !is_list_of_pages(is_section ? 1 : 2);
    return page;
  }

  const std::vector<const xmlNode*>& navigation_bars() const { return navigation_bars_; }

 private:
  bool enter(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "head" || name == "script" || name == "style") return false;
    if (!name.empty() && attribute(node, "class").find(kNavigationBar) != std::string::npos) {
      navigation_bars_.push_back(node);
      if (url_.empty()) url_ = downloaded_from(node);
      return false;
    }
    if (name == "a") begin_link(node);
    if (is_heading(name) && heading_node_ == nullptr && heading_.empty()) heading_node_ = node;
    if (name == "br") add_to_heading(" ");
    if (node->type == XML_TEXT_NODE) count(reinterpret_cast<const char*>(node->content));
    return true;
  }

  void leave(const xmlNode* node) {
    if (node == link_) link_ = nullptr;
    if (node != heading_node_) return;
    heading_ = clean_line(heading_);
    heading_node_ = nullptr;
  }

  void add_to_heading(std::string_view text) {
    if (heading_node_ != nullptr && heading_.size() < kLongestHeading) {
      heading_ += prefix_of(text, kLongestHeading);
    }
  }

  void begin_link(const xmlNode* node) {
    std::string page = page_linked_by(node);
    if (link_ != nullptr || page.empty() || linked_pages_.size() > kManyLinks) return;
    link_ = node;
    linked_pages_.insert(std::move(page));
  }

  void count(std::string_view text) {
    const std::size_t bytes = trimmed(text).size();
    bytes_ += bytes;
    add_to_heading(text);
    if (link_ != nullptr) linked_bytes_ += bytes;
  }

  /// Titles that lead to pages, with or without a summary; `Next` and `Previous` are no titles.
  bool is_list_of_pages(std::size_t fewest) const {
    const std::size_t pages = linked_pages_.size();
    return pages >= fewest && linked_bytes_ / pages >= kBytesOfTitle &&
           bytes_ / pages < kBytesOfSummary;
  }

  static std::string downloaded_from(const xmlNode* bar) {
    for (const xmlNode* node = bar; node != nullptr; node = next_node(node, bar)) {
      if (attribute(node, "rel") == kDownloadedFrom) return attribute(node, "href");
    }
    return {};
  }

  std::string heading_;
  std::string url_;
  std::vector<const xmlNode*> navigation_bars_;
  std::set<std::string> linked_pages_;
  const xmlNode* link_ = nullptr;          // the one we are in
  const xmlNode* heading_node_ = nullptr;  // likewise, the outermost
  std::size_t linked_bytes_ = 0;
  std::size_t bytes_ = 0;
};

/// Takes nodes out of their document. None lies in another.
void take_out(const std::vector<const xmlNode*>& nodes) {
  for (const xmlNode* node : nodes) {
    auto* own = const_cast<xmlNode*>(node);  // the document is ours
    xmlUnlinkNode(own);
    xmlFreeNode(own);
  }
}

/// The text behind the heading that it begins with.
std::string_view without_heading(std::string_view text, std::string_view heading) {
  text = trimmed(text);
  const std::string_view first = text.substr(0, text.find("\n\n"));
  return clean_line(first) == heading ? text.substr(first.size()) : text;
}

/// A newspaper's name without the day that programs put behind it: `Courier [Fri, 29 Aug 2025]`.
std::string_view without_day(std::string_view title) {
  if (!title.ends_with(']')) return title;
  return trimmed(title.substr(0, title.rfind('[')));
}

bool is_cut_short(std::string_view label) {
  return label.ends_with("…") || label.ends_with("...");
}

bool is_fetched_article(std::string_view path) {
  return path.find("feed_") != std::string_view::npos &&
         path.find("/article_") != std::string_view::npos;
}

/// One EPUB in memory.
class EpubReader {
 public:
  EpubReader(std::string_view zip, const ReadContext& context, const Emit& emit)
      : zip_(zip), context_(context), emit_(emit) {}

  void read() {
    if (const std::string reason = read_package(); !reason.empty()) {
      skip({}, reason);
      return;
    }
    read_documents();
    if (documents_.bytes.empty()) {
      skip({}, why_nothing_is_left());
      return;
    }
    if (!is_periodical() || !emit_articles()) emit_book();
  }

 private:
  bool skip(std::string record, std::string reason) {
    return emit_(Skipped{context_.path, std::move(record), std::move(reason)});
  }

  /// Returns why there is none.
  std::string read_package() {
    ZipMembers members = read_zip_members(
        zip_,
        [](std::string_view name) {
          return name == kContainer || name == kEncryption || name.ends_with(".opf");
        },
        context_.options.limits);
    const std::string path = path_of_package(members);
    const auto opf = members.bytes.find(path);
    if (opf == members.bytes.end()) {
      const auto warnings = warnings_of(members);
      return warnings.empty() ? "there is no package document (OPF) in it" : warnings.front();
    }
    encrypted_ = encrypted_paths(members.bytes[std::string(kEncryption)]);
    package_ = read_epub_package(opf->second, path);
    return package_.spine.empty() ? "its spine is empty" : "";
  }

  static std::string path_of_package(const ZipMembers& members) {
    const auto container = members.bytes.find(kContainer);
    if (container != members.bytes.end()) {
      if (const auto path = package_path(container->second)) return *path;
    }
    const auto found = std::find_if(members.bytes.begin(), members.bytes.end(),
                                    [](const auto& one) { return one.first.ends_with(".opf"); });
    return found == members.bytes.end() ? std::string() : found->first;
  }

  void read_documents() {
    std::set<std::string, std::less<>> wanted;
    for (const std::string& path : package_.spine) {
      if (!encrypted_.contains(path)) wanted.insert(path);
    }
    if (!package_.contents.empty()) wanted.insert(package_.contents);
    documents_ = read_zip_members(
        zip_, [&](std::string_view name) { return wanted.contains(name); },
        context_.options.limits);
    const auto contents = documents_.bytes.find(package_.contents);
    if (contents != documents_.bytes.end()) {
      contents_ = read_epub_contents(contents->second, package_.contents);
      const bool is_also_page = std::find(package_.spine.begin(), package_.spine.end(),
                                          package_.contents) != package_.spine.end();
      if (!is_also_page) documents_.bytes.erase(contents);
    }
  }

  std::string why_nothing_is_left() const {
    if (!encrypted_.empty()) return "its text is encrypted";
    const auto warnings = warnings_of(documents_);
    return warnings.empty() ? "the documents of its spine are not in it" : warnings.front();
  }

  bool is_periodical() const {
    const auto fetched =
        std::count_if(package_.spine.begin(), package_.spine.end(), is_fetched_article);
    return package_.is_periodical || contents_.is_periodical || fetched > 1;
  }

  bool is_section(const std::string& path) const {
    const auto line = contents_.lines.find(path);
    return line != contents_.lines.end() && line->second.is_section;
  }

  /// Returns false when no document is an article.
  bool emit_articles() {
    bool has_emitted = false;
    for (const std::string& path : package_.spine) {
      const auto document = documents_.bytes.find(path);
      if (document == documents_.bytes.end()) continue;
      const EpubPage page = read_epub_page(document->second, is_section(path));
      if (!page.is_prose) continue;
      has_emitted = true;
      if (!emit_(article_of(page, path))) return true;
    }
    if (has_emitted) skip_unreadable();
    return has_emitted;
  }

  /// Names the documents that could not be read, each a record that is missing.
  void skip_unreadable() {
    for (const auto& [path, reason] : documents_.refused) {
      if (!skip(path, reason)) return;
    }
    if (!documents_.failure.empty()) skip({}, documents_.failure);
  }

  Article article_of(const EpubPage& page, const std::string& path) const {
    Article article;
    article.format = "epub";
    article.member = (context_.member.empty() ? "" : "!") + path;
    set_from_contents(article, path);
    set_metadata(article, Metadata::title, page.heading, Origin::markup);
    set_metadata(article, Metadata::url, page.url, Origin::markup);
    set_from_package(article);
    article.body = without_heading(page.text, article.title);
    return article;
  }

  void set_from_contents(Article& article, const std::string& path) const {
    const auto line = contents_.lines.find(path);
    if (line == contents_.lines.end()) return;
    if (!is_cut_short(line->second.label)) {
      set_metadata(article, Metadata::title, line->second.label, Origin::markup);
    }
    set_metadata(article, Metadata::section, line->second.section, Origin::markup);
  }

  /// What holds for each article of an issue. Its creator is who put it together.
  void set_from_package(Article& article) const {
    const std::string_view name = prefix_of(without_day(package_.about.title), kLongestHeading);
    set_metadata(article, Metadata::source, name, Origin::markup);
    set_metadata(article, Metadata::language, package_.about.language, Origin::markup);
    if (!package_.about.date) return;
    article.date = package_.about.date;
    article.origin(Metadata::date) = Origin::markup;
  }

  void emit_book() {
    Article article = std::move(package_.about);
    article.format = "epub";
    std::size_t missing = 0;
    for (const std::string& path : package_.spine) {
      const auto document = documents_.bytes.find(path);
      if (document == documents_.bytes.end()) {
        ++missing;
        continue;
      }
      article.body += read_epub_page(document->second).text;
      article.body += "\n\n";
    }
    if (missing > 0) {
      article.warnings.push_back(fmt::format("{} of the {} documents of its spine cannot be read",
                                             missing, package_.spine.size()));
    }
    for (std::string& warning : warnings_of(documents_)) {
      article.warnings.push_back(std::move(warning));
    }
    emit_(std::move(article));
  }

  std::string_view zip_;
  const ReadContext& context_;
  const Emit& emit_;
  EpubPackage package_;
  EpubContents contents_;
  std::set<std::string, std::less<>> encrypted_;
  ZipMembers documents_;
};

}  // namespace

bool looks_like_epub(std::string_view head) {
  return is_zip_of_type(head, "application/epub+zip");
}

EpubPage read_epub_page(std::string_view xhtml, bool is_section) {
  std::string utf8 = to_utf8(xhtml);
  const MarkupDocument document = parse_html(utf8);
  if (document == nullptr) return {};
  const PageReader reader(root_of(document));
  if (!reader.navigation_bars().empty()) {
    take_out(reader.navigation_bars());
    utf8 = html_of(document.get());
  }
  EpubPage page = reader.page(is_section);
  page.text = html_text(utf8);
  return page;
}

void read_epub(Input& input, const ReadContext& context, const Emit& emit) {
  const std::size_t limit_bytes = context.options.limits.record_bytes;
  const auto zip = input.all(limit_bytes);
  if (!zip) {
    emit(Skipped{context.path, {}, fmt::format("it is longer than {} bytes", limit_bytes)});
    return;
  }
  EpubReader(*zip, context, emit).read();
}

}  // namespace lede
