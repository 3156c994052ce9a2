#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/date.hpp"

namespace lede {

/// The term of a whole value (an id, a URL): prefix and value, or for a long value prefix, the
/// value's beginning and its XXH3-128 hash. Always a term that Xapian takes: a NUL byte counts
/// double there, and one term over 245 bytes loses the whole batch.
std::string exact_term(std::string_view prefix, std::string_view value);

/// The term that identifies an article: `Q` and its id.
std::string id_term(std::string_view id);

/// Terms for a file and each folder above it: `/a/b.txt` gives `/a/b.txt` and `/a`.
std::vector<std::string> path_terms(std::string_view path);

/// Terms for the year, month and day of a date, as far as it is precise.
std::vector<std::string> date_terms(const Date& date);

/// The lower-case host of a URL without port and `www.`; empty where there is none.
std::string host_of(std::string_view url);

}  // namespace lede
