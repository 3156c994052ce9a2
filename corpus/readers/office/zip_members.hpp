#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Some of the members of a zip.
struct ZipMembers {
  std::map<std::string, std::string, std::less<>> bytes;    ///< the members' bytes by their names
  std::map<std::string, std::string, std::less<>> refused;  ///< why a wanted member is not there
  std::string failure;  ///< why the zip was not read to its end; empty when it was
};

/// Says of a member's name (UTF-8, as it stands in the zip) whether it is wanted.
using IsWanted = std::function<bool(std::string_view name)>;

/// The wanted members of a zip that is held in memory; of two with one name, the first. A member
/// larger than limits.member_bytes is refused. More members than limits.members, more bytes in the
/// wanted ones than limits.record_bytes, or than limits.growth for each byte of the zip once there
/// is 1 MiB of them, is a failure: what was read before it is there.
ZipMembers read_zip_members(std::string_view zip, const IsWanted& is_wanted,
                            const ReadLimits& limits);

/// The wanted members of the zip that an input is; a Skipped when it is longer than
/// limits.record_bytes or does not give the member `main`.
std::variant<ZipMembers, Skipped> read_zip(Input& input, const ReadContext& context,
                                           const IsWanted& is_wanted, std::string_view main);

/// What is to be said of members that are not there: `word/footnotes.xml: it is encrypted`.
std::vector<std::string> warnings_of(const ZipMembers& members);

/// Do a file's first bytes say that it is a zip?
bool is_zip(std::string_view head);

/// Is a zip, by its first bytes, of that media type? Formats made of zips keep it in a first member
/// called `mimetype` that is not compressed.
bool is_zip_of_type(std::string_view head, std::string_view media_type);

}  // namespace lede
