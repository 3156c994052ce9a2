#include "query/ranking.hpp"

#include <algorithm>
#include <cmath>

namespace lede {
namespace {

/// Of not having the term to having it.
double odds_of(std::uint64_t articles, double having) {
  return (static_cast<double>(articles) - having + .5) / (having + .5);
}

}  // namespace

Xapian::BM25Weight ranking() {
  constexpr double kLengthOfQuery = 0;  // k2
  return {kTermSaturation, kLengthOfQuery, kRepeatSaturation, kLengthShare, kMinNormLength};
}

double repeated(double count) {
  return (kRepeatSaturation + 1) * count / (kRepeatSaturation + count);
}

double idf(std::uint64_t articles, double having) {
  return std::log1p(odds_of(articles, having));
}

double greatest_weight(std::uint64_t articles, double having) {
  double odds = odds_of(articles, having);
  if (odds < 2) odds = odds * .5 + 1;  // so that no weight is negative
  return std::log(odds) * (kTermSaturation + 1);
}

double weight_share(double wdf, double length) {
  const double norm = std::max(length, kMinNormLength);
  return wdf / (wdf + kTermSaturation * (1 - kLengthShare + kLengthShare * norm));
}

}  // namespace lede
