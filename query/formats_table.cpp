#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "console/printable.hpp"
#include "query/formats.hpp"

namespace lede {
namespace {

/// As RFC 4180 has it: quotes around what would end a field or a record, its own quotes doubled.
std::string csv_field(std::string_view value) {
  const std::string safe = printable(value);
  if (safe.find_first_of(",\"\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

/// Spreadsheets look behind white space, too.
bool is_formula(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && std::string_view("=+-@").find(text[first]) != text.npos;
}

/// Values in a row, and what stands between them and behind the last.
struct TableForm {
  std::string (*field)(std::string_view value);
  std::string_view between;
  std::string_view end;
};

constexpr TableForm kCsv{csv_field, ",", "\r\n"};
constexpr TableForm kTsv{[](std::string_view value) { return printable_line(value); }, "\t", "\n"};

TableForm form_of(OutputFormat format) {
  return format == OutputFormat::csv ? kCsv : kTsv;
}

template <typename ValueOf>
std::string row(const TableForm& form, const Columns& columns, ValueOf&& value_of) {
  std::string line;
  std::string_view between;
  for (const HitValue* column : columns) {
    line.append(between).append(form.field(value_of(*column)));
    between = form.between;
  }
  return line.append(form.end);
}

/// With newlines and tabs visible, too.
std::string visible(std::string_view name) {
  std::string shown;
  for (const char c : printable(name))
    shown += c == '\n' ? "\\n" : c == '\t' ? "\\t" : std::string(1, c);
  return shown;
}

void append_name(std::string& list, const std::string& name, bool ends_in_null) {
  if (ends_in_null)
    list.append(name) += '\0';
  else
    list.append(visible(name)) += '\n';
}

}  // namespace

std::string format_table_header(OutputFormat format, const Columns& columns) {
  return row(form_of(format), columns, [](const HitValue& column) { return column.name; });
}

std::string format_table(const Answer& answer, OutputFormat format, const Columns& columns,
                         const Markers& markers, Formulas formulas) {
  const TableForm form = form_of(format);
  std::string rows;
  for (const Hit& hit : answer.hits)
    rows += row(form, columns, [&](const HitValue& column) {
      std::string text = column.text({answer, hit, markers});
      const bool is_defused = formulas == Formulas::defused && !column.is_number;
      return is_defused && is_formula(text) ? "'" + text : text;
    });
  return rows;
}

std::string format_template(const Answer& answer, const HitTemplate& layout, const Markers& markers,
                            bool ends_in_null) {
  std::string records;
  for (const Hit& hit : answer.hits) {
    records += layout.fill({answer, hit, markers}, ends_in_null);
    records += ends_in_null ? '\0' : '\n';
  }
  return records;
}

std::string format_ids(const Answer& answer, bool ends_in_null) {
  std::string ids;
  for (const Hit& hit : answer.hits) append_name(ids, hit.article.id, ends_in_null);
  return ids;
}

std::string format_paths(const Answer& answer, bool ends_in_null) {
  std::string paths;
  std::unordered_set<std::string_view> seen;
  for (const Hit& hit : answer.hits)
    if (seen.insert(hit.article.path).second) append_name(paths, hit.article.path, ends_in_null);
  return paths;
}

}  // namespace lede
