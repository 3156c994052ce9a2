#include "corpus/readers/formats.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/readers/charset.hpp"
#include "corpus/readers/feed.hpp"
#include "corpus/readers/finish.hpp"
#include "corpus/readers/html.hpp"
#include "corpus/readers/json.hpp"
#include "corpus/readers/mail.hpp"
#include "corpus/readers/markdown.hpp"
#include "corpus/readers/newsml.hpp"
#include "corpus/readers/nitf.hpp"
#include "corpus/readers/plain_text.hpp"
#include "corpus/readers/reuters.hpp"
#include "corpus/readers/trec.hpp"
#include "corpus/readers/unpack.hpp"
#include "corpus/readers/warc.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 4096;
constexpr std::size_t kLongestExtension = 10;
constexpr std::size_t kNamedSkips = 1000;  // of one archive's members; the rest is counted

/// Nothing in a plain text's bytes says that it is one: only its name, or that nothing else fits.
bool has_no_signature(std::string_view) {
  return false;
}

constexpr std::array kFormats{
    Format{"reuters", " .sgm .sgml ", looks_like_reuters, read_reuters},
    Format{"wikiextractor", " ", looks_like_wikiextractor, read_wikiextractor, true},
    Format{"trec", " ", looks_like_trec, read_trec, true},
    Format{"feed", " .rss .atom .rdf ", looks_like_feed, read_feed},
    Format{"nitf", " .nitf ", looks_like_nitf, read_nitf},
    Format{"newsml", " .newsml ", looks_like_newsml, read_newsml},
    Format{"warc", " .warc ", looks_like_warc, read_warc},
    Format{"mail", " .eml .mbox .mbx ", looks_like_mail, read_mail},
    Format{"html", " .html .htm .xhtml .shtml ", looks_like_html, read_html},
    Format{"markdown", " .md .markdown .mdown .mkd ", looks_like_markdown, read_markdown, true},
    Format{"json", " .json .jsonl .ndjson ", looks_like_json, read_json, true},
    Format{"text", " .txt .text ", has_no_signature, read_plain_text, true},
};

/// The first bytes of a file that is none of ours, and what it is.
struct Signature {
  std::string_view bytes;
  std::string_view kind;
};
constexpr std::array kForeign{
    Signature{"%PDF"sv, "a PDF file"},
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
  if (const auto kind = foreign_kind(narrow(head)); !kind.empty()) {
    if (kind == kOtherXml) return std::string(kind);
    const std::string_view noun = kind.substr(kind.find(' ') + 1);
    return fmt::format("{}; lede does not read {}s", kind, noun);
  }
  const std::string extension = extension_of(path);
  if (extension == ".xml") return std::string(kOtherXml);
  return fmt::format("no format has names in '{}'; --format names one", extension);
}

std::string absolute_path(const std::string& path) {
  if (path == "-") return path;
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

/// Where bytes lie in the file that is read.
struct Place {
  std::string member;       // as ReadContext has it
  std::string name;         // what they are called: `a.html` in `a.html.gz`
  unsigned packings = 0;    // round them
  unsigned nesting = 0;     // the same, but a compressed archive counts once
  bool is_content = false;  // of a compressed file
};

/// `inner.zip!a.html`.
std::string joined(const std::string& archive, const std::string& member) {
  return archive.empty() ? member : archive + '!' + member;
}

/// Reads one file and whatever is packed in it.
class FileReading {
 public:
  FileReading(std::string path, const ReadOptions& options, const Emit& emit)
      : context_{std::move(path), {}, options}, named_(named_format(options.format)), emit_(emit) {}

  /// Returns the bytes read.
  std::uint64_t run() {
    const Place file{{}, context_.path};
    std::uint64_t bytes_read = 0;
    guarded(file, [&] {
      Input input(open_file(context_.path));
      costs_.emplace(limits(), input);
      guarded(file, [&] { read(input, file); });
      bytes_read = input.bytes_read();
    });
    tell_of_unnamed_skips();
    return bytes_read;
  }

 private:
  const ReadLimits& limits() const { return context_.options.limits; }

  /// Does the work; where that fails, the place is skipped.
  template <typename Work>
  void guarded(const Place& place, Work&& work) {
    try {
      work();
    } catch (const InputError& error) {
      skip(place, error.reason());
    }
  }

  void read(Input& input, const Place& place) {
    const std::string_view head = input.peek(kHeadBytes);
    if (head.empty()) return skip(place, "the file is empty");
    const Packing* packing = is_claimed(head) ? nullptr : detect_packing(head);
    if (packing != nullptr) return read_packed(input, *packing, place);
    const Format* format = named_ != nullptr ? named_ : detect_format(place.name, head);
    if (format == nullptr) return skip(place, reason_for_no_format(place.name, head));
    read_as(*format, input, place);
  }

  /// Is it a format's that looks like an archive, as EPUB's?
  bool is_claimed(std::string_view head) const {
    return named_ != nullptr ? named_->looks_like(head) : format_of_content(head) != nullptr;
  }

  void read_as(const Format& format, Input& input, const Place& place) {
    const std::string encoding =
        format.is_text ? detect_encoding(input.buffered()) : std::string(kUtf8);
    if (encoding == kUtf8) return read_articles_of(format, input, place);
    Input text(utf8_of(input, encoding));
    read_articles_of(format, text, place);
  }

  void read_articles_of(const Format& format, Input& input, const Place& place) {
    ReadContext context = context_;
    context.member = place.member;
    format.read(input, context, [&](ReadResult result) {
      if (auto* article = std::get_if<Article>(&result)) {
        result = finish_article(std::move(*article), context);
      } else {
        name_member(std::get<Skipped>(result), place);
      }
      emit(std::move(result), place);
      return wants_more_;
    });
  }

  static void name_member(Skipped& skipped, const Place& place) {
    if (place.member.empty()) return;
    skipped.record = place.member + (skipped.record.empty() ? "" : ", ") + skipped.record;
  }

  // ---- what is packed

  void read_packed(Input& packed, const Packing& packing, Place place) {
    const bool is_compressed_archive = packing.is_archive && place.is_content;
    if (!is_compressed_archive && ++place.nesting > limits().nesting) {
      return skip(place, fmt::format("it is packed more than {} deep; --max-nesting allows more",
                                     limits().nesting));
    }
    ++place.packings;
    if (packing.seeking == Seeking::unused || packed.size_bytes()) {
      return unpack(packed, packing, place);
    }
    if (const auto bytes = packed.all(limits().record_bytes)) {
      Input whole(from_memory(std::string(*bytes)));
      return unpack(whole, packing, place);
    }
    if (packing.seeking == Seeking::helpful) return unpack(packed, packing, place);
    skip(place, fmt::format("it is a {} in another file and larger than {}", packing.name,
                            size_text(limits().record_bytes)));
  }

  void unpack(Input& packed, const Packing& packing, const Place& place) {
    Unpacker unpacker(packed, packing, *costs_, place.packings, context_.path);
    packing.is_archive ? read_members(unpacker, place) : read_content(unpacker, place);
  }

  void read_content(Unpacker& unpacker, Place place) {
    if (!unpacker.next()) return skip(place, "the file is empty");
    place.name = name_inside(place.name);
    place.is_content = true;
    Input content(unpacker.content());
    read(content, place);
  }

  void read_members(Unpacker& unpacker, const Place& archive) {
    bool has_more = true;
    while (has_more && wants_more_ && costs_->exceeded().empty() && !unpacker.is_broken()) {
      guarded(archive, [&] {
        const auto member = unpacker.next();
        has_more = member.has_value();
        if (has_more) read_member(unpacker, *member, archive);
      });
    }
  }

  void read_member(Unpacker& unpacker, const Member& member, const Place& archive) {
    if (is_passed_over(member.name)) return;
    const Place place{joined(archive.member, member.name), member.name, archive.packings,
                      archive.nesting};
    if (member.is_encrypted) return skip(place, "it is encrypted");
    if (member.size_bytes > limits().member_bytes) {
      return skip(place, too_large_text(limits().member_bytes));
    }
    guarded(place, [&] {
      Input content(unpacker.content());
      read(content, place);
    });
  }

  // ---- what comes out

  void skip(const Place& place, std::string reason) {
    emit(Skipped{context_.path, place.member, std::move(reason)}, place);
  }

  void emit(ReadResult result, const Place& place) {
    if (!wants_more_) return;
    const bool is_skip = std::holds_alternative<Skipped>(result);
    if (is_skip && !place.member.empty() && ++skips_ > kNamedSkips) return;
    wants_more_ = emit_(std::move(result));
  }

  void tell_of_unnamed_skips() {
    if (skips_ <= kNamedSkips) return;
    skip({}, fmt::format("{} more of what is in it cannot be read", skips_ - kNamedSkips));
  }

  ReadContext context_;
  const Format* named_;
  const Emit& emit_;
  std::optional<UnpackingCosts> costs_;  // once the file is open
  std::uint64_t skips_ = 0;              // of members
  bool wants_more_ = true;
};

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
  if (const Format* format = format_of_content(head)) return format;
  const std::string text = narrow(head);
  if (const Format* format = format_of_content(text)) return format;
  if (!foreign_kind(text).empty()) return nullptr;
  const std::string extension = extension_of(path);
  return extension.empty() ? find_format("text") : format_of_extension(extension);
}

std::uint64_t read_articles(const std::string& path, const ReadOptions& options, const Emit& emit) {
  return FileReading(absolute_path(path), options, emit).run();
}

}  // namespace lede
