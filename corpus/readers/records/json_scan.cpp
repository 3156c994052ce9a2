#include "corpus/readers/records/json_scan.hpp"

namespace lede {
namespace {

/// Do the backslashes before `at` escape what stands there?
bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t backslashes = 0;
  while (backslashes < at && text[at - backslashes - 1] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

}  // namespace

ScanState ValueScanner::scan(std::string_view text) {
  while (state_ == ScanState::unfinished && length_ < text.size()) {
    if (is_in_string_) {
      scan_string(text);
    } else {
      scan_outside(text[length_]);
      if (is_in_string_) string_begin_ = length_;
    }
  }
  return state_;
}

void ValueScanner::scan_string(std::string_view text) {
  const std::size_t quote = text.find('"', length_);
  if (quote == text.npos) {
    length_ = text.size();
    return;
  }
  length_ = quote + 1;
  const std::string_view content = text.substr(string_begin_, quote - string_begin_);
  if (is_escaped(content, content.size())) return;
  is_in_string_ = false;
  finish_at_top();
}

void ValueScanner::scan_outside(char c) {
  switch (c) {
    case '"':
      is_in_string_ = true;
      break;
    case '{':
    case '[':
      open();
      break;
    case '}':
    case ']':
      close();
      return;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ',':
      finish_at_top();
      break;
    default:
      break;
  }
  if (state_ != ScanState::finished) ++length_;
}

void ValueScanner::open() {
  if (++depth_ > kDeepest) state_ = ScanState::too_deep;
}

void ValueScanner::close() {
  if (depth_ == 0) {  // the bracket belongs to what the value stands in
    state_ = ScanState::finished;
    return;
  }
  ++length_;
  --depth_;
  finish_at_top();
}

void ValueScanner::finish_at_top() {
  if (depth_ == 0) state_ = ScanState::finished;
}

}  // namespace lede
