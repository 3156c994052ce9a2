#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is JSON with objects in it?
bool looks_like_json(std::string_view head);

/// Reads JSON: one object, an array of objects, an object on each line, or objects one after the
/// other. One object is one article; record_fields.hpp says which key fills what.
///
/// A record that is not valid JSON is mended where that is safe (bytes that are not UTF-8, control
/// characters, NaN, lone surrogates) and the article gets a warning. What cannot be mended costs
/// one skip, named by its line. In a file of many records each article's member is `#n`, counting
/// the skipped ones; a file that is one object has no members.
///
/// A line of an export is taken as it stands, whatever the options say (json_export.hpp).
void read_json(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
