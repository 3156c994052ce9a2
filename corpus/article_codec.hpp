#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <xapian.h>

#include "corpus/article.hpp"

namespace lede {

/// Learns what articles of an index have in common, for an ArticleCodec: a zstd dictionary of up to
/// 32 KiB. `articles` are encode_article's; of very few nothing can be learned, and it is empty.
std::string learn_dictionary(std::span<const std::string> articles);

/// So many bytes of articles are enough for learn_dictionary().
inline constexpr std::size_t kDictionarySample = std::size_t{3} << 20;

/// Packs the bytes of articles into documents' data, and unpacks them. The dictionary is kept in
/// the index: without it nothing can be unpacked. Not to be shared between threads.
class ArticleCodec {
 public:
  /// `dictionary` is learn_dictionary's, or empty.
  explicit ArticleCodec(std::string dictionary);
  ~ArticleCodec();
  ArticleCodec(ArticleCodec&&) noexcept;
  ArticleCodec& operator=(ArticleCodec&&) noexcept;

  /// Bytes of encode_article as a document's data; valid until the next call.
  std::string_view pack(std::string_view article);

  /// The bytes that were packed; valid until the next call. Throws Error (damaged) for data of
  /// anything else, and never takes more than 1 GiB of memory for it.
  std::string_view unpack(std::string_view data);

  /// The article in a document's data. Throws as unpack() and decode_article().
  Article article_of(std::string_view data);

  /// The article of a document that the index is known to have.
  Article article_of(const Xapian::Database& index, Xapian::docid docid);

 private:
  struct Contexts;

  std::unique_ptr<const std::string> dictionary_;  // which stays where it is
  std::unique_ptr<Contexts> contexts_;
  std::string packed_;
  std::string unpacked_;
};

}  // namespace lede
