#pragma once

#include <cstdint>
#include <string>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Reads one file, or standard input for `-`: opens it, unpacks what is compressed or an archive,
/// as often as the limits let it, runs the filter that its name asks for, detects each format (or
/// takes the one that the options name), and emits each finished article or skip. What cannot be
/// opened or is no format of ours is a Skipped, too; a Skipped's record begins with the archive's
/// member. Returns the bytes read. Throws Error (usage) when the options name a format that does
/// not exist.
std::uint64_t read_articles(const std::string& path, const ReadOptions& options, const Emit& emit);

}  // namespace lede
