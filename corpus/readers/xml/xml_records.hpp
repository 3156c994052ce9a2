#pragma once

#include <functional>
#include <libxml/tree.h>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "corpus/readers/reader.hpp"

namespace lede {

/// The article in a record, an element of an XML file, or why there is none.
using RecordReader = std::function<std::variant<Article, std::string>(const xmlNode* record)>;

/// Makes the reader of a file's records from what stands before the first one, mended.
using HeadReader = std::function<RecordReader(const std::string& head)>;

/// Reads an XML file whose articles are elements with one of `names`, which do not nest. Each is
/// parsed by itself, so a broken one costs no other and only one is in memory; a namespace prefix
/// that is declared outside of it stays in the names. The articles' members are set, unless the
/// file's root is the record.
void read_xml_records(Input& input, const ReadContext& context,
                      std::span<const std::string_view> names, const HeadReader& read_head,
                      const Emit& emit);

}  // namespace lede
