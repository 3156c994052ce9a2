#include "indexer/article_rank.hpp"

#include <charconv>
#include <string_view>

namespace lede {
namespace {

std::optional<std::int64_t> time_of(const Article& article) {
  if (article.modified) return article.modified->unix_seconds;
  if (article.date) return article.date->unix_seconds;
  return std::nullopt;
}

/// The number behind the last `#`; 0 where there is none.
std::uint64_t record_of(std::string_view member, std::size_t mark) {
  if (mark == std::string_view::npos) return 0;
  std::uint64_t number = 0;
  const char* end = member.data() + member.size();
  const auto [stop, error] = std::from_chars(member.data() + mark + 1, end, number);
  return error == std::errc() && stop == end ? number : 0;
}

}  // namespace

const std::string& owner_of(const Article& article) {
  return article.container.empty() ? article.path : article.container;
}

ArticleRank rank_of(const Article& article) {
  const std::size_t mark = article.member.rfind('#');
  const std::uint64_t record = record_of(article.member, mark);
  const std::string& member = article.member;
  return {time_of(article), article.path, record > 0 ? member.substr(0, mark) : member, record,
          owner_of(article)};
}

}  // namespace lede
