#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lede {

/// What the JSON-LD of a page says about its article; empty where it says nothing.
struct JsonLd {
  std::string headline;
  std::string name;  ///< of the article, mostly the same
  std::string body;
  std::string description;
  std::string published;
  std::string modified;
  std::vector<std::string> authors;
  std::string publisher;
  std::string section;
  std::vector<std::string> tags;
  std::string language;
  std::string url;
};

/// What a page calls itself outside of its JSON-LD; any of them may be empty.
struct JsonLdWanted {
  std::vector<std::string> urls;
  std::vector<std::string> headlines;
};

/// Reads the scripts of type application/ld+json of one page: the article in them (NewsArticle,
/// BlogPosting, ..., alone, in arrays, in @graph or as what a page is about), and where that is
/// silent, what they say of the page. Persons and publishers named by @id are looked up.
///
/// Texts are plain: markup and entities in them are decoded, also those escaped twice. A script
/// that is not quite JSON (comments, raw line ends, commas too many) is mended; of one that cannot
/// be read only headline, dates and authors are taken, by their keys.
///
/// Of several articles the one is taken that `wanted` names by its url or else by its headline,
/// else the first.
JsonLd read_json_ld(const std::vector<std::string>& scripts, const JsonLdWanted& wanted);

}  // namespace lede
