#include "corpus/readers/read_articles.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "corpus/error.hpp"
#include "corpus/readers/finish.hpp"
#include "corpus/readers/formats.hpp"
#include "corpus/readers/packed/unpack.hpp"
#include "corpus/readers/programs/filter.hpp"
#include "corpus/readers/text/charset.hpp"

namespace lede {
namespace {

constexpr std::size_t kHeadBytes = 4096;
constexpr std::size_t kNamedSkips = 1000;  // of one archive's members; the rest is counted

std::string names_of_formats() {
  std::string names;
  for (const Format& format : formats()) {
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
      file_ = &input;
      guarded(file, [&] { read(input, file); });
      file_ = nullptr;
      bytes_read = input.bytes_read();
    });
    tell_of_unnamed_skips();
    return bytes_read;
  }

 private:
  const ReadLimits& limits() const { return context_.options.limits; }

  ReadContext context_at(const Place& place) const {
    ReadContext context = context_;
    context.member = place.member;
    return context;
  }

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
    if (const Filter* filter = find_filter(context_.options.filters, place.name)) {
      return read_filtered(*filter, input, place);
    }
    const Packing* packing = is_claimed(head, place) ? nullptr : detect_packing(head);
    if (packing != nullptr) return read_packed(input, *packing, place);
    const Format* format = named_ != nullptr ? named_ : detect_format(place.name, head);
    if (format == nullptr) return skip(place, reason_for_no_format(place.name, head));
    read_as(*format, input, place);
  }

  /// Is it a format's that looks like an archive, as EPUB's?
  bool is_claimed(std::string_view head, const Place& place) const {
    const Format* format = claiming_format(place.name, head);
    return format != nullptr && (named_ == nullptr || named_ == format);
  }

  void read_filtered(const Filter& filter, Input& input, const Place& place) {
    auto output = run_filter(filter, input, context_at(place));
    if (auto* skipped = std::get_if<Skipped>(&output)) return emit(std::move(*skipped), place);
    Input text(from_memory(std::get<std::string>(std::move(output))));
    const std::string_view head = text.peek(kHeadBytes);
    const Format* format = named_ != nullptr ? named_ : format_of_output(filter, place, head);
    if (format == nullptr) {
      return skip(place, fmt::format("what the filter for {} wrote is {}", filter.extension,
                                     reason_for_no_format({}, head)));
    }
    read_as(*format, text, place);
  }

  /// The format of what a filter wrote: text when nothing says that it is anything else.
  static const Format* format_of_output(const Filter& filter, const Place& place,
                                        std::string_view head) {
    const Format* format = detect_format(name_of_output(filter, place.name), head);
    return format == nullptr ? detect_format({}, head) : format;
  }

  void read_as(const Format& format, Input& input, const Place& place) {
    const std::string encoding =
        format.content == Content::text ? detect_encoding(input.buffered()) : std::string(kUtf8);
    if (encoding == kUtf8) {
      read_articles_of(format, input, place);
    } else {
      Input text(utf8_of(input, encoding));
      read_articles_of(format, text, place);
    }
    input.refuse_if_broken();
  }

  void read_articles_of(const Format& format, Input& input, const Place& place) {
    const ReadContext context = context_at(place);
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
    if (packing.enable == nullptr) {
      return read_content(gzip_content(packed, *costs_, place.packings, context_.path), place);
    }
    Unpacker unpacker(packed, packing, *costs_, place.packings, context_.path);
    if (packing.is_archive) return read_members(unpacker, place);
    if (unpacker.next()) return read_content(unpacker.content(), place);
    constexpr std::size_t kLongestOfNothing = 64;  // bytes; of any compression, with its headers
    const bool is_empty = packed.bytes_read() <= kLongestOfNothing;
    skip(place, is_empty ? "the file is empty"
                         : fmt::format("the {} is broken: it is cut off", packing.name));
  }

  void read_content(std::unique_ptr<ByteSource> source, Place place) {
    place.name = name_inside(place.name);
    place.is_content = true;
    Input content(std::move(source));
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

  bool is_passed_over(const std::string& name) const {
    const bool has_filter = find_filter(context_.options.filters, name) != nullptr;
    return is_hidden(name) || (is_companion(name) && !has_filter);
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
    if (file_ != nullptr && context_.options.note_bytes_read)
      context_.options.note_bytes_read(file_->bytes_read());
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
  const Input* file_ = nullptr;          // while it is read
  std::uint64_t skips_ = 0;              // of members
  bool wants_more_ = true;
};

}  // namespace

std::uint64_t read_articles(const std::string& path, const ReadOptions& options, const Emit& emit) {
  return FileReading(absolute_path(path), options, emit).run();
}

}  // namespace lede
