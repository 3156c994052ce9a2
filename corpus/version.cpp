#include "corpus/version.hpp"

namespace lede {

std::string_view version() {
  return LEDE_VERSION;
}

}  // namespace lede
