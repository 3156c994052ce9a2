#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lede {

/// Lines without their ends; they point into a text.
using Lines = std::span<const std::string_view>;

/// The lines of a text whose line ends are \n; the last may be empty.
std::vector<std::string_view> split_lines(std::string_view text);

/// Is there nothing but white space in it?
bool is_blank_line(std::string_view line);

Lines without_blank_lines_around(Lines lines);

/// The paragraphs of a text, an empty line between each two. Lines broken at the width of a page
/// are joined; of a text without empty lines, every other line is a paragraph.
std::string join_paragraphs(Lines lines);

std::size_t count_newlines(std::string_view text);

/// Are lines of `text` broken at the width of a page rather than at the end of a paragraph?
bool is_hard_wrapped(std::string_view text);

}  // namespace lede
