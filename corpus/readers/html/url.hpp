#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "corpus/date.hpp"

namespace lede {

/// The host of an absolute URL, without `www.` and port; empty when there is none.
std::string_view host_of(std::string_view url);

/// `reference` as it is meant on the page at `base` (RFC 3986, 5.2, but dot segments stay). Empty
/// when it is relative and no base is known, or when it leads to no page: `javascript:`, `data:`.
std::string resolve_url(std::string_view base, std::string_view reference);

/// The day that a URL's path names as newspapers do: `/2019/11/18/`, `/2019/nov/18/`,
/// `/2019-11-18/`.
std::optional<Date> date_in_url(std::string_view url);

}  // namespace lede
