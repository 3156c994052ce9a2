#include "corpus/readers/formats.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/readers/charset.hpp"
#include "corpus/readers/csv.hpp"
#include "corpus/readers/finish.hpp"
#include "corpus/readers/json.hpp"
#include "corpus/readers/plain_text.hpp"
#include "corpus/readers/reuters.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 4096;
constexpr std::size_t kLongestExtension = 10;

/// Nothing in a plain text's bytes says that it is one: only its name, or that nothing else fits.
bool has_no_signature(std::string_view) {
  return false;
}

constexpr std::array kFormats{
    Format{"reuters", " .sgm .sgml ", looks_like_reuters, read_reuters},
    Format{"json", " .json .jsonl .ndjson ", looks_like_json, read_json},
    Format{"csv", " .csv .tsv .tab ", looks_like_csv, read_csv},
    Format{"text", " .txt .text .md .markdown ", has_no_signature, read_plain_text},
};

/// The first bytes of a file that is none of ours, and what it is.
struct Signature {
  std::string_view bytes;
  std::string_view kind;
};
constexpr std::array kForeign{
    Signature{"%PDF"sv, "a PDF file"},
    Signature{"PK\3\4"sv, "a zip archive"},
    Signature{"\x1F\x8B"sv, "a gzip file"},
    Signature{"\xFD"
              "7zXZ"sv,
              "an xz file"},
    Signature{"\x28\xB5\x2F\xFD"sv, "a zstd file"},
    Signature{"BZh"sv, "a bzip2 file"},
    Signature{"7z\xBC\xAF"sv, "a 7z archive"},
    Signature{"\x89PNG"sv, "a PNG image"},
    Signature{"\xFF\xD8\xFF"sv, "a JPEG image"},
    Signature{"GIF8"sv, "a GIF image"},
    Signature{"\x7F"
              "ELF"sv,
              "a program"},
    Signature{"SQLite format 3"sv, "an SQLite database"},
    Signature{"{\\rtf"sv, "an RTF file"},
};

/// How markup begins that is none of ours, in lower case.
constexpr std::array kMarkup{
    Signature{"<!doctype html"sv, "an HTML page"},
    Signature{"<html"sv, "an HTML page"},
    Signature{"<head"sv, "an HTML page"},
    Signature{"<body"sv, "an HTML page"},
    Signature{"<rss"sv, "a feed"},
    Signature{"<feed"sv, "a feed"},
    Signature{"<rdf:rdf"sv, "a feed"},
    Signature{"<?xml"sv, "an XML file"},
    Signature{"<nitf"sv, "an XML file"},
    Signature{"<svg"sv, "an SVG image"},
    Signature{"<!doctype"sv, "a markup file"},
    Signature{"<!--"sv, "a markup file"},
};

template <std::size_t size>
std::string_view kind_of(const std::array<Signature, size>& signatures, std::string_view head) {
  const auto found =
      std::find_if(signatures.begin(), signatures.end(),
                   [&](const Signature& known) { return head.starts_with(known.bytes); });
  return found == signatures.end() ? std::string_view{} : found->kind;
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

std::string names_of_formats() {
  std::string names;
  for (const Format& format : kFormats) {
    names += names.empty() ? "" : ", ";
    names += format.name;
  }
  return names;
}

const Format* named_format(std::string_view name) {
  if (name.empty()) return nullptr;
  if (const Format* format = find_format(name)) return format;
  throw Error(fmt::format("there is no format '{}'", name),
              fmt::format("the formats are {}", names_of_formats()));
}

/// Why detect_format found nothing.
std::string reason_for_no_format(std::string_view path, std::string_view head) {
  if (const auto kind = foreign_kind(head); !kind.empty()) {
    const std::string_view noun = kind.substr(kind.find(' ') + 1);
    return fmt::format("{}; lede does not read {}s", kind, noun);
  }
  return fmt::format("no format has names in '{}'; --format names one", extension_of(path));
}

std::string absolute_path(const std::string& path) {
  if (path == "-") return path;
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

void read_input(Input& input, const Format* format, const ReadContext& context, const Emit& emit);

bool is_utf16(std::string_view head) {
  return head.find('\0') != std::string_view::npos && detect_encoding(head).starts_with("UTF-16");
}

/// Reads text of two bytes a character as if the file held it in UTF-8.
void read_utf16(Input& input, const Format* format, const ReadContext& context, const Emit& emit) {
  const auto bytes = input.all(context.options.limits.record_bytes);
  if (!bytes) {
    const auto limit = context.options.limits.record_bytes;
    emit(Skipped{context.path, {}, fmt::format("it is UTF-16 and longer than {} bytes", limit)});
    return;
  }
  std::string utf8 = to_utf8(*bytes);
  std::erase(utf8, '\0');  // so that it cannot come here again
  Input converted(from_memory(std::move(utf8)));
  read_input(converted, format, context, emit);
}

void read_input(Input& input, const Format* format, const ReadContext& context, const Emit& emit) {
  const std::string_view head = input.peek(kHeadBytes);
  if (is_utf16(head)) return read_utf16(input, format, context, emit);
  if (head.empty()) {
    emit(Skipped{context.path, {}, "the file is empty"});
    return;
  }
  if (format == nullptr) format = detect_format(context.path, head);
  if (format == nullptr) {
    emit(Skipped{context.path, {}, reason_for_no_format(context.path, head)});
    return;
  }
  format->read(input, context, [&](ReadResult result) {
    auto* article = std::get_if<Article>(&result);
    return emit(article ? finish_article(std::move(*article), context) : std::move(result));
  });
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

const Format* detect_format(std::string_view path, std::string_view head) {
  for (const Format& format : kFormats) {
    if (format.looks_like(head)) return &format;
  }
  if (!foreign_kind(head).empty()) return nullptr;
  const std::string extension = extension_of(path);
  return extension.empty() ? find_format("text") : format_of_extension(extension);
}

std::uint64_t read_articles(const std::string& path, const ReadOptions& options, const Emit& emit) {
  const Format* named = named_format(options.format);
  const ReadContext context{absolute_path(path), {}, options};
  try {
    Input input(open_file(path));
    read_input(input, named, context, emit);
    return input.bytes_read();
  } catch (const InputError& error) {
    emit(Skipped{context.path, {}, error.reason()});
    return 0;
  }
}

}  // namespace lede
