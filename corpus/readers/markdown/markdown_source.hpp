#pragma once

#include <string>
#include <string_view>

namespace lede {

/// Markdown without what site generators and note takers write into it and no reader sees:
/// shortcodes of Hugo and tags of Liquid (what stands between a pair of them stays; `highlight`
/// becomes a code block, `raw` and code stay as they are, `comment` goes), footnote marks that
/// have a footnote, Obsidian's comments, embeds and callout marks, attributes in braces. Wikilinks
/// leave their labels. Leading marks that would nest hundreds of quotes and lists are taken as
/// text, and a paragraph of many kilobytes is parted, for parsers take long over such. `text` has
/// no carriage returns. Takes time linear in the input.
std::string plain_markdown(std::string_view text);

}  // namespace lede
