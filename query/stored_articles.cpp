#include "query/stored_articles.hpp"

namespace lede {

const Article& StoredArticles::article(Xapian::docid docid) {
  if (docid != last_docid_) {
    last_docid_ = 0;  // should reading fail
    last_ = codec_.article_of(index_, docid);
    last_docid_ = docid;
  }
  return last_;
}

}  // namespace lede
