#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/date.hpp"

namespace lede {

/// Where a metadata value came from.
enum class Origin : std::uint8_t {
  none,          ///< the article has no such value
  record,        ///< a named key of a record: JSON, a column of CSV
  json_ld,       ///< the JSON-LD of a page
  meta,          ///< a page's meta elements and links
  microdata,     ///< itemprop attributes of a page
  markup,        ///< an element of the format, as `<TITLE>`
  front_matter,  ///< the block above a Markdown text
  header,        ///< a `Key: value` line above the text; of mail, its header
  text,          ///< the article's text says so: a first-line title, a byline, a dateline
  derived,       ///< worked out from the text because nothing says it
  path,          ///< the file's name or place
};

inline constexpr std::size_t kOriginCount = static_cast<std::size_t>(Origin::path) + 1;

/// The name of an origin as JSON shows it: `record`, `derived`, ...
std::string_view name_of(Origin origin);

/// The origin of that name; none where there is no such name.
Origin find_origin(std::string_view name);

/// The values of an article that are about it rather than in it.
enum class Metadata : std::uint8_t {
  id,
  url,
  title,
  lede,
  authors,
  source,
  section,
  tags,
  language,
  date,
  modified,
};
inline constexpr std::size_t kMetadataCount = 11;

/// The name of a metadata value as JSON shows it: `id`, `url`, ...
std::string_view name_of(Metadata metadata);

/// One article, whatever file it came from.
///
/// Text is UTF-8 in NFC without control characters but newline and tab, once `finish_article`
/// (corpus/readers/finish.hpp) has seen it.
struct Article {
  std::string id;      ///< its own id, else its URL, else where it lies (`location`)
  std::string path;    ///< the file, absolute
  std::string member;  ///< the part of the file: an archive's member, or `#n` for the n-th record
  /// The file that an exported article was read from; `path` and `member` say then where it lay
  /// when it was read first. Empty otherwise.
  std::string container;
  std::string url;
  std::string title;
  std::string lede;  ///< a summary that the article carries apart from its body, else empty
  std::string body;  ///< the whole text as a reader of the page would read it
  std::vector<std::string> authors;
  std::string source;   ///< who published it
  std::string section;  ///< the part of the publication
  std::vector<std::string> tags;
  std::string language;      ///< ISO 639 code, else empty
  std::optional<Date> date;  ///< when it was published; never the file's own time
  std::optional<Date> modified;
  std::string format;                 ///< the reader that read it: `text`, `json`, ...
  std::vector<std::string> warnings;  ///< what the reader had to mend
  std::array<Origin, kMetadataCount> origins{};

  Origin& origin(Metadata metadata) { return origins[static_cast<std::size_t>(metadata)]; }
  Origin origin(Metadata metadata) const { return origins[static_cast<std::size_t>(metadata)]; }

  /// A derived title is a piece of the body: it is shown, but weighs no more than the body does.
  bool title_is_derived() const { return origin(Metadata::title) == Origin::derived; }

  /// Was it exported from an index, and read again?
  bool is_imported() const { return !container.empty(); }

  friend bool operator==(const Article&, const Article&) = default;
};

/// The first key of an article's line in an export, and the value that stands for the form of the
/// rest. Whoever writes and whoever reads such lines knows them from here.
inline constexpr std::string_view kExportKey = "lede_export";
inline constexpr int kExportVersion = 1;

/// Where an article lies: `path`, `path!member` in an archive, `path#n` in a many-record file.
std::string location(const Article& article);

}  // namespace lede
