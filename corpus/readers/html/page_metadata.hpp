#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"
#include "corpus/readers/html/json_ld.hpp"
#include "corpus/readers/html/page.hpp"

namespace lede {

/// What a page says about its article outside of the article's text, gathered in one walk.
class PageMetadata {
 public:
  explicit PageMetadata(const Page& page);

  /// The title: JSON-LD's headline, a meta element, microdata, the headline in the page, the
  /// `<title>` without the site's name. Its origin is set, too.
  void fill_title(Article& article) const;

  /// Everything else but the body and the lede. `root` holds the article's text; `url` is where the
  /// page was found, or empty.
  void fill(Article& article, NodeId root, std::string_view url) const;

  /// A summary that the page carries: of the article, not necessarily apart from its text.
  struct Summary {
    std::string text;
    Origin origin = Origin::none;
  };
  Summary summary() const;

  /// The text that JSON-LD has; empty for none.
  const std::string& json_ld_body() const { return json_ld_.body; }

 private:
  struct Meta {
    std::string key;  // lower case: of `name`, `property` or `http-equiv`
    std::string_view value;
  };
  struct Property {
    std::string_view name;  // of an itemprop
    NodeId id;
  };

  void take_element(NodeId id);
  void take_meta(NodeId id);
  void take_link(NodeId id);
  void take_microdata(NodeId id);
  void take_label(std::vector<NodeId>& labels, NodeId id);

  std::string_view meta(std::string_view key) const;
  std::string first_meta(std::initializer_list<std::string_view> keys) const;
  std::string property(std::string_view name) const;
  std::string value_of(NodeId id) const;

  std::vector<std::string> microdata_authors(NodeId root) const;
  std::string microdata_publisher() const;

  JsonLdWanted wanted_json_ld() const;
  std::string json_ld_title() const;
  std::vector<NodeId> likely_headlines() const;
  std::string headline_in_title() const;
  std::vector<NodeId> bylines_behind(NodeId headline) const;
  NodeId headline_near(NodeId root) const;
  void fill_url(Article& article, std::string_view url) const;
  void fill_dates(Article& article, NodeId root) const;
  void fill_dates_shown(Article& article, NodeId root) const;
  std::string time_of(NodeId id) const;
  void fill_authors(Article& article, NodeId root) const;
  void fill_named_authors(Article& article, NodeId root) const;
  void fill_source(Article& article) const;
  void fill_section_and_tags(Article& article, NodeId root) const;
  void fill_language(Article& article) const;

  const Page& page_;
  JsonLd json_ld_;
  std::vector<Meta> metas_;
  std::vector<Property> properties_;
  // Of these only the first few, and only what is small: a label, not a part of the page.
  std::vector<NodeId> headings_;     // h1
  std::vector<NodeId> bylines_;      // by class, rel=author
  std::vector<NodeId> breadcrumbs_;  // by class
  std::vector<NodeId> times_;        // `time`, and what has its date in `title`
  std::string_view canonical_;
  std::string_view language_;
  std::string page_title_;  // the `<title>`
};

}  // namespace lede
