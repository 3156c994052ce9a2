#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Does a text begin with a line of column names, at least two of which say something about an
/// article, and one of them its title or text?
bool looks_like_csv(std::string_view head);

/// Tables as RFC 4180 has them and as people write them: fields parted by comma, semicolon, tab or
/// bar, which the beginning of the file tells or a first line `sep=;` names, quoted fields with
/// line ends and doubled quotes in them, rows of any length, a first line of column names or none.
/// Column names mean what find_record_key says.
void read_csv(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
