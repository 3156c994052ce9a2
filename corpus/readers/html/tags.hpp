#pragma once

#include <cstdint>
#include <string_view>

namespace lede {

/// What an element does to the text in it.
enum class TagFlow : std::uint8_t {
  inside,    ///< it stands in a line: `b`, `a`, and every unknown name
  block,     ///< an empty line parts it from what is around it: `p`, `div`
  line,      ///< it begins a line of its own: `li`, `tr`
  cell,      ///< it stands in a row: `td`
  line_end,  ///< `br`
  unseen,    ///< nothing in it is shown as text: `script`, `select`
};

/// The elements that some decision hangs on.
enum class Tag : std::uint8_t {
  other,
  a,
  address,
  article,
  aside,
  blockquote,
  body,
  button,
  div,
  figcaption,
  figure,
  footer,
  form,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  html,
  li,
  link,
  main,
  meta,
  nav,
  ol,
  p,
  pre,
  script,
  section,
  span,
  table,
  td,
  time,
  title,
  ul,
};

struct TagTraits {
  std::string_view name;
  Tag tag;
  TagFlow flow;
};

/// The traits of an element called `name`, which is in lower case.
TagTraits traits_of(std::string_view name);

inline bool is_heading(Tag tag) {
  return tag >= Tag::h1 && tag <= Tag::h6;
}

}  // namespace lede
