#pragma once

#include <cstdio>

#include "corpus/error.hpp"
#include "query/options.hpp"
#include "query/search.hpp"

namespace lede {

/// Answers the questions in `questions`, one a line, on standard output. A line is `QUERY` or
/// `ID<TAB>QUERY`; a question without an id has its line's number for one. Lines may end in CRLF;
/// lines without anything but white space are passed over.
///
/// Each answer is flushed before the next line is read, so that a program at the other end of two
/// pipes can ask one question after another. It reads, for each question:
/// - json: one line, always: the answer, or for an unreadable question
///   `{"version":1,"query":{"id","text"},"error":{"message","hint"}}`
/// - --count: one line, always: `ID<TAB>COUNT`, or `ID<TAB>error`
/// - text: `ID: QUERY`, the answer, and an empty line, always
/// - jsonl, trec: a line for each hit, which can be none: for files, not for a conversation
/// - --quiet: nothing
///
/// An unreadable question is also reported on standard error, and the batch goes on. The status is
/// usage when there was one, else whether any question found an article.
ExitStatus answer_batch(std::FILE* questions, Searcher& searcher, const QueryOptions& options);

/// The same for --batch's file, `-` being standard input. Throws Error (resources) when the file
/// cannot be read.
ExitStatus answer_batch_file(Searcher& searcher, const QueryOptions& options);

}  // namespace lede
