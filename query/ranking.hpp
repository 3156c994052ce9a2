#pragma once

#include <cstdint>

#include <xapian.h>

namespace lede {

// How articles are ranked: BM25 (Robertson, Walker, Jones, Hancock-Beaulieu, Gatford, "Okapi at
// TREC-3", 1994) with the parameters that Robertson and Lucene have.

inline constexpr double kTermSaturation = 1.2;  // k1
inline constexpr double kRepeatSaturation = 8;  // k3
inline constexpr double kLengthShare = .75;     // b
inline constexpr double kMinNormLength = 1e-6;  // of an article, in average ones

/// As Xapian's matcher takes it. Xapian by itself would lift the length of short documents to half
/// the average, which costs rank quality where articles are short.
Xapian::BM25Weight ranking();

/// What a word that stands so often in a question counts: (k3 + 1) q / (k3 + q).
double repeated(double count);

/// How rare a term is that so many articles have: ln(1 + (N - n + .5) / (n + .5)), as Lucene has
/// it.
double idf(std::uint64_t articles, double having);

/// What the best article can get for a term that so many have, as Xapian::BM25Weight reckons: its
/// idf times k1 + 1.
double greatest_weight(std::uint64_t articles, double having);

/// The share of that for an article which has a term so often (its wdf, of any weight), by its
/// length in average ones.
double weight_share(double wdf, double length);

}  // namespace lede
