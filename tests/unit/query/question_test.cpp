#include "query/question.hpp"

#include <array>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "corpus/error.hpp"

namespace lede {
namespace {

/// A question as an s-expression: `(and (seq a b) "c d")`, required parts with `+`.
std::string outline(const Question& question);

std::string outline_list(std::string_view name, const Question& question) {
  std::vector<std::string> parts{std::string(name)};
  for (const Question& part : question.parts) parts.push_back(outline(part));
  return fmt::format("({})", fmt::join(parts, " "));
}

std::string outline_kind(const Question& question) {
  const std::string field =
      question.field ? fmt::format("{}:", field_of(*question.field).name) : std::string();
  switch (question.kind) {
    case Question::Kind::word:
      return field + question.text;
    case Question::Kind::phrase:
      return fmt::format("{}\"{}\"", field, question.text);
    case Question::Kind::pattern:
      return fmt::format("{}{}", field, question.text);
    case Question::Kind::misspelt:
      return fmt::format("{}{}~{}", field, question.text, question.distance);
    case Question::Kind::near:
      return outline_list(fmt::format("near/{}", question.distance), question);
    case Question::Kind::sequence:
      return outline_list("seq", question);
    case Question::Kind::all_of:
      return outline_list("and", question);
    case Question::Kind::any_of:
      return outline_list("or", question);
    case Question::Kind::except:
      return outline_list("not", question);
  }
  return {};
}

std::string outline(const Question& question) {
  const std::string weight = question.weight == 1 ? "" : fmt::format("^{}", question.weight);
  return fmt::format("{}{}{}{}", question.is_required ? "+" : "", question.is_exact ? "=" : "",
                     outline_kind(question), weight);
}

struct Failure {
  std::string message;
  std::string hint;
};

Failure failure_of(std::string_view text) {
  try {
    const Question question = parse_question(text);
    return {"read as " + outline(question), {}};
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), ExitStatus::usage);
    return {error.what(), error.hint()};
  }
}

struct Reading {
  std::string_view text;
  std::string_view outline;
};

void expect_readings(const std::vector<Reading>& readings) {
  for (const Reading& reading : readings) {
    SCOPED_TRACE(reading.text);
    try {
      EXPECT_EQ(outline(parse_question(reading.text)), reading.outline);
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

struct Refusal {
  std::string_view text;
  std::string_view message;
};

void expect_refusals(const std::vector<Refusal>& refusals) {
  for (const Refusal& refusal : refusals) {
    SCOPED_TRACE(refusal.text);
    EXPECT_EQ(failure_of(refusal.text).message, refusal.message);
  }
}

TEST(ParseQuestion, ReadsWordsSideBySideAsASequence) {
  expect_readings({
      {"oil", "oil"},
      {"  crude   oil ", "(seq crude oil)"},
      {"crude\toil\nprice", "(seq crude oil price)"},
      {"crude\u00A0oil\u3000price", "(seq crude oil price)"},
      {"COVID-19", "COVID-19"},
      {"U.S. AT&T C++ 3.5", "(seq U.S. AT&T C++ 3.5)"},
  });
}

TEST(ParseQuestion, ReadsQuotesAsPhrases) {
  expect_readings({
      {"\"crude oil\"", "\"crude oil\""},
      {"the \"crude oil\" price", "(seq the \"crude oil\" price)"},
      {"\u201Ccrude oil\u201D", "\"crude oil\""},
      {"\u201Ccrude oil\"", "\"crude oil\""},
      {"\"a (b AND -c\"", "\"a (b AND -c\""},
      {"x\"a b\"y", "(seq x \"a b\" y)"},
  });
}

TEST(ParseQuestion, BindsOrLooserThanAndAndWordsSideBySide) {
  expect_readings({
      {"a AND b", "(and a b)"},
      {"a OR b", "(or a b)"},
      {"a b OR c", "(or (seq a b) c)"},
      {"a AND b OR c AND d", "(or (and a b) (and c d))"},
      {"a b AND c", "(and (seq a b) c)"},
      {"a AND (b OR c)", "(and a (or b c))"},
      {"(a)", "a"},
      {"((a b))", "(seq a b)"},
      {"a(b)c", "(seq a b c)"},
      {"a AND(b)OR\"c\"", "(or (and a b) \"c\")"},
  });
}

TEST(ParseQuestion, LeavesOutWhatFollowsNotOrAMinus) {
  expect_readings({
      {"a NOT b", "(not a b)"},
      {"a AND NOT b", "(not a b)"},
      {"a -b", "(not a b)"},
      {"-b a", "(not a b)"},
      {"a NOT b c", "(not (seq a c) b)"},
      {"a NOT b -c AND d", "(not (and a d) b c)"},
      {"a AND -b", "(not a b)"},
      {"a -(b OR c)", "(not a (or b c))"},
      {"a -\"b c\"", "(not a \"b c\")"},
      {"a NOT (b NOT c)", "(not a (not b c))"},
      {"a OR b -c", "(or a (not b c))"},
  });
}

TEST(ParseQuestion, RequiresWhatFollowsAPlus) {
  expect_readings({
      {"+the oil", "(seq +the oil)"},
      {"+the", "+the"},
      {"+\"a b\" c", "(seq +\"a b\" c)"},
      {"+(a b) c", "(seq +(seq a b) c)"},
      {"(+a) b", "(seq +a b)"},
      {"+title:oil price", "(seq +title:oil price)"},
  });
}

TEST(ParseQuestion, KnowsASignFromPunctuation) {
  expect_readings({
      {"x - y", "(seq x y)"},
      {"log(x + c)", "(seq log (seq x c))"},
      {"one-dimensional", "one-dimensional"},
      {"x -- y", "(seq x y)"},
      {"--x", "x"},
      {"x -", "x"},
      {"x +, y", "(seq x y)"},
      {"(-a b)", "(not b a)"},
      {"x-\"y\"", "(seq x \"y\")"},
      {"\"x\"-y", "(seq \"x\" y)"},
      {"C++ code", "(seq C++ code)"},
      {"x \u2212y", "(seq x y)"},
      {"x,-y", "(seq x y)"},
  });
}

TEST(ParseQuestion, ReadsOperatorsInCapitalsOnly) {
  expect_readings({
      {"a and b or not c", "(seq a and b or not c)"},
      {"a ANDb", "(seq a ANDb)"},
      {"a AND, b", "(seq a AND b)"},
      {"-OR a", "(not a OR)"},
      {"title:AND a", "(seq title:AND a)"},
      {"\"AND\"", "\"AND\""},
  });
}

TEST(ParseQuestion, ReadsOrdinarySentencesWithoutFuss) {
  expect_readings({
      {"Where is Kyiv located?", "(seq Where is Kyiv located)"},
      {"what's new, today; now!", "(seq what's new today now)"},
      {"rock & roll / jazz * 3", "(seq rock roll jazz 3)"},
      {"oil,gas", "(seq oil gas)"},
      {"155,221 articles", "(seq 155,221 articles)"},
      {"wait...what", "(seq wait what)"},
      {"10:30", "10:30"},
      {"shock: waves", "(seq shock waves)"},
      {"title : oil", "(seq title oil)"},
      {"http://x.example/", "http://x.example"},
      {"see https://x.example/a?b=c,d now", "(seq see https://x.example/a?b=c,d now)"},
      {"C:\\dir", "C:\\dir"},
      {"'quoted' [sic] {x}", "(seq quoted sic x)"},
      {"a=b ~5 ^ 2 x ~ y", "(seq a=b 5 2 x y)"},
      {"\u4E2D\u56FD\u3001\u77F3\u6CB9", "(seq \u4E2D\u56FD \u77F3\u6CB9)"},
      {"a \xFF\xC3 b", "(seq a b)"},
  });
}

TEST(ParseQuestion, ReadsFields) {
  expect_readings({
      {"title:oil", "title:oil"},
      {"TITLE:oil", "title:oil"},
      {"headline:oil", "title:oil"},
      {"title:\"crude oil\" price", "(seq title:\"crude oil\" price)"},
      {"title:(crude oil) price", "(seq (seq title:crude title:oil) price)"},
      {"title:(crude OR author:smith)", "(or title:crude author:smith)"},
      {"title:crude-oil,gas", "title:crude-oil,gas"},
      {"-title:oil a", "(not a title:oil)"},
      {"source:\"New York Times\"", "source:\"New York Times\""},
  });
}

TEST(ParseQuestion, TakesExactValuesAsTheyStand) {
  expect_readings({
      {"url:https://x.example/a?b=c,d", "url:https://x.example/a?b=c,d"},
      {"url:\"https://x.example/a_(b)\"", "url:\"https://x.example/a_(b)\""},
      {"path:/a/b* oil", "(seq path:/a/b* oil)"},
      {"path:~/x", "path:~/x"},
      {"id:#7 id:--", "(seq id:#7 id:--)"},
      {"lang:(de OR fr)", "(or language:de language:fr)"},
      {"path:(/a OR /b)", "(or path:/a path:/b)"},
      {"url:(http://a http://b title:c)", "(seq url:http://a url:http://b title:c)"},
      {"date:2025-08-29", "date:2025-08-29"},
  });
}

TEST(ParseQuestion, NamesTheColumnOfWhatItCannotRead) {
  expect_refusals({
      {"oil foo:bar", "unknown field 'foo' at column 5"},
      {"a -foo:bar", "unknown field 'foo' at column 4"},
      {"foo:\"bar\"", "unknown field 'foo' at column 1"},
      {"x body:oil", "every word searches the body already, so there is no such field at column 3"},
      {"crude oil \"gas", "no closing quote for the one at column 11"},
      {"crude (oil", "no closing bracket for the one at column 7"},
      {"crude (", "no closing bracket for the one at column 7"},
      {"crude) oil", "no opening bracket for the one at column 6"},
      {")", "no opening bracket for the one at column 1"},
      {"a ()", "there is nothing between the brackets at column 3"},
      {"title:( , )", "there is nothing between the brackets at column 7"},
      {"a \"\"", "there is no word between the quotes at column 3"},
      {"a \"?!\"", "there is no word between the quotes at column 3"},
      {"\u4E2D\u56FD foo:x", "unknown field 'foo' at column 4"},
  });
}

TEST(ParseQuestion, WantsWordsAroundOperators) {
  expect_refusals({
      {"a AND", "there is nothing after the AND at column 3"},
      {"AND a", "there is nothing before the AND at column 1"},
      {"a AND OR b", "there is nothing after the AND at column 3"},
      {"a AND AND b", "there is nothing after the AND at column 3"},
      {"a OR", "there is nothing after the OR at column 3"},
      {"a OR OR b", "there is nothing after the OR at column 3"},
      {"OR a", "there is nothing before the OR at column 1"},
      {"(a OR ) b", "there is nothing after the OR at column 4"},
      {"a NOT", "there is nothing after the NOT at column 3"},
      {"a NOT OR b", "there is nothing after the NOT at column 3"},
      {"a NOT NOT b", "there is nothing after the NOT at column 3"},
      {"a NOT -b", "a sign after NOT at column 7"},
  });
}

TEST(ParseQuestion, WantsSomethingToLookFor) {
  expect_refusals({
      {"-foo", "nothing is asked for, only left out, at column 2"},
      {"NOT foo", "nothing is asked for, only left out, at column 5"},
      {"a OR -b", "nothing is asked for, only left out, at column 7"},
      {"a (-b)", "nothing is asked for, only left out, at column 5"},
      {"", "there is no word to look for in ''"},
      {"?! ,", "there is no word to look for in '?! ,'"},
      {"\x1b[", "there is no word to look for in '\\x1b['"},
  });
}

TEST(ParseQuestion, ReadsWildcardsInAWord) {
  expect_readings({
      {"price*", "price*"},
      {"wo*d", "wo*d"},
      {"*ing oil", "(seq *ing oil)"},
      {"w?rd", "w?rd"},
      {"w??d* x", "(seq w??d* x)"},
      {"?ord oil", "(seq ?ord oil)"},
      {"title:w?rd", "title:w?rd"},
      {"title:(crud* OR opec)", "(or title:crud* title:opec)"},
      {"-oil* gas", "(not gas oil*)"},
      {"-*oil gas", "(not gas *oil)"},
      {"+crud*", "+crud*"},
      {"crud*,oil", "(seq crud* oil)"},
      {"caf\u00E9*", "caf\u00E9*"},
  });
}

TEST(ParseQuestion, KnowsAWildcardFromPunctuation) {
  expect_readings({
      {"what is oil?", "(seq what is oil)"},
      {"oil?? gas", "(seq oil gas)"},
      {"a * b", "(seq a b)"},
      {"? oil", "oil"},
      {"\"crude o*l\"", "\"crude o*l\""},
      {"\u4E2D\u56FD*", "\u4E2D\u56FD"},
      {"http://x.example/*.html", "http://x.example/*.html"},
  });
}

TEST(ParseQuestion, ReadsMisspeltWordsWithAsManyErrorsAsTheyCanHave) {
  expect_readings({
      {"word~", "word~1"},
      {"wordings~", "wordings~2"},
      {"ox~", "ox~0"},
      {"word~2 x", "(seq word~2 x)"},
      {"(word~)", "word~1"},
      {"title:word~1", "title:word~1"},
      {"word ~5", "(seq word 5)"},
      {"a~b", "a~b"},
  });
}

TEST(ParseQuestion, ReadsWhatIsMeantAsItIsWritten) {
  expect_readings({
      {"=oil", "=oil"},
      {"=\"crude oil\" price", "(seq =\"crude oil\" price)"},
      {"title:=oil", "=title:oil"},
      {"title:=\"crude oil\"", "=title:\"crude oil\""},
      {"-=oil gas", "(not gas =oil)"},
      {"+=oil", "+=oil"},
      {"=oi*", "=oi*"},
      {"a=b", "a=b"},
      {"x = y", "(seq x y)"},
  });
}

TEST(ParseQuestion, ReadsWeightsBehindAnything) {
  expect_readings({
      {"oil^2", "oil^2"},
      {"oil^2.5 gas", "(seq oil^2.5 gas)"},
      {"\"crude oil\"^3", "\"crude oil\"^3"},
      {"(crude oil)^0.5", "(seq crude oil)^0.5"},
      {"title:oil^2", "title:oil^2"},
      {"oi*^2 word~1^3 =gas^4", "(seq oi*^2 word~1^3 =gas^4)"},
      {"COVID-19^2", "COVID-19^2"},
      {"a ^ 2", "(seq a 2)"},
      {"oil^x", "oil^x"},
  });
}

TEST(ParseQuestion, ReadsWordsNearEachOther) {
  expect_readings({
      {"a NEAR/3 b", "(near/3 a b)"},
      {"a NEAR/3 b NEAR/3 c d", "(seq (near/3 a b c) d)"},
      {"x a NEAR/3 b OR c", "(or (seq x (near/3 a b)) c)"},
      {"(a OR b) NEAR/2 \"c d\"", "(near/2 (or a b) \"c d\")"},
      {"a NOT b NEAR/2 c", "(not a (near/2 b c))"},
      {"+a NEAR/2 b*", "+(near/2 a b*)"},
      {"title:(a NEAR/2 b)", "(near/2 title:a title:b)"},
      {"NEAR b", "(seq NEAR b)"},
      {"a NEAR", "(seq a NEAR)"},
      {"a NEAR b", "(near/10 a b)"},
      {"(a NEAR) b", "(seq (seq a NEAR) b)"},
  });
}

TEST(ParseQuestion, ReadsTheOperatorsOfOtherTools) {
  expect_readings({
      {"a && b", "(and a b)"},
      {"a || b c", "(or a (seq b c))"},
      {"a | b & c", "(seq a b c)"},
      {"a! b !", "(seq a b)"},
  });
  expect_refusals({
      {"|| a", "there is nothing before the OR at column 1"},
      {"a &&", "there is nothing after the AND at column 3"},
      {"a !b", "a ! before a word at column 3"},
      {"!\"a b\"", "a ! before a word at column 1"},
  });
}

TEST(ParseQuestion, NamesTheColumnOfASignThatMeansNothing) {
  expect_refusals({
      {"\"a b\"*", "a * behind a phrase at column 6"},
      {"\"a b\"~3", "a ~ behind a phrase at column 6"},
      {"COVID-1*", "a sign in a word of several parts at column 8"},
      {"COVID-19~", "a sign in a word of several parts at column 9"},
      {"a NEAR/x b", "no such distance, the number at column 8"},
      {"title:-word", "a sign behind a field's name at column 7"},
      {"a title:+\"b c\"", "a sign behind a field's name at column 9"},
      {"word~3", "too many typing errors, at column 6"},
      {"word~99999999999999999999", "too many typing errors, at column 6"},
      {"word^1001", "no such weight at column 5"},
      {"word^1.2.3", "no such weight at column 5"},
      {"lang:(de)^2 id:\"x\"^2", "a filter has no weight, at column 10"},
      {"NEAR/3 b", "there is nothing before the NEAR at column 1"},
      {"a NEAR/3", "there is nothing after the NEAR at column 3"},
      {"a NEAR/3 OR b", "there is nothing after the NEAR at column 3"},
      {"a NEAR/3 -b", "a sign after NEAR at column 10"},
      {"a NEAR/0 b", "no such distance, the number at column 8"},
      {"a NEAR/3 b NEAR/4 c", "another distance than before, the NEAR at column 12"},
      {"a NEAR/3 (b c)",
       "NEAR wants words or phrases, or several joined by OR: not so at column 11"},
      {"a NEAR/3 lang:de",
       "NEAR wants words or phrases, or several joined by OR: not so at column 15"},
      {"a NEAR/3 title:b", "another field than the first word of NEAR has at column 16"},
  });
}

TEST(ParseQuestion, ShowsThePlaceUnderneath) {
  EXPECT_EQ(failure_of("crude oil \"gas").hint,
            "add one, or remove it\n"
            "  crude oil \"gas\n"
            "            ^");
  EXPECT_EQ(failure_of("\u4E2D\u56FD \"gas").hint,
            "add one, or remove it\n"
            "  \u4E2D\u56FD \"gas\n"
            "       ^");
  EXPECT_EQ(failure_of("a\x1b \"gas").hint,
            "add one, or remove it\n"
            "  a\\x1b \"gas\n"
            "        ^");
}

TEST(ParseQuestion, CutsALongQuestionAroundThePlace) {
  EXPECT_EQ(failure_of(std::string(50, 'a') + " foo:bar " + std::string(50, 'b')).hint,
            "the fields are title, lede, tag, author, source, section, language, id, url, host, "
            "path, date; to look for the text itself put it in quotes: \"foo:bar\"\n"
            "  ...aaaaaaaaaaaaaaaaaaaaaaaaaaaaa foo:bar bbbbbbbbbbbbbbbbbbbbbb...\n"
            "                                   ^");
}

TEST(ParseQuestion, KeepsItsLimits) {
  const std::string words257 =
      fmt::format("{}", fmt::join(std::vector<std::string>(257, "w"), " "));
  const std::string words33 = words257.substr(0, 33 * 2);
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "a" + std::string(depth, ')');
  };
  expect_refusals({
      {std::string(8193, 'a'), "the question has 8193 bytes; 8192 is the limit"},
      {words257, "more than 256 words, the next one at column 513"},
      {"\"" + words33 + "\"", "more than 32 words in the phrase at column 1"},
      {nested(33), "more than 32 brackets inside each other at column 33"},
      {fmt::format("{}", fmt::join(std::vector<std::string>(11, "a*"), " ")),
       "more than 10 words with * ? or ~, the next one at column 31"},
      {std::string(8000, '('), "more than 32 brackets inside each other at column 33"},
  });
  EXPECT_NO_THROW(parse_question(words257.substr(2)));
  EXPECT_NO_THROW(parse_question("\"" + words33.substr(2) + "\""));
  EXPECT_NO_THROW(parse_question(nested(32)));
  EXPECT_NO_THROW(parse_question(std::string(8192, 'a')));
}

TEST(ParseQuestion, CutsARunOfCharactersIntoPhrasesOfTheLimit) {
  std::string run;
  for (int i = 0; i < 40; ++i) run += "\u4E2D";
  const Question question = parse_question(run);
  ASSERT_EQ(question.parts.size(), 2U);
  EXPECT_EQ(question.parts[0].text.size(), 32U * 3U);
  EXPECT_EQ(question.parts[1].text.size(), 8U * 3U);
}

TEST(ParseQuestion, NotesWhereEachPartBegins) {
  const Question question = parse_question("\u00E9t\u00E9  -title:oil");
  EXPECT_EQ(question.parts[0].column, 1U);
  EXPECT_EQ(question.parts[1].column, 13U);
}

std::string random_question(std::mt19937& random) {
  constexpr std::array kPieces{
      "a",      "oil",    "The ",   " ",    " ",    "  ",       "\"",     "\"",
      "(",      ")",      "+",      "-",    " -",   " +",       ":",      "title:",
      "lang:",  "date:",  "path:",  "foo:", "AND",  " AND ",    " OR ",   "OR",
      " NOT ",  "*",      "?",      "o*l",  "~",    "^2",       "=",      "=\"",
      "//",     ",",      ".",      "'",    "&",    "/",        "\u201C", "\u201D",
      "\u4E2D", "\u00E9", "\u0301", "\xFF", "\xC3", "\xE2\x80", "3",      " NEAR/2 ",
      "\u00AD", "\u3000", "\n",     "\x1b", "2025", "http://",  "C++"};
  std::uniform_int_distribution<std::size_t> piece(0, kPieces.size() - 1);
  std::string text;
  for (std::size_t left = std::uniform_int_distribution<std::size_t>(0, 24)(random); left > 0;
       --left)
    text += kPieces[piece(random)];
  return text;
}

TEST(ParseQuestion, ReadsOrRefusesWhateverItIsGiven) {
  std::mt19937 random(1);
  std::size_t readable = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random_question(random);
    SCOPED_TRACE(fmt::format("{}: {}", i, text));
    try {
      parse_question(text);
      ++readable;
    } catch (const Error& error) {
      ASSERT_NE(std::string(error.what()), "");
      ASSERT_NE(error.hint(), "");
    }
  }
  EXPECT_GT(readable, 3'000U);
}

TEST(ParseQuestion, SurvivesALongRunOfAnySign) {
  for (const std::string_view piece :
       {"*", " *", "a*", "a?", "~", "a~ ", "=", " =a", "^2", " NEAR/2 ", "a NEAR/2 ", "-", "\x80",
        "\u0301", ":", "a:", "?", "+(", ","}) {
    std::string text;
    while (text.size() + piece.size() <= QuestionLimits::kBytes) text += piece;
    EXPECT_NE(failure_of(text).message, "");
  }
}

}  // namespace
}  // namespace lede
