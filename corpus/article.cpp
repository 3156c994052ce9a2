#include "corpus/article.hpp"

namespace lede {

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::none:
      return "none";
    case Origin::record:
      return "record";
    case Origin::json_ld:
      return "json-ld";
    case Origin::meta:
      return "meta";
    case Origin::microdata:
      return "microdata";
    case Origin::markup:
      return "markup";
    case Origin::front_matter:
      return "front-matter";
    case Origin::header:
      return "header";
    case Origin::text:
      return "text";
    case Origin::derived:
      return "derived";
    case Origin::path:
      return "path";
  }
  return "none";
}

Origin find_origin(std::string_view name) {
  for (std::size_t i = 0; i < kOriginCount; ++i)
    if (const auto origin = static_cast<Origin>(i); name == name_of(origin)) return origin;
  return Origin::none;
}

std::string_view name_of(Metadata metadata) {
  switch (metadata) {
    case Metadata::id:
      return "id";
    case Metadata::url:
      return "url";
    case Metadata::title:
      return "title";
    case Metadata::lede:
      return "lede";
    case Metadata::authors:
      return "authors";
    case Metadata::source:
      return "source";
    case Metadata::section:
      return "section";
    case Metadata::tags:
      return "tags";
    case Metadata::language:
      return "language";
    case Metadata::date:
      return "date";
    case Metadata::modified:
      return "modified";
  }
  return "";
}

std::string location(const Article& article) {
  if (article.member.empty()) return article.path;
  if (article.member.starts_with('#')) return article.path + article.member;
  return article.path + '!' + article.member;
}

}  // namespace lede
