#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <xapian.h>

namespace lede {

/// The ids that a stream holds: one a line, or, when they are null-ended, a NUL byte behind each.
/// Empty ones count for nothing. Throws Error (resources) when it cannot be read.
std::vector<std::string> read_ids(std::FILE* stream, bool are_null_ended);

/// The ids of the articles whose file lies at `path` or below it, or lay there before they were
/// exported. Throws Error (usage) for the root of all files.
std::vector<std::string> ids_under(const Xapian::Database& index, const std::string& path);

/// The ids of all articles that answer a question with all its words, asked of the lede-query that
/// is installed beside this program. None is not an error. Throws Error: usage for a question that
/// it cannot read, else as it ended. `is_stopped` is asked several times a second; once it is true,
/// there are no ids.
std::vector<std::string> ids_answering(const std::string& index_path, const std::string& question,
                                       const std::function<bool()>& is_stopped);

}  // namespace lede
