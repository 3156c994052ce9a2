#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// What the bytes of a format are.
enum class Content : std::uint8_t {
  own,   ///< in an encoding that the format says or knows
  text,  ///< nothing in it says its encoding: it is made UTF-8 before it is read
  zip,   ///< a zip; where its first bytes do not say which, the file's name does
};

/// A format that lede reads. The table in formats.cpp is the only place where one is registered.
struct Format {
  std::string_view name;        ///< what `--format` and JSON call it
  std::string_view extensions;  ///< file name endings, each between spaces: " .txt .text "
  bool (*looks_like)(std::string_view head);  ///< do a file's first bytes say it is this one?
  Reader read;
  Content content = Content::own;
};

/// All formats, in the order in which content is tried.
std::span<const Format> formats();

/// The format called `name`; nullptr for none.
const Format* find_format(std::string_view name);

/// The format of a file, by its first bytes, then by its name; nullptr when it is none of ours.
const Format* detect_format(std::string_view path, std::string_view head);

/// The format that content claims for itself, though it looks like something packed: the one that
/// `head` shows, and for a zip the one that its name tells; nullptr for none.
const Format* claiming_format(std::string_view name, std::string_view head);

/// Why detect_format finds nothing.
std::string reason_for_no_format(std::string_view path, std::string_view head);

}  // namespace lede
