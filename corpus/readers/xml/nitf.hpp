#pragma once

#include <libxml/tree.h>
#include <string>
#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is NITF, the XML of news agencies?
bool looks_like_nitf(std::string_view head);

/// Reads NITF, one article for each `<nitf>`: as agencies send it, and as The New York Times
/// Annotated Corpus has it. The abstract, else the second headline, is the lede. What the agency
/// has canceled is skipped.
void read_nitf(Input& input, const ReadContext& context, const Emit& emit);

/// Puts what an `<nitf>` element says into an article that says less, as in NewsML.
void fill_from_nitf(const xmlNode* nitf, Article& article);

/// The text of what stands in an element of NITF: `body.content`, `abstract`.
std::string nitf_text(const xmlNode* element);

}  // namespace lede
