#pragma once

#include <string_view>

namespace lede {

/// Writes text for a person to standard output: where that is a terminal with fewer lines, through
/// a pager, which is waited for. The pager is $LEDE_PAGER, else $PAGER, each as a shell reads it;
/// without either `less -FRX`. An empty one, and `cat`, mean none. One that cannot be started is
/// done without, and one that is left early is no failure. Throws as write_all().
void write_paged(std::string_view text);

}  // namespace lede
