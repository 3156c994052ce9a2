#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace lede {

/// What `--color` and `--progress` take.
enum class When : std::uint8_t { automatic, always, never };

bool is_terminal(std::FILE* stream);

/// Whether to colour what goes to `stream`: as `when` says, and for automatic on a terminal whose
/// TERM is neither unset nor `dumb`, unless NO_COLOR is set and not empty.
bool wants_color(When when, std::FILE* stream);

/// Columns of the terminal behind `stream`, between 20 and 500: as COLUMNS or else the terminal
/// says; 80 where neither does.
std::size_t terminal_width(std::FILE* stream);

/// Lines of the terminal behind `stream`; 24 where it does not say.
std::size_t terminal_height(std::FILE* stream);

/// Writes all of `text` at once, past the stream's buffer, which is flushed before. Throws Error
/// (resources) when it cannot. A closed pipe ends the process quietly: by SIGPIPE, and where the
/// caller has that ignored, with the status 141 that a shell gives for it, nothing unwound.
void write_all(std::FILE* stream, std::string_view text);

/// Flushes standard output: a full disk, or a closed stream that something was written to, is an
/// Error (resources), not silence. A closed pipe: as write_all.
void finish_output();

}  // namespace lede
