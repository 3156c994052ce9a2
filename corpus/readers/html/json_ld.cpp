#include "corpus/readers/html/json_ld.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include <simdjson.h>

#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_view_literals;
namespace dom = simdjson::dom;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMostValues = 10'000;  // looked at in search of the article
constexpr std::size_t kMostNames = 1'000;    // authors, tags
constexpr std::size_t kLongest = 1'000;      // of a string that is taken by its key

// ---- mending

/// Writes nearly-JSON as JSON: without comments, commas before a bracket's end, raw line ends and
/// impossible escapes in strings, and whatever stands around the value.
class Mender {
 public:
  explicit Mender(std::string_view text) : text_(without_cdata(text)) {
    mended_.reserve(text_.size());
  }

  std::string mend() {
    at_ = std::min(text_.find_first_of("[{"), text_.size());
    while (at_ < text_.size() && !is_done_) {
      if (is_in_string_) {
        mend_in_string(text_[at_]);
      } else {
        mend_outside(text_[at_]);
      }
      ++at_;
    }
    return std::move(mended_);
  }

 private:
  /// What stands in the frame that XHTML puts round scripts, if there is one.
  static std::string_view without_cdata(std::string_view text) {
    constexpr std::string_view kFrame = "<![CDATA[";
    const auto frame = text.substr(0, text.find('{')).find(kFrame);
    return frame == npos ? text : text.substr(frame + kFrame.size());
  }

  bool is_at(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void mend_in_string(char c) {
    if (c == '\\') {
      mend_escape();
    } else if (static_cast<unsigned char>(c) < 0x20) {
      mended_ += c == '\n' ? "\\n" : " ";
    } else {
      is_in_string_ = c != '"';
      mended_ += c;
    }
  }

  void mend_escape() {
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if ("\"\\/bfnrtu"sv.find(next) == npos) return;  // only the backslash goes
    mended_ += '\\';
    mended_ += next;
    ++at_;
  }

  void mend_outside(char c) {
    if (is_at("//")) return skip_to("\n");
    if (is_at("/*")) return skip_to("*/");
    if (c == '"') is_in_string_ = true;
    if (c == '{' || c == '[') ++depth_;
    if (c == '}' || c == ']') {
      while (!mended_.empty() && (mended_.back() == ',' || is_space(mended_.back()))) {
        mended_.pop_back();
      }
      is_done_ = --depth_ == 0;
    }
    mended_ += c;
  }

  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

  void skip_to(std::string_view end) {
    const auto found = text_.find(end, at_);
    at_ = found == npos ? text_.size() : found + end.size() - 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string mended_;
  int depth_ = 0;
  bool is_in_string_ = false;
  bool is_done_ = false;
};

// ---- values

std::string decoded(std::string_view text) {
  std::string plain(text);
  for (int times = 0; times < 2 && has_html(plain); ++times) plain = html_text(plain);
  return plain;
}

/// An object as it stands in a script, or as it stands elsewhere under the same @id.
using Things = std::unordered_map<std::string_view, dom::object>;

bool is_article_type(std::string_view type) {
  constexpr std::array kSuffixes{"Article"sv, "Posting"sv, "Report"sv, "Review"sv};
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [&](std::string_view suffix) { return type.ends_with(suffix); });
}

bool is_page_type(std::string_view type) {
  return type.ends_with("WebPage") || type.ends_with("ItemPage");
}

/// The values of a list, or the one value.
std::vector<dom::element> values_of(dom::element value) {
  dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return {value};
  std::vector<dom::element> values;
  for (const dom::element item : array) {
    if (values.size() == kMostNames) break;
    values.push_back(item);
  }
  return values;
}

template <typename Predicate>
bool has_type(dom::object object, Predicate is_wanted) {
  dom::element types;
  if (object.at_key("@type").get(types) != simdjson::SUCCESS) return false;
  for (const dom::element type : values_of(types)) {
    std::string_view name;
    if (type.get(name) == simdjson::SUCCESS && is_wanted(name)) return true;
  }
  return false;
}

std::string text_of(dom::object object, std::string_view key) {
  dom::element value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return {};
  for (const dom::element item : values_of(value)) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS && !trimmed(text).empty()) return decoded(text);
  }
  return {};
}

// ---- what cannot be read

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// Where the value of a key begins; npos when there is no such key.
std::size_t find_value(std::string_view text, std::string_view key) {
  const std::string quoted = '"' + std::string(key) + '"';
  for (auto at = text.find(quoted); at != npos; at = text.find(quoted, at + 1)) {
    const std::size_t colon = skip_spaces(text, at + quoted.size());
    if (text.substr(colon).starts_with(':')) return skip_spaces(text, colon + 1);
  }
  return npos;
}

/// The string that begins at `at`: it ends at the first quote that JSON could go on behind.
std::string string_at(std::string_view text, std::size_t at) {
  if (!text.substr(std::min(at, text.size())).starts_with('"')) return {};
  std::string json = "[\"";
  for (++at; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size()) {
      json.append(text.substr(at++, 2));
    } else if (c == '"') {
      const std::size_t next = skip_spaces(text, at + 1);
      if (next == text.size() || ",}]"sv.find(text[next]) != npos) break;
      json += "\\\"";
    } else {
      json += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  dom::parser parser;
  std::string_view value;
  const bool is_read =
      parser.parse(json + "\"]").at(0).get(value) == simdjson::SUCCESS && value.size() < kLongest;
  return is_read ? decoded(value) : std::string();
}

std::string text_by_key(std::string_view text, std::string_view key) {
  const std::size_t at = find_value(text, key);
  return at == npos ? std::string() : string_at(text, at);
}

/// The author, or the name in what stands for one.
std::string author_by_key(std::string_view text) {
  const std::size_t at = find_value(text, "author");
  if (at == npos) return {};
  const std::string_view value = text.substr(at);
  return value.starts_with('"') ? string_at(value, 0)
                                : text_by_key(value.substr(0, value.find('}') + 1), "name");
}

bool names_article(std::string_view script) {
  return is_article_type(text_by_key(script, "@type"));
}

void read_broken(std::string_view script, JsonLd& said) {
  if (script.empty()) return;
  said.headline = text_by_key(script, "headline");
  if (said.published.empty()) said.published = text_by_key(script, "datePublished");
  if (said.modified.empty()) said.modified = text_by_key(script, "dateModified");
  for (std::string& name : split_authors(author_by_key(script))) {
    if (name.find("://") == npos) said.authors.push_back(std::move(name));
  }
}

/// All the scripts of a page.
class Scripts {
 public:
  Scripts(const std::vector<std::string>& scripts, const JsonLdWanted& wanted) {
    for (const std::string& script : scripts) parse(script);
    for (const dom::element root : roots_) collect(root);
    choose_article(wanted);
  }

  JsonLd read() const {
    JsonLd said;
    if (article_) read_article(*article_, said);
    if (page_) read_page(*page_, said);
    if (!article_) read_broken(broken_, said);
    if (said.section.empty()) said.section = section_in_breadcrumbs(said.headline);
    return said;
  }

 private:
  void parse(const std::string& script) {
    auto parser = std::make_unique<dom::parser>();
    dom::element root;
    if (parser->parse(script).get(root) != simdjson::SUCCESS &&
        parser->parse(Mender(script).mend()).get(root) != simdjson::SUCCESS) {
      if (broken_.empty() && names_article(script)) broken_ = script;
      return;
    }
    parsers_.push_back(std::move(parser));
    roots_.push_back(root);
  }

  void collect(dom::element root) {
    std::vector<dom::element> left{root};
    for (std::size_t at = 0; at < left.size() && at < kMostValues; ++at) {
      const dom::element value = left[at];
      dom::array array;
      dom::object object;
      if (value.get(array) == simdjson::SUCCESS) {
        for (const dom::element item : array) {
          if (left.size() < kMostValues) left.push_back(item);
        }
      } else if (value.get(object) == simdjson::SUCCESS) {
        note(object);
        for (const std::string_view key : {"@graph"sv, "mainEntity"sv, "mainEntityOfPage"sv}) {
          dom::element inner;
          if (object.at_key(key).get(inner) == simdjson::SUCCESS) left.push_back(inner);
        }
      }
    }
  }

  void note(dom::object object) {
    std::string_view id;
    if (object.at_key("@id").get(id) == simdjson::SUCCESS && object.size() > 1) {
      things_.try_emplace(id, object);
    }
    if (has_type(object, is_article_type)) articles_.push_back(object);
    if (!page_ && has_type(object, is_page_type)) page_ = object;
    if (!breadcrumbs_ && has_type(object, [](auto type) { return type == "BreadcrumbList"; })) {
      breadcrumbs_ = object;
    }
  }

  void choose_article(const JsonLdWanted& wanted) {
    if (articles_.empty()) return;
    article_ = articles_.front();
    if (articles_.size() == 1) return;
    const auto is_at = [&](dom::object article) { return has_url(article, wanted.urls); };
    const auto is_called = [&](dom::object article) {
      const std::string headline = clean_line(text_of(article, "headline"));
      return !headline.empty() &&
             std::ranges::find(wanted.headlines, headline) != wanted.headlines.end();
    };
    auto found = std::ranges::find_if(articles_, is_at);
    if (found == articles_.end()) found = std::ranges::find_if(articles_, is_called);
    if (found != articles_.end()) article_ = *found;
  }

  static bool has_url(dom::object article, const std::vector<std::string>& urls) {
    std::vector<std::string> own{text_of(article, "url"), text_of(article, "mainEntityOfPage")};
    dom::object page;
    if (article.at_key("mainEntityOfPage").get(page) == simdjson::SUCCESS) {
      own.push_back(text_of(page, "@id"));
      own.push_back(text_of(page, "url"));
    }
    return std::ranges::any_of(urls, [&](std::string_view url) {
      return std::ranges::any_of(own, [&](std::string_view mine) {
        return !bare_url(mine).empty() && bare_url(mine) == bare_url(url);
      });
    });
  }

  /// An address without its scheme, its place in the page and its last slash.
  static std::string_view bare_url(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const auto scheme = url.find("://");
    if (scheme != npos) url.remove_prefix(scheme + 3);
    if (url.ends_with('/')) url.remove_suffix(1);
    return url;
  }

  /// What an object that is only an @id stands for; else the object.
  dom::object resolved(dom::object object) const {
    std::string_view id;
    if (object.at_key("@id").get(id) != simdjson::SUCCESS) return object;
    dom::element name;
    if (object.at_key("name").get(name) == simdjson::SUCCESS) return object;
    const auto thing = things_.find(id);
    return thing == things_.end() ? object : thing->second;
  }

  /// The names of persons, organisations or plain strings.
  std::vector<std::string> names_of(dom::object object, std::string_view key) const {
    std::vector<std::string> names;
    dom::element value;
    if (object.at_key(key).get(value) != simdjson::SUCCESS) return names;
    for (const dom::element item : values_of(value)) {
      std::string_view text;
      dom::object thing;
      if (item.get(text) == simdjson::SUCCESS) {
        for (std::string& name : split_authors(decoded(text))) names.push_back(std::move(name));
      } else if (item.get(thing) == simdjson::SUCCESS) {
        names.push_back(without_by(text_of(resolved(thing), "name")));
      }
    }
    std::erase_if(names, [](const std::string& name) { return !is_name(name); });
    return names;
  }

  static std::string without_by(const std::string& name) {
    return ascii_lower(name.substr(0, 3)) == "by " ? name.substr(3) : name;
  }

  static bool is_name(std::string_view name) {
    return !trimmed(name).empty() && name.find("://") == npos;
  }

  static std::vector<std::string> tags_of(dom::object object) {
    std::vector<std::string> tags;
    dom::element value;
    if (object.at_key("keywords").get(value) != simdjson::SUCCESS) return tags;
    const auto values = values_of(value);
    for (const dom::element item : values) {
      std::string_view text;
      if (item.get(text) != simdjson::SUCCESS) continue;
      if (values.size() == 1) return split_list(decoded(text));
      tags.push_back(decoded(text));
    }
    return tags;
  }

  void read_article(dom::object article, JsonLd& said) const {
    said.headline = text_of(article, "headline");
    said.name = text_of(article, "name");
    said.body = text_of(article, "articleBody");
    said.authors = names_of(article, "author");
    if (said.authors.empty()) said.authors = names_of(article, "creator");
    said.section = text_of(article, "articleSection");
    said.tags = tags_of(article);
    read_page(article, said);
  }

  /// What an article and a page have in common; what is already known stays.
  void read_page(dom::object page, JsonLd& said) const {
    const auto fill = [&](std::string& text, std::string_view key) {
      if (text.empty()) text = text_of(page, key);
    };
    fill(said.description, "description");
    fill(said.published, "datePublished");
    fill(said.modified, "dateModified");
    fill(said.language, "inLanguage");
    fill(said.url, "url");
    if (said.publisher.empty()) {
      const auto names = names_of(page, "publisher");
      if (!names.empty()) said.publisher = names.front();
    }
  }

  /// The last breadcrumb that is not the article itself: `World` of Home, World, Its Headline.
  std::string section_in_breadcrumbs(const std::string& headline) const {
    dom::element items;
    if (!breadcrumbs_ || breadcrumbs_->at_key("itemListElement").get(items) != simdjson::SUCCESS) {
      return {};
    }
    const auto crumbs = values_of(items);
    std::string section;
    for (std::size_t at = 1; at < crumbs.size(); ++at) {  // the first is the site
      const std::string name = name_of_crumb(crumbs[at]);
      const bool may_be_the_article = at > 1 && at + 1 == crumbs.size() && headline.empty();
      if (!name.empty() && name != headline && !may_be_the_article) section = name;
    }
    return section;
  }

  static std::string name_of_crumb(dom::element crumb) {
    dom::object object;
    if (crumb.get(object) != simdjson::SUCCESS) return {};
    std::string name = text_of(object, "name");
    dom::object item;
    if (name.empty() && object.at_key("item").get(item) == simdjson::SUCCESS) {
      name = text_of(item, "name");
    }
    return name;
  }

  std::vector<std::unique_ptr<dom::parser>> parsers_;  // they own what the elements show
  std::vector<dom::element> roots_;
  Things things_;
  std::string broken_;  // the first script about an article that cannot be read
  std::vector<dom::object> articles_;
  std::optional<dom::object> article_;
  std::optional<dom::object> page_;
  std::optional<dom::object> breadcrumbs_;
};

}  // namespace

JsonLd read_json_ld(const std::vector<std::string>& scripts, const JsonLdWanted& wanted) {
  return scripts.empty() ? JsonLd{} : Scripts(scripts, wanted).read();
}

}  // namespace lede
