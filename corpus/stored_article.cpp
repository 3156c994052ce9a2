#include "corpus/stored_article.hpp"

#include <cstdint>

#include "corpus/error.hpp"
#include "corpus/packed_bytes.hpp"

namespace lede {
namespace {

/// The first byte: the layout of what follows.
constexpr char kLayout = 2;

[[noreturn]] void fail() {
  throw Error("a stored article cannot be read", "build the index again", ExitStatus::damaged);
}

void write_texts(PackedWriter& out, const std::vector<std::string>& texts) {
  out.number(texts.size());
  for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> read_texts(PackedReader& in) {
  std::vector<std::string> texts;
  for (std::size_t left = in.count(); left > 0 && !in.is_broken(); --left)
    texts.emplace_back(in.text());
  return texts;
}

void write_date(PackedWriter& out, const std::optional<Date>& date) {
  out.byte(date.has_value());
  if (!date) return;
  out.difference(static_cast<std::uint64_t>(date->unix_seconds), 0);
  out.byte(static_cast<std::uint8_t>(date->precision));
  out.difference(static_cast<std::uint64_t>(std::int64_t{date->offset_minutes}), 0);
  out.byte(date->zone_is_assumed);
}

std::uint8_t read_below(PackedReader& in, std::uint8_t limit) {
  const std::uint8_t value = in.byte();
  if (value >= limit) fail();
  return value;
}

std::optional<Date> read_date(PackedReader& in) {
  if (read_below(in, 2) == 0) return std::nullopt;
  Date date;
  date.unix_seconds = static_cast<std::int64_t>(in.difference(0));
  date.precision = static_cast<DatePrecision>(read_below(in, 4));
  date.offset_minutes = static_cast<std::int16_t>(in.difference(0));
  date.zone_is_assumed = read_below(in, 2) == 1;
  return date;
}

}  // namespace

std::string encode_article(const Article& article) {
  PackedWriter out;
  out.byte(kLayout);
  for (const std::string* text :
       {&article.id, &article.path, &article.member, &article.container, &article.url,
        &article.title, &article.lede, &article.body, &article.source, &article.section,
        &article.language, &article.format})
    out.text(*text);
  write_texts(out, article.authors);
  write_texts(out, article.tags);
  write_date(out, article.date);
  write_date(out, article.modified);
  for (const Origin origin : article.origins) out.byte(static_cast<std::uint8_t>(origin));
  return out.take();
}

Article decode_article(std::string_view bytes) {
  PackedReader in(bytes);
  if (in.byte() != kLayout) fail();
  Article article;
  for (std::string* text : {&article.id, &article.path, &article.member, &article.container,
                            &article.url, &article.title, &article.lede, &article.body,
                            &article.source, &article.section, &article.language, &article.format})
    *text = in.text();
  article.authors = read_texts(in);
  article.tags = read_texts(in);
  article.date = read_date(in);
  article.modified = read_date(in);
  for (Origin& origin : article.origins)
    origin = static_cast<Origin>(read_below(in, static_cast<std::uint8_t>(kOriginCount)));
  if (in.is_broken() || !in.is_at_end()) fail();
  return article;
}

}  // namespace lede
