#include "corpus/readers/formats.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "corpus/readers/html/html.hpp"
#include "corpus/readers/mail/mail.hpp"
#include "corpus/readers/markdown/markdown.hpp"
#include "corpus/readers/office/docx.hpp"
#include "corpus/readers/office/epub.hpp"
#include "corpus/readers/office/odt.hpp"
#include "corpus/readers/office/zip_members.hpp"
#include "corpus/readers/packed/warc.hpp"
#include "corpus/readers/programs/pdf.hpp"
#include "corpus/readers/records/csv.hpp"
#include "corpus/readers/records/json.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/readers/text/plain_text.hpp"
#include "corpus/readers/xml/feed.hpp"
#include "corpus/readers/xml/newsml.hpp"
#include "corpus/readers/xml/nitf.hpp"
#include "corpus/readers/xml/reuters.hpp"
#include "corpus/readers/xml/trec.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLongestExtension = 10;

/// Nothing in a plain text's bytes says that it is one: only its name, or that nothing else fits.
bool has_no_signature(std::string_view) {
  return false;
}

constexpr std::array kFormats{
    Format{"epub", " .epub ", looks_like_epub, read_epub, Content::zip},
    Format{"docx", " .docx .docm .dotx .dotm ", looks_like_docx, read_docx, Content::zip},
    Format{"odt", " .odt .ott ", looks_like_odt, read_odt, Content::zip},
    Format{"pdf", " .pdf ", looks_like_pdf, read_pdf},
    Format{"reuters", " .sgm .sgml ", looks_like_reuters, read_reuters},
    Format{"wikiextractor", " ", looks_like_wikiextractor, read_wikiextractor, Content::text},
    Format{"trec", " ", looks_like_trec, read_trec, Content::text},
    Format{"feed", " .rss .atom .rdf ", looks_like_feed, read_feed},
    Format{"nitf", " .nitf ", looks_like_nitf, read_nitf},
    Format{"newsml", " .newsml ", looks_like_newsml, read_newsml},
    Format{"warc", " .warc ", looks_like_warc, read_warc},
    Format{"mail", " .eml .mbox .mbx ", looks_like_mail, read_mail},
    Format{"html", " .html .htm .xhtml .shtml ", looks_like_html, read_html},
    Format{"markdown", " .md .markdown .mdown .mkd ", looks_like_markdown, read_markdown,
           Content::text},
    Format{"json", " .json .jsonl .ndjson ", looks_like_json, read_json, Content::text},
    Format{"csv", " .csv .tsv .tab ", looks_like_csv, read_csv, Content::text},
    Format{"text", " .txt .text ", has_no_signature, read_plain_text, Content::text},
};

/// The first bytes of a file that is none of ours, and what it is.
struct Signature {
  std::string_view bytes;
  std::string_view kind;
};
constexpr std::array kForeign{
    Signature{"\x89PNG"sv, "a PNG image"},
    Signature{"\xFF\xD8\xFF"sv, "a JPEG image"},
    Signature{"GIF8"sv, "a GIF image"},
    Signature{"\x7F"
              "ELF"sv,
              "a program"},
    Signature{"SQLite format 3"sv, "an SQLite database"},
    Signature{"Rar!"sv, "a RAR archive"},
    Signature{"{\\rtf"sv, "an RTF file"},
};

constexpr std::string_view kOtherXml = "an XML file of a kind that lede does not read";

/// How markup begins that is none of ours, in lower case.
constexpr std::array kMarkup{
    Signature{"<?xml"sv, kOtherXml},
    Signature{"<rdf:rdf"sv, kOtherXml},
    Signature{"<svg"sv, "an SVG image"},
    Signature{"<!doctype"sv, "a markup file"},
};

template <std::size_t size>
std::string_view kind_of(const std::array<Signature, size>& signatures, std::string_view head) {
  const auto found =
      std::find_if(signatures.begin(), signatures.end(),
                   [&](const Signature& known) { return head.starts_with(known.bytes); });
  return found == signatures.end() ? std::string_view{} : found->kind;
}

/// The head as UTF-8 where it is UTF-16 or UTF-32, in which no signature could be found.
std::string narrow(std::string_view head) {
  const std::string_view wide = wide_encoding_of(head);
  return wide.empty() ? std::string(head) : to_utf8(head, wide);
}

const Format* format_of_content(std::string_view head) {
  const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                  [&](const Format& format) { return format.looks_like(head); });
  return found == kFormats.end() ? nullptr : &*found;
}

std::string_view without_byte_order_mark(std::string_view head) {
  return head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head;
}

/// What a file is that is certainly no format of ours; empty when nothing speaks against it.
std::string_view foreign_kind(std::string_view head) {
  if (const auto kind = kind_of(kForeign, head); !kind.empty()) return kind;
  if (head.find('\0') != std::string_view::npos) return "a binary file";
  const std::string_view text = trimmed(without_byte_order_mark(head));
  return kind_of(kMarkup, ascii_lower(text.substr(0, 16)));
}

bool is_extension_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '_';
}

/// The lower-case end of a file's name, as `.txt`; empty for a name like `2025.08.29` or `draft`.
std::string extension_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  std::string extension = ascii_lower(name.substr(dot));
  const bool is_plausible =
      extension.size() > 1 && extension.size() <= kLongestExtension &&
      std::all_of(extension.begin() + 1, extension.end(), is_extension_character) &&
      extension.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos;
  return is_plausible ? extension : std::string();
}

const Format* format_of_extension(const std::string& extension) {
  const std::string wanted = fmt::format(" {} ", extension);
  const auto found = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& format) {
    return format.extensions.find(wanted) != std::string_view::npos;
  });
  return found == kFormats.end() ? nullptr : &*found;
}

/// The format of a zip whose name says what it is; nullptr for any other zip.
const Format* format_of_zip(const std::string& extension) {
  const Format* format = format_of_extension(extension);
  return format != nullptr && format->content == Content::zip ? format : nullptr;
}

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                  [&](const Format& format) { return format.name == name; });
  return found == kFormats.end() ? nullptr : &*found;
}

const Format* claiming_format(std::string_view name, std::string_view head) {
  if (const Format* format = format_of_content(head)) return format;
  return is_zip(head) ? format_of_zip(extension_of(name)) : nullptr;
}

const Format* detect_format(std::string_view path, std::string_view head) {
  if (const Format* format = claiming_format(path, head)) return format;
  const std::string text = narrow(head);
  if (const Format* format = format_of_content(text)) return format;
  if (is_zip(head) || !foreign_kind(text).empty()) return nullptr;
  const std::string extension = extension_of(path);
  return extension.empty() ? find_format("text") : format_of_extension(extension);
}

std::string reason_for_no_format(std::string_view path, std::string_view head) {
  if (const auto kind = foreign_kind(narrow(head)); !kind.empty()) {
    if (kind == kOtherXml) return std::string(kind);
    const std::string_view noun = kind.substr(kind.find(' ') + 1);
    return fmt::format("{}; lede does not read {}s", kind, noun);
  }
  const std::string extension = extension_of(path);
  if (extension == ".xml") return std::string(kOtherXml);
  return fmt::format("no format has names in '{}'; --format names one", extension);
}

}  // namespace lede
