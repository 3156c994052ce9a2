#include "query/field_list.hpp"

#include <string_view>

#include <fmt/format.h>

#include "console/json_writer.hpp"
#include "corpus/fields.hpp"

namespace lede {
namespace {

std::string_view meaning_of(FieldId field) {
  switch (field) {
    case FieldId::title:
      return "words of the title";
    case FieldId::lede:
      return "words of a summary that the article carries apart from its text";
    case FieldId::body:
      return "words of the text";
    case FieldId::tags:
      return "words of keywords and topics";
    case FieldId::authors:
      return "words of the authors' names";
    case FieldId::source:
      return "words of the publisher's name";
    case FieldId::section:
      return "words of the section's name";
    case FieldId::language:
      return "the language, by its code or name";
    case FieldId::id:
      return "the id, whole";
    case FieldId::url:
      return "the URL, whole";
    case FieldId::host:
      return "the host of the URL, without www.";
    case FieldId::path:
      return "the file, or a folder above it";
    case FieldId::date:
      return "when it was published";
  }
  return {};
}

std::string_view name_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return "text";
    case FieldKind::exact:
      return "exact";
    case FieldKind::path:
      return "path";
    case FieldKind::date:
      return "date";
  }
  return {};
}

}  // namespace

std::string format_fields_text() {
  std::string text;
  for (const Field& field : kFields)
    if (can_be_named(field))
      text += fmt::format("{:<10}{:<11}{}{}\n", field.name, field.alias, meaning_of(field.field),
                          field.is_bare ? "" : "; filter");
  return text;
}

std::string format_fields_json() {
  std::string lines;
  for (const Field& field : kFields) {
    if (!can_be_named(field)) continue;
    JsonWriter json;
    json.begin_object().key("name").value(field.name);
    json.key("aliases").begin_array();
    if (!field.alias.empty()) json.value(field.alias);
    json.end_array();
    json.key("kind").value(name_of(field.kind));
    json.key("is_filter").value(!field.is_bare);
    json.key("meaning").value(meaning_of(field.field)).end_object();
    lines += json.text();
    lines += '\n';
  }
  return lines;
}

}  // namespace lede
