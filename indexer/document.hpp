#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xapian.h>

#include "corpus/analyzer.hpp"
#include "corpus/article.hpp"
#include "corpus/fields.hpp"
#include "corpus/settings.hpp"

namespace lede {

/// Positions left free between two fields, and between two authors or tags, so that no phrase and
/// no NEAR runs from one into the next.
inline constexpr Xapian::termpos kFieldGap = 100;

/// Takes what an article is found by.
class PostingSink {
 public:
  virtual ~PostingSink() = default;

  /// An occurrence of a term; positions never descend. `wdf` is added to the term's.
  virtual void add_posting(std::string_view term, Xapian::termpos position,
                           Xapian::termcount wdf) = 0;

  /// A term without a position. `wdf` is added to the term's, and may be 0.
  virtual void add_term(std::string_view term, Xapian::termcount wdf) = 0;
};

/// Posts an article's fields and values, in this order for every engine.
///
/// The fields that bare words search are posted without a prefix, with the field's weight as wdf,
/// and again with the field's prefix and a wdf of 0, for questions that name the field. A derived
/// title is posted with its prefix only: its words already stand in the body. Stop words have a wdf
/// of 0; all are those of the article's language. Words have positions unless the settings want
/// none. docs/index-format.md tells it all.
void post_article(const Article& article, const IndexSettings& settings, Analyzers& analyzers,
                  PostingSink& sink);

/// The value slots of an article, in the order of their numbers; `stored` is encode_article's.
std::vector<std::pair<Slot, std::string>> slot_values(const Article& article,
                                                      std::string_view stored);

/// The document that stands for an article: its terms, its values, the stored article.
Xapian::Document make_document(const Article& article, const IndexSettings& settings,
                               Analyzers& analyzers);

/// The fingerprint of a stored article: equal ones need no writing. 16 bytes, XXH3-128.
std::string fingerprint_of(std::string_view stored_article);

}  // namespace lede
