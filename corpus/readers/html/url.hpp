#pragma once

#include <string>
#include <string_view>

namespace lede {

/// `reference` as it is meant on the page at `base` (RFC 3986, 5.2, but dot segments stay). Empty
/// when it is relative and no base is known, or when it leads to no page: `javascript:`, `data:`.
std::string resolve_url(std::string_view base, std::string_view reference);

}  // namespace lede
