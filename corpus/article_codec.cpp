#include "corpus/article_codec.hpp"

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>
#include <vector>

#define ZDICT_STATIC_LINKING_ONLY  // for training with settings of our own
#include <zdict.h>
#define ZSTD_STATIC_LINKING_ONLY  // for a dictionary that is not copied
#include <zstd.h>

#include "corpus/error.hpp"
#include "corpus/stored_article.hpp"

namespace lede {
namespace {

/// Each process that shows an article reads it all. Twice as much would win 2 to 3 % of short
/// articles' room, and a question would take a tenth longer.
constexpr std::size_t kDictionaryBytes = std::size_t{32} << 10;
constexpr std::size_t kFewestArticles = 32;

/// Long articles hold most of what repeats in themselves, and twice the time would win 3 % of their
/// text; short ones gain 5 % of it.
constexpr std::size_t kLongArticle = 4096;
constexpr int kLevelOfLong = 1;
constexpr int kLevelOfShort = 3;

constexpr unsigned long long kLargestArticle = 1ULL << 30;

[[noreturn]] void fail() {
  throw Error("a stored article cannot be unpacked", "build the index again", ExitStatus::damaged);
}

template <auto free>
struct Free {
  template <typename Context>
  void operator()(Context* context) const noexcept {
    free(context);
  }
};

/// Makes each when it is first wanted: most processes only unpack, and that a few articles.
template <typename Context, typename Make>
auto* made(Context& context, Make&& make) {
  if (context == nullptr) context.reset(make());
  if (context == nullptr) throw std::bad_alloc();
  return context.get();
}

}  // namespace

std::string learn_dictionary(std::span<const std::string> articles) {
  if (articles.size() < kFewestArticles) return {};
  std::string sample;
  std::vector<std::size_t> sizes;
  for (const std::string& article : articles) {
    sample.append(article);
    sizes.push_back(article.size());
  }
  // Short pieces, all of the sample looked at: what the defaults would choose takes long ones, and
  // needs twice the dictionary to be as good.
  ZDICT_fastCover_params_t settings{};
  settings.k = 128;
  settings.d = 6;
  settings.f = 20;
  settings.accel = 1;
  settings.steps = 1;
  settings.zParams.compressionLevel = kLevelOfShort;
  std::string dictionary(kDictionaryBytes, '\0');
  const std::size_t size =
      ZDICT_trainFromBuffer_fastCover(dictionary.data(), dictionary.size(), sample.data(),
                                      sizes.data(), static_cast<unsigned>(sizes.size()), settings);
  dictionary.resize(ZDICT_isError(size) != 0 ? 0 : size);
  return dictionary;
}

struct ArticleCodec::Contexts {
  std::unique_ptr<ZSTD_CCtx, Free<ZSTD_freeCCtx>> packing;
  std::unique_ptr<ZSTD_CDict, Free<ZSTD_freeCDict>> for_long;
  std::unique_ptr<ZSTD_CDict, Free<ZSTD_freeCDict>> for_short;
  std::unique_ptr<ZSTD_DCtx, Free<ZSTD_freeDCtx>> unpacking;
  std::unique_ptr<ZSTD_DDict, Free<ZSTD_freeDDict>> for_unpacking;
};

ArticleCodec::ArticleCodec(std::string dictionary)
    : dictionary_(std::make_unique<const std::string>(std::move(dictionary))),
      contexts_(std::make_unique<Contexts>()) {}
ArticleCodec::~ArticleCodec() = default;
ArticleCodec::ArticleCodec(ArticleCodec&&) noexcept = default;
ArticleCodec& ArticleCodec::operator=(ArticleCodec&&) noexcept = default;

std::string_view ArticleCodec::pack(std::string_view article) {
  const bool is_long = article.size() > kLongArticle;
  ZSTD_CCtx* const context = made(contexts_->packing, ZSTD_createCCtx);
  const ZSTD_CDict* const dictionary =
      made(is_long ? contexts_->for_long : contexts_->for_short, [&] {
        return ZSTD_createCDict(dictionary_->data(), dictionary_->size(),
                                is_long ? kLevelOfLong : kLevelOfShort);
      });
  ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0);  // there is but one
  ZSTD_CCtx_refCDict(context, dictionary);
  packed_.resize(std::max(packed_.size(), ZSTD_compressBound(article.size())));
  const std::size_t size =
      ZSTD_compress2(context, packed_.data(), packed_.size(), article.data(), article.size());
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // nothing else can go wrong
  return std::string_view(packed_).substr(0, size);
}

std::string_view ArticleCodec::unpack(std::string_view data) {
  const unsigned long long size = ZSTD_getFrameContentSize(data.data(), data.size());
  if (size > kLargestArticle) fail();  // what is no frame or does not say is larger than any
  ZSTD_DCtx* const context = made(contexts_->unpacking, ZSTD_createDCtx);
  const ZSTD_DDict* const dictionary = made(contexts_->for_unpacking, [&] {
    return ZSTD_createDDict_byReference(dictionary_->data(), dictionary_->size());
  });
  unpacked_.resize(static_cast<std::size_t>(size));
  const std::size_t unpacked = ZSTD_decompress_usingDDict(
      context, unpacked_.data(), unpacked_.size(), data.data(), data.size(), dictionary);
  if (unpacked != unpacked_.size()) fail();
  return unpacked_;
}

Article ArticleCodec::article_of(std::string_view data) {
  return decode_article(unpack(data));
}

Article ArticleCodec::article_of(const Xapian::Database& index, Xapian::docid docid) {
  return article_of(index.get_document(docid, Xapian::DOC_ASSUME_VALID).get_data());
}

}  // namespace lede
