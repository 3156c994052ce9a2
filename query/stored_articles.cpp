#include "query/stored_articles.hpp"

#include "corpus/error.hpp"

namespace lede {

const Article& StoredArticles::article(Xapian::docid docid, std::size_t cost) {
  if (docid != last_docid_) {
    last_docid_ = 0;  // should reading fail
    if (cost > left_)
      throw Error("the question would have to read too many articles",
                  "ask for less by = and NEAR beside OR and behind NOT, or for rarer words");
    left_ -= cost;
    last_ = codec_.article_of(index_, docid);
    last_docid_ = docid;
  }
  return last_;
}

}  // namespace lede
