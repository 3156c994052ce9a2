#pragma once

#include <span>
#include <string>
#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// A format that lede reads. The table in formats.cpp is the only place where one is registered.
struct Format {
  std::string_view name;        ///< what `--format` and JSON call it
  std::string_view extensions;  ///< file name endings, each between spaces: " .txt .text "
  bool (*looks_like)(std::string_view head);  ///< do a file's first bytes say it is this one?
  Reader read;
  bool is_text = false;  ///< nothing in it says its encoding: it is read as UTF-8, made so before
};

/// All formats, in the order in which content is tried.
std::span<const Format> formats();

/// The format called `name`; nullptr for none.
const Format* find_format(std::string_view name);

/// The format of a file, by its first bytes, then by its name; nullptr when it is none of ours.
const Format* detect_format(std::string_view path, std::string_view head);

/// Reads one file, or standard input for `-`: opens it, unpacks what is compressed or an archive,
/// as often as the limits let it, detects each format (or takes the one that the options name), and
/// emits each finished article or skip. What cannot be opened or is no format of ours is a Skipped,
/// too; a Skipped's record begins with the archive's member. Returns the bytes read.
std::uint64_t read_articles(const std::string& path, const ReadOptions& options, const Emit& emit);

}  // namespace lede
