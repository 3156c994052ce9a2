#pragma once

#include "corpus/error.hpp"
#include "query/options.hpp"

namespace lede {

/// Answers the questions in --batch's file, one a line, on standard output; `-` is standard input.
/// A line is `QUERY` or `ID<TAB>QUERY`; a question without an id has its line's number for one.
/// Lines may end in CRLF; lines without anything but white space are passed over.
///
/// Questions are answered by up to --jobs threads, each with the index open for itself, and the
/// answers come in the order of the questions. Each is flushed as soon as it and all before it are
/// there, and a line is read as soon as it comes, so that a program at the other end of two pipes
/// can ask one question after another. It reads, for each question:
/// - json: one line, always: the answer, or for a question without one
///   `{"version":1,"query":{"id","text"},"error":{"message","hint"}}`
/// - --count: one line, always: `ID<TAB>COUNT`, or `ID<TAB>error`
/// - text: `ID: QUERY`, the answer, and an empty line, always
/// - jsonl, trec: a line for each hit, which can be none: for files, not for a conversation
/// - --quiet: nothing
///
/// A question has no answer when it cannot be read or takes longer than --timeout; that is also
/// reported on standard error, and the batch goes on. The status is resources when one took too
/// long, else usage when one could not be read, else whether any question found an article.
///
/// Throws Error: resources when the file cannot be read, or more questions than a few took too
/// long; whatever Searcher throws but usage. Where a thread could not be stopped the process ends
/// in here, as run_tool() would have ended it.
ExitStatus answer_batch(const QueryOptions& options);

}  // namespace lede
