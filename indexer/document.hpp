#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/article_codec.hpp"
#include "corpus/fields.hpp"
#include "corpus/settings.hpp"
#include "indexer/post_article.hpp"

namespace lede {

/// The value slots of an article, in the order of their numbers; `stored` is encode_article's,
/// `lengths` post_article's.
std::vector<std::pair<Slot, std::string>> slot_values(const Article& article,
                                                      std::string_view stored,
                                                      const FieldLengths& lengths);

/// The document that stands for an article: its terms, its values, the stored article.
Xapian::Document make_document(const Article& article, const IndexSettings& settings,
                               Analyzers& analyzers, ArticleCodec& codec);

/// What an article takes while it waits in memory, roughly: its text, and the rest of it.
std::size_t bytes_in_memory(const Article& article);

/// The fingerprint of a stored article: equal ones need no writing. 16 bytes, XXH3-128.
std::string fingerprint_of(std::string_view stored_article);

}  // namespace lede
