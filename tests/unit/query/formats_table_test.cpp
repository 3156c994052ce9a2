#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/error.hpp"
#include "query/formats.hpp"

namespace lede {
namespace {

Hit hit_of(std::string id, std::string path, std::string title) {
  Hit hit;
  hit.rank = 1;
  hit.score = 2.5;
  hit.article.id = std::move(id);
  hit.article.path = std::move(path);
  hit.article.title = std::move(title);
  return hit;
}

Answer answer_of(std::vector<Hit> hits) {
  Answer answer;
  answer.hits = std::move(hits);
  return answer;
}

Columns columns(const std::vector<std::string>& names) {
  return chosen_hit_values(names, NamedIn::text, false);
}

std::string csv_of(const std::string& title) {
  return format_table(answer_of({hit_of("a", "/a", title)}), OutputFormat::csv,
                      columns({"id", "title"}), {});
}

TEST(FormatTable, MakesFormulasTextsWhereThatIsWanted) {
  const auto defused = [](const std::string& title) {
    const std::string row = format_table(answer_of({hit_of("a", "/a", title)}), OutputFormat::tsv,
                                         columns({"title", "score"}), {}, Formulas::defused);
    return row.substr(0, row.find('\t'));
  };
  EXPECT_EQ(defused("=1+1"), "'=1+1");
  EXPECT_EQ(defused("+1"), "'+1");
  EXPECT_EQ(defused("-1"), "'-1");
  EXPECT_EQ(defused("@a"), "'@a");
  EXPECT_EQ(defused("1=1"), "1=1");
  EXPECT_EQ(defused(""), "");
  Hit hit = hit_of("a", "/a", "-1");
  hit.score = -2.5;
  EXPECT_EQ(format_table(answer_of({hit}), OutputFormat::csv, columns({"score", "title"}), {},
                         Formulas::defused),
            "-2.5,'-1\r\n");
  EXPECT_EQ(csv_of("=1+1"), "a,=1+1\r\n");
}

/// Fields of the records of RFC 4180.
std::vector<std::vector<std::string>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> records{{""}};
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const bool is_double = is_quoted && i + 1 < text.size() && text[i + 1] == '"';
      if (is_double)
        records.back().back() += text[++i];
      else
        is_quoted = !is_quoted;
    } else if (!is_quoted && c == ',') {
      records.back().emplace_back();
    } else if (!is_quoted && c == '\r') {
      ++i;
      records.emplace_back(1);
    } else {
      records.back().back() += c;
    }
  }
  records.pop_back();
  return records;
}

TEST(FormatTable, QuotesInCsvWhatWouldEndAField) {
  EXPECT_EQ(csv_of("plain words"), "a,plain words\r\n");
  EXPECT_EQ(csv_of("a, b"), "a,\"a, b\"\r\n");
  EXPECT_EQ(csv_of("a \"b\""), "a,\"a \"\"b\"\"\"\r\n");
  EXPECT_EQ(csv_of("a\nb"), "a,\"a\nb\"\r\n");
  EXPECT_EQ(csv_of(""), "a,\r\n");
}

TEST(FormatTable, ReadsBackFromCsvWhateverATitleHolds) {
  constexpr std::string_view kSigns = ",,\"\"\n\t aé";
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    std::minstd_rand random(seed + 1);
    std::string title;
    for (auto length = random() % 12; length > 0; --length)
      title += kSigns[random() % (kSigns.size() - 2)];
    const auto records = read_csv(csv_of(title));
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0], (std::vector<std::string>{"a", title}));
  }
}

TEST(FormatTable, KeepsARowOfTsvOnOneLine) {
  const Answer answer = answer_of({hit_of("a\tb", "/x\ny", "c")});
  EXPECT_EQ(format_table(answer, OutputFormat::tsv, columns({"id", "path", "title"}), {}),
            "a b\t/x y\tc\n");
  EXPECT_EQ(format_table_header(OutputFormat::tsv, columns({"id", "title"})), "id\ttitle\n");
}

TEST(FormatTable, LetsNothingOutThatATerminalObeys) {
  const Answer answer = answer_of({hit_of("a\x1b[2J", "/\xc2\x9b", "\u202e")});
  for (const OutputFormat format : {OutputFormat::csv, OutputFormat::tsv}) {
    const std::string rows = format_table(answer, format, columns({"id", "path", "title"}), {});
    EXPECT_EQ(rows.find('\x1b'), std::string::npos);
    EXPECT_EQ(rows.find("\xc2\x9b"), std::string::npos);
    EXPECT_EQ(rows.find("\u202e"), std::string::npos);
  }
}

TEST(FormatTable, HasAllColumnsUnlessSomeAreChosen) {
  EXPECT_EQ(format_table_header(OutputFormat::csv, columns({})),
            "rank,score,id,path,member,url,title,title_derived,date,timestamp,authors,source,"
            "section,tags,language,snippet,similar\r\n");
  EXPECT_TRUE(format_table_header(OutputFormat::csv, chosen_hit_values({}, NamedIn::text, true))
                  .starts_with("query_id,rank,"));
}

TEST(ChosenHitValues, ListsTheNamesForOneThatIsNone) {
  const auto error_of = [](const std::string& name, NamedIn place) -> std::string {
    try {
      chosen_hit_values(std::vector<std::string>{name}, place, false);
    } catch (const Error& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_TRUE(error_of("titel", NamedIn::json).starts_with("'titel' is none of rank, score, id,"));
  EXPECT_NE(error_of("snippet", NamedIn::json), "none");
  EXPECT_EQ(error_of("snippets", NamedIn::json), "none");
  EXPECT_NE(error_of("snippets", NamedIn::text), "none");
  EXPECT_EQ(error_of("snippet", NamedIn::text), "none");
}

TEST(FormatJson, HasTheKeysThatWereChosenInTheirOrder) {
  const std::vector<std::string> names{"title", "rank"};
  const Columns keys = chosen_hit_values(names, NamedIn::json, false);
  EXPECT_EQ(format_jsonl(answer_of({hit_of("a", "/a", "b")}), keys),
            "{\"title\":\"b\",\"rank\":1}\n");
}

TEST(FormatPaths, NamesEachFileOnce) {
  const Answer answer =
      answer_of({hit_of("a", "/x y", ""), hit_of("b", "/z\n", ""), hit_of("c", "/x y", "")});
  EXPECT_EQ(format_paths(answer, false), "/x y\n/z\\n\n");
  EXPECT_EQ(format_paths(answer, true), std::string("/x y\0/z\n\0", 9));
}

TEST(FormatTemplate, EndsEachRecordInANewlineOrANullByte) {
  const Answer answer = answer_of({hit_of("a\n", "/a", ""), hit_of("b", "/b", "")});
  EXPECT_EQ(format_template(answer, HitTemplate("<{id}>"), {}, false), "<a >\n<b>\n");
  EXPECT_EQ(format_template(answer, HitTemplate("<{id}>"), {}, true),
            std::string("<a\n>\0<b>\0", 9));
}

TEST(FormatText, PutsMarkersAroundWhatWasAskedFor) {
  Hit hit = hit_of("a", "/a", "Oil falls");
  hit.snippets = {{FieldId::title, "Oil falls", {{0, 3}}, 0, true, true},
                  {FieldId::body, "the oil fell", {{4, 7}}, 0, false, true}};
  TextStyle style;
  style.markers = {"**", "**"};
  EXPECT_EQ(format_text(answer_of({hit}), style),
            " 1  **Oil** falls\n    /a\n    … the **oil** fell\n");
}

TEST(FormatText, LinksTitlesAndPlacesWhereTheTerminalTakesThat) {
  Hit hit = hit_of("a", "/a b", "Oil falls");
  hit.article.url = "https://wire.example/a";
  TextStyle style;
  style.is_terminal = true;
  EXPECT_EQ(format_text(answer_of({hit}), style).find('\x1b'), std::string::npos);
  style.has_links = true;
  const std::string text = format_text(answer_of({hit}), style);
  EXPECT_NE(text.find("\x1b]8;;https://wire.example/a\x1b\\Oil falls\x1b]8;;\x1b\\"),
            std::string::npos);
  EXPECT_NE(text.find("/a%20b\x1b\\/a b\x1b]8;;\x1b\\"), std::string::npos);
}

TEST(FormatText, NeverLinksToAnAddressThatATerminalCouldObey) {
  for (const std::string url : {"javascript:x", "https://a\x1b\\\x1b[2J", "https://a\u202e"}) {
    Hit hit = hit_of("a", "", "Oil");
    hit.article.url = url;
    TextStyle style;
    style.is_terminal = style.has_links = true;
    EXPECT_EQ(format_text(answer_of({hit}), style), " 1  Oil\n");
  }
}

}  // namespace
}  // namespace lede
