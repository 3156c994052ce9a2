#pragma once

#include <string>
#include <string_view>

#include "corpus/article.hpp"

namespace lede {

/// The bytes of an article as a document's data: everything but its warnings.
std::string encode_article(const Article& article);

/// The article that encode_article wrote. Throws Error (damaged) for any other bytes; never reads
/// past them, and never allocates more than they hold.
Article decode_article(std::string_view bytes);

}  // namespace lede
