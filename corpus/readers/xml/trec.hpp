#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is SGML of the TREC collections or of Gigaword?
bool looks_like_trec(std::string_view head);

/// Reads SGML as the news collections of TREC have it, one article for each `<DOC>`, with DOCNO as
/// its id. The names of its elements are those of many agencies, case does not count, and no end
/// tag has to be there.
void read_trec(Input& input, const ReadContext& context, const Emit& emit);

/// Do a file's first bytes say that WikiExtractor wrote it?
bool looks_like_wikiextractor(std::string_view head);

/// Reads the pages that WikiExtractor cuts out of a dump of a wiki: `<doc id= url= title=>`, text,
/// `</doc>`.
void read_wikiextractor(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
