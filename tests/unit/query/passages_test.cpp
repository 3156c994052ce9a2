#include "query/passages.hpp"

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"
#include "corpus/words.hpp"

namespace lede {
namespace {

using Snippets = std::vector<Snippet>;

Wanted wanted_of(std::string_view words, double weight = 1,
                 std::optional<FieldId> field = std::nullopt) {
  Analyzer analyzer("english");
  Wanted wanted;
  analyzer.analyze(words, [&](const Token& token) { wanted.terms.emplace_back(token.term()); });
  wanted.weight = weight;
  wanted.field = field;
  return wanted;
}

std::vector<Wanted> all_wanted(std::initializer_list<std::string_view> each) {
  std::vector<Wanted> wanted;
  for (const std::string_view words : each) wanted.push_back(wanted_of(words));
  return wanted;
}

Article article_of(std::string body, std::string lede = {}, std::string title = {}) {
  Article article;
  article.title = std::move(title);
  article.lede = std::move(lede);
  article.body = std::move(body);
  return article;
}

Snippets snippets_of(const Article& article, const std::vector<Wanted>& wanted,
                     std::size_t limit = 240, std::size_t count = 1) {
  Analyzer analyzer("english");
  return make_snippets(article, wanted, analyzer, {count, limit});
}

/// A snippet with its highlights in square brackets.
std::string shown(const Snippet& snippet) {
  std::string text = snippet.text;
  for (auto range = snippet.highlights.rbegin(); range != snippet.highlights.rend(); ++range) {
    text.insert(range->end, "]");
    text.insert(range->begin, "[");
  }
  return text;
}

std::vector<std::string> all_shown(const Snippets& snippets) {
  std::vector<std::string> texts;
  for (const Snippet& snippet : snippets) texts.push_back(shown(snippet));
  return texts;
}

std::string only_shown(const std::string& body, const std::vector<Wanted>& wanted,
                       std::size_t limit) {
  const Snippets snippets = snippets_of(article_of(body), wanted, limit);
  return snippets.size() == 1 ? shown(snippets[0]) : "not one passage";
}

TEST(Snippets, ShowTheMatchAndNotTheBeginning) {
  const std::string filler = "The harbour was quiet all morning. ";
  const std::string body = filler + filler + filler + "The pilots voted to strike. " + filler;
  EXPECT_EQ(only_shown(body, all_wanted({"strike"}), 40), "The pilots voted to [strike].");
}

TEST(Snippets, HighlightWordsAndNotStems) {
  EXPECT_EQ(only_shown("Striking pilots, STRIKES and a striker’s hat", all_wanted({"strike"}), 240),
            "[Striking] pilots, [STRIKES] and a striker’s hat");
}

TEST(Snippets, PreferTheHeavierWord) {
  const std::string body = "The harbour is open.\n\nThe kestrel landed.";
  const std::vector<Wanted> wanted{wanted_of("harbour", 1), wanted_of("kestrel", 5)};
  EXPECT_EQ(only_shown(body, wanted, 25), "The [kestrel] landed.");
}

TEST(Snippets, PreferDifferentWordsToRepeats) {
  const std::string body =
      "Oil and oil and oil and oil.\n\nNothing is here at all.\n\nThe oil price fell today.";
  EXPECT_EQ(only_shown(body, all_wanted({"oil", "price"}), 30), "The [oil] [price] fell today.");
}

TEST(Snippets, PreferWordsThatStandCloser) {
  const std::string body =
      "Oil has for many a long year had a price.\n\nWhat the oil price did was fall all week.";
  EXPECT_EQ(only_shown(body, all_wanted({"oil", "price"}), 42),
            "What the [oil] [price] did was fall all week.");
}

TEST(Snippets, PreferTheEarlierOfEquals) {
  EXPECT_EQ(only_shown("The oil fell.\n\nThe oil rose.", all_wanted({"oil"}), 20),
            "The [oil] fell.");
}

TEST(Snippets, CrossAParagraphOnlyToShowMore) {
  const std::string body = "Gold rose.\n\nThe oil fell.\n\nSilver fell.";
  EXPECT_EQ(only_shown(body, all_wanted({"oil"}), 240), "The [oil] fell.");
  EXPECT_EQ(only_shown(body, all_wanted({"oil", "silver"}), 240),
            "The [oil] fell.\n\n[Silver] fell.");
}

TEST(Snippets, TakeInSentencesBeforeTheHitWhereThereIsRoom) {
  EXPECT_EQ(only_shown("Gold rose. Silver rose. Oil fell.", all_wanted({"oil"}), 240),
            "Gold rose. Silver rose. [Oil] fell.");
  EXPECT_EQ(only_shown("Gold rose. Silver rose. Oil fell.", all_wanted({"oil"}), 25),
            "Silver rose. [Oil] fell.");
}

TEST(Snippets, BeginBeforeTheHitWhenItsSentenceIsTooLong) {
  const std::string body =
      "When in the long and cold winter of that year (as “oil” fell and fell) the ships stayed in";
  EXPECT_EQ(only_shown(body, all_wanted({"oil"}), 40), "year (as “[oil]” fell and fell) the ships");
}

TEST(Snippets, ShowAPhraseOnlyWhereItStands) {
  const std::string body = "The price of oil. The oil was heavy. An oil, price unknown, oil prices";
  EXPECT_EQ(only_shown(body, all_wanted({"oil price"}), 240),
            "The price of oil. The oil was heavy. An [oil, price] unknown, [oil prices]");
}

TEST(Snippets, MergeHighlightsThatOverlap) {
  EXPECT_EQ(only_shown("crude oil price oil", all_wanted({"crude oil", "oil price", "oil"}), 240),
            "[crude oil price] [oil]");
  EXPECT_EQ(only_shown("ha ha ha", all_wanted({"ha ha"}), 240), "[ha ha ha]");
}

TEST(Snippets, FindARunOfCharactersWithoutSpaces) {
  EXPECT_EQ(only_shown("油价下跌。中国的石油公司上涨！", all_wanted({"石油"}), 12),
            "中国的[石油]公司上涨！");
}

TEST(Snippets, ShowAWordOfAFieldInThatFieldOnly) {
  const Article article = article_of("The oil fell.", "An oil lede.", "Oil falls");
  const std::vector<Wanted> in_title{wanted_of("oil", 1, FieldId::title)};
  EXPECT_EQ(all_shown(snippets_of(article, in_title)),
            (std::vector<std::string>{"[Oil] falls", "An oil lede."}));
  const std::vector<Wanted> by_oil{wanted_of("oil", 1, FieldId::authors)};
  EXPECT_EQ(all_shown(snippets_of(article, by_oil)), std::vector<std::string>{"An oil lede."});
  const std::vector<Wanted> in_body{wanted_of("oil", 1, FieldId::body)};
  EXPECT_EQ(all_shown(snippets_of(article, in_body)), std::vector<std::string>{"The [oil] fell."});
}

TEST(Snippets, PutTheTitleFirst) {
  const Article article = article_of("The oil fell.", "", "  Oil falls ");
  const Snippets snippets = snippets_of(article, all_wanted({"oil"}));
  ASSERT_EQ(snippets.size(), 2u);
  EXPECT_EQ(snippets[0].field, FieldId::title);
  EXPECT_EQ(snippets[0].text, article.title);
  EXPECT_EQ(shown(snippets[1]), "The [oil] fell.");
}

TEST(Snippets, TakeTheLedeWhereItShowsAsMuch) {
  const Article article = article_of("Oil, oil and oil. The price fell.", "Gold and oil rose.");
  EXPECT_EQ(snippets_of(article, all_wanted({"oil"})).front().field, FieldId::lede);
  EXPECT_EQ(snippets_of(article, all_wanted({"oil", "price"})).front().field, FieldId::body);
}

TEST(Snippets, AreTheBeginningWhereNothingIsFound) {
  const auto wanted = all_wanted({"zebra"});
  EXPECT_EQ(all_shown(snippets_of(article_of("The body. More.", "The lede."), wanted)),
            std::vector<std::string>{"The lede."});
  EXPECT_EQ(all_shown(snippets_of(article_of(" The body. More of it.", " \n"), wanted, 10)),
            std::vector<std::string>{"The body."});
  EXPECT_EQ(snippets_of(article_of(" \n"), wanted), Snippets{});
  EXPECT_EQ(snippets_of(article_of("Body"), wanted, 0), Snippets{});
  EXPECT_EQ(snippets_of(article_of("Body"), wanted, 240, 0), Snippets{});
  EXPECT_EQ(all_shown(snippets_of(article_of("Body"), {})), std::vector<std::string>{"Body"});
}

TEST(Snippets, SayWhereTheyStand) {
  const Snippets snippets =
      snippets_of(article_of("Żółć ćmi. Śnieg. Ropa pada. Koniec."), all_wanted({"ropa"}), 11);
  ASSERT_EQ(snippets.size(), 1u);
  EXPECT_EQ(shown(snippets[0]), "[Ropa] pada.");
  EXPECT_EQ(snippets[0].offset, 17u);
  EXPECT_FALSE(snippets[0].is_beginning);
  EXPECT_FALSE(snippets[0].is_end);
}

TEST(Snippets, AreCutInsideAWordOnlyWhenItIsLongerThanTheLimit) {
  EXPECT_EQ(only_shown("Żółćżółćżółć", {}, 5), "Żółćż");
  EXPECT_EQ(only_shown("Donaudampfschiff", all_wanted({"zebra"}), 5), "Donau");
  EXPECT_EQ(only_shown("- - - - -", {}, 4), "- -");
}

TEST(Snippets, GoOnWithWhatWasNotShownYet) {
  const std::string body =
      "Oil and gold rose.\n\nOil and gold fell.\n\nOnly silver stayed.\n\nNobody knows why.";
  const auto wanted = all_wanted({"oil", "gold", "silver"});
  EXPECT_EQ(all_shown(snippets_of(article_of(body), wanted, 20, 5)),
            (std::vector<std::string>{"[Oil] and [gold] rose.", "Only [silver] stayed.",
                                      "[Oil] and [gold] fell."}));
}

TEST(Snippets, MayStandSideBySideInOneSentence) {
  const std::string body = "The oil fell and the oil rose and the oil fell and the oil rose";
  const Snippets snippets = snippets_of(article_of(body), all_wanted({"oil"}), 20, 9);
  EXPECT_EQ(all_shown(snippets),
            (std::vector<std::string>{"The [oil] fell and the", "[oil] rose and the [oil]",
                                      "and the [oil] rose"}));
}

TEST(Snippets, ShowWhatFitsOfAPhraseThatIsTooLong) {
  EXPECT_EQ(only_shown("The crude oil price fell", all_wanted({"crude oil price"}), 10),
            "[crude oil]");
}

TEST(Snippets, TakeLinearTimeWhenEveryWordIsWanted) {
  std::string body;
  for (int i = 0; i < 500'000; ++i) body += "oil price ";
  const auto start = std::chrono::steady_clock::now();
  const auto wanted = all_wanted({"oil", "price", "oil price", "oil price oil price oil price"});
  const Snippets snippets = snippets_of(article_of(body), wanted, 240, 3);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(snippets.size(), 3u);
  EXPECT_LT(took.count(), 60);  // about one; sanitizers and busy machines take more
}

// ---- properties over random articles and questions -------------------------------------------

const std::vector<std::string>& vocabulary() {
  static const std::vector<std::string> words{
      "oil",   "oils",    "price",          "prices",  "the",   "of",      "crude",
      "Żółć",  "O’Brien", "U.S.",           "AT&T",    "3.5",   "C++",     "石油",
      "公司",  "ตลาด",    "COVID-19",       "Mr.",     "naïve", "gold",    "goldfish",
      "a",     "I",       "ship",           "harbour", "x/y/z", "155,221", "Öl",
      "рынок", "нефть",   "e\u0301t\u0301", "running", "run",   "ran",     "😀",
      "—",     "“quoted”"};
  return words;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  const std::string& word() { return vocabulary()[below(vocabulary().size())]; }

  std::string text(std::size_t words) {
    static const std::vector<std::string> gaps{" ",  " ",  " ",    " ",  " ",    " ",  ", ", ". ",
                                               "! ", "。", ".” “", "\n", "\n\n", "  ", "-",  ""};
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += word() + gaps[below(gaps.size())];
    return text;
  }

  std::vector<Wanted> question() {
    std::vector<Wanted> wanted;
    for (std::size_t i = 1 + below(4); i > 0; --i) {
      std::string words = word();
      while (one_in(3)) words += ' ' + word();
      wanted.push_back(wanted_of(words, static_cast<double>(1 + below(5))));
      if (one_in(6)) wanted.back().field = one_in(2) ? FieldId::title : FieldId::body;
      if (wanted.back().terms.empty()) wanted.pop_back();
    }
    return wanted;
  }

 private:
  std::mt19937 random_;
};

struct Round {
  Article article;
  std::vector<Wanted> wanted;
  std::size_t limit;
  std::size_t count;
  Snippets snippets;

  std::string_view text_of(FieldId field) const {
    if (field == FieldId::title) return article.title;
    return field == FieldId::lede ? article.lede : article.body;
  }
};

Round round_of(unsigned seed) {
  Dice dice(seed);
  Round round;
  round.article = article_of(dice.text(dice.below(120)), dice.one_in(2) ? dice.text(20) : "",
                             dice.text(dice.below(8)));
  round.wanted = dice.question();
  round.limit = dice.one_in(3) ? 1 + dice.below(30) : 30 + dice.below(250);
  round.count = 1 + dice.below(4);
  round.snippets = snippets_of(round.article, round.wanted, round.limit, round.count);
  return round;
}

template <typename Check>
void for_each_round(Check&& check) {
  for (unsigned seed = 0; seed < 2500; ++seed) {
    SCOPED_TRACE(seed);
    check(round_of(seed));
    if (testing::Test::HasFailure()) return;
  }
}

template <typename Check>
void for_each_passage(Check&& check) {
  for_each_round([&](const Round& round) {
    for (const Snippet& snippet : round.snippets)
      if (snippet.field != FieldId::title) check(round, snippet);
  });
}

std::size_t byte_of_character(std::string_view text, std::size_t character) {
  std::size_t byte = 0;
  for (; character > 0; --character) byte += decode_code_point(text.substr(byte)).length_bytes;
  return byte;
}

std::size_t begin_of(const Round& round, const Snippet& snippet) {
  return byte_of_character(round.text_of(snippet.field), snippet.offset);
}

std::vector<Range> words_of(std::string_view text) {
  std::vector<Range> ranges;
  WordReader words(text);
  for (Word word; words.next(word);) ranges.push_back({word.begin, word.end});
  return ranges;
}

bool is_inside_a_word(std::string_view text, std::size_t byte) {
  const auto words = words_of(text);
  return std::any_of(words.begin(), words.end(),
                     [&](const Range& word) { return word.begin < byte && byte < word.end; });
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  for (const Range& word : words_of(text))
    longest = std::max(longest, count_code_points(text.substr(word.begin, word.end - word.begin)));
  return longest;
}

TEST(AnyPassage, IsASubstringOfItsFieldAtItsOffset) {
  for_each_round([](const Round& round) {
    for (const Snippet& snippet : round.snippets) {
      const std::string_view text = round.text_of(snippet.field);
      EXPECT_EQ(text.substr(begin_of(round, snippet), snippet.text.size()), snippet.text);
      EXPECT_TRUE(is_valid_utf8(snippet.text));
    }
  });
}

TEST(AnyPassage, KeepsTheLimitAndHasNoWhiteSpaceAtItsEnds) {
  for_each_passage([](const Round& round, const Snippet& snippet) {
    EXPECT_LE(count_code_points(snippet.text), round.limit);
    EXPECT_EQ(trimmed(snippet.text), snippet.text);
    EXPECT_FALSE(snippet.text.empty());
  });
}

TEST(AnyPassage, BeginsAndEndsBetweenWords) {
  for_each_passage([](const Round& round, const Snippet& snippet) {
    const std::string_view text = round.text_of(snippet.field);
    if (longest_word(text) > round.limit) return;
    const std::size_t begin = begin_of(round, snippet);
    EXPECT_FALSE(is_inside_a_word(text, begin)) << snippet.text;
    EXPECT_FALSE(is_inside_a_word(text, begin + snippet.text.size())) << snippet.text;
  });
}

TEST(AnyPassage, SaysWhetherItIsTheBeginningAndTheEnd) {
  for_each_passage([](const Round& round, const Snippet& snippet) {
    const std::string_view text = round.text_of(snippet.field);
    const std::size_t begin = begin_of(round, snippet);
    EXPECT_EQ(snippet.is_beginning, trimmed(text.substr(0, begin)).empty());
    EXPECT_EQ(snippet.is_end, trimmed(text.substr(begin + snippet.text.size())).empty());
  });
}

std::vector<std::string> terms_of(std::string_view text) {
  return wanted_of(text).terms;
}

/// Whether a stretch's terms can be laid with wanted words and phrases of a field, end to end or
/// overlapping. A passage shorter than a phrase shows the phrase's beginning.
bool is_made_of_wanted(const Round& round, FieldId field, const std::vector<std::string>& terms) {
  std::vector<bool> is_covered(terms.size());
  for (const Wanted& wanted : round.wanted) {
    if (wanted.field.value_or(field) != field) continue;
    for (std::size_t at = 0; at < terms.size(); ++at) {
      const std::size_t length = std::min(wanted.terms.size(), terms.size() - at);
      if (length < wanted.terms.size() && round.limit > 100) continue;
      if (!std::equal(terms.begin() + static_cast<long>(at),
                      terms.begin() + static_cast<long>(at + length), wanted.terms.begin()))
        continue;
      std::fill_n(is_covered.begin() + static_cast<long>(at), length, true);
    }
  }
  return std::count(is_covered.begin(), is_covered.end(), false) == 0;
}

TEST(AnyHighlight, IsWholeWordsThatWereAskedFor) {
  for_each_round([](const Round& round) {
    for (const Snippet& snippet : round.snippets) {
      const std::string_view text = round.text_of(snippet.field);
      const std::size_t begin = begin_of(round, snippet);
      std::size_t last_end = 0;
      for (const Range& range : snippet.highlights) {
        EXPECT_GE(range.begin, last_end);
        EXPECT_LT(range.begin, range.end);
        EXPECT_LE(range.end, snippet.text.size());
        EXPECT_FALSE(is_inside_a_word(text, begin + range.begin));
        EXPECT_FALSE(is_inside_a_word(text, begin + range.end));
        const auto terms = terms_of(snippet.text.substr(range.begin, range.end - range.begin));
        EXPECT_TRUE(is_made_of_wanted(round, snippet.field, terms)) << shown(snippet);
        last_end = range.end;
      }
    }
  });
}

/// Where the words of a text stand that a question of single words asks for.
struct Found {
  std::size_t begin;
  std::size_t end;
  std::string term;
};

std::vector<Found> find_wanted(const Round& round, FieldId field) {
  std::vector<Found> found;
  Analyzer analyzer("english");
  analyzer.analyze(round.text_of(field), [&](const Token& token) {
    for (const Wanted& wanted : round.wanted)
      if (wanted.terms.size() == 1 && wanted.terms[0] == token.term() &&
          wanted.field.value_or(field) == field)
        found.push_back({token.begin, token.end, std::string(token.term())});
  });
  return found;
}

std::set<std::string> terms_shown(const Snippet& snippet) {
  std::set<std::string> shown;
  for (const Range& range : snippet.highlights)
    for (auto& term : terms_of(snippet.text.substr(range.begin, range.end - range.begin)))
      shown.insert(term);
  return shown;
}

TEST(AnyHighlight, CoversEachWantedWordThatThePassageShows) {
  for_each_passage([](const Round& round, const Snippet& snippet) {
    const bool is_fallback = snippet.highlights.empty();
    const std::size_t begin = begin_of(round, snippet);
    const std::size_t end = begin + snippet.text.size();
    for (const Found& found : find_wanted(round, snippet.field)) {
      if (found.begin < begin || found.end > end) continue;
      if (found.end - found.begin > round.limit) continue;
      EXPECT_FALSE(is_fallback) << snippet.text;
      const bool is_covered = std::any_of(
          snippet.highlights.begin(), snippet.highlights.end(), [&](const Range& range) {
            return begin + range.begin <= found.begin && found.end <= begin + range.end;
          });
      EXPECT_TRUE(is_covered) << shown(snippet);
    }
  });
}

TEST(AsManyPassagesAsWords, ShowNearlyAllThatTheArticleHasOfThem) {
  std::size_t had = 0;
  std::size_t seen = 0;
  for (unsigned seed = 0; seed < 2500; ++seed) {
    Round round = round_of(seed);
    if (round.limit < 30) continue;  // for words that fit
    round.snippets = snippets_of(round.article, round.wanted, round.limit, round.wanted.size());
    std::set<std::string> there;
    for (const FieldId field : {FieldId::lede, FieldId::body})
      for (const Found& found : find_wanted(round, field)) there.insert(found.term);
    std::set<std::string> shown;
    for (const Snippet& snippet : round.snippets) shown.merge(terms_shown(snippet));
    had += there.size();
    seen += static_cast<std::size_t>(std::ranges::count_if(
        there, [&](const std::string& term) { return shown.contains(term); }));
  }
  EXPECT_GT(had, 1000U);
  EXPECT_GE(static_cast<double>(seen), .95 * static_cast<double>(had));
}

/// Single words only: the passage has to be as good as the best window that brute force finds.
TEST(TheFirstPassage, WeighsAsMuchAsAnyWindow) {
  for_each_round([](const Round& given) {
    Round round = given;
    std::erase_if(round.wanted, [](const Wanted& wanted) { return wanted.terms.size() != 1; });
    for (Wanted& wanted : round.wanted) wanted.field.reset();
    const auto weight_of = [&](const std::set<std::string>& terms) {
      double weight = 0;
      for (const Wanted& wanted : round.wanted)
        if (terms.contains(wanted.terms[0])) weight += wanted.weight;
      return weight;
    };
    double best = 0;
    for (const FieldId field : {FieldId::lede, FieldId::body}) {
      const std::string_view text = round.text_of(field);
      const auto found = find_wanted(round, field);
      for (std::size_t i = 0; i < found.size(); ++i) {
        std::set<std::string> terms;
        for (std::size_t j = i; j < found.size(); ++j) {
          const auto window = text.substr(found[i].begin, found[j].end - found[i].begin);
          if (count_code_points(window) > round.limit) break;
          terms.insert(found[j].term);
        }
        best = std::max(best, weight_of(terms));
      }
    }
    for (const Snippet& snippet : snippets_of(round.article, round.wanted, round.limit))
      if (snippet.field != FieldId::title) {
        EXPECT_GE(weight_of(terms_shown(snippet)), best) << shown(snippet);
      }
  });
}

TEST(SeveralPassages, DoNotOverlapAndEachShowAHit) {
  for_each_round([](const Round& round) {
    std::vector<std::pair<FieldId, Range>> taken;
    for (const Snippet& snippet : round.snippets) {
      if (snippet.field == FieldId::title) continue;
      const std::size_t begin = begin_of(round, snippet);
      const Range range{begin, begin + snippet.text.size()};
      for (const auto& [field, other] : taken)
        EXPECT_TRUE(field != snippet.field || range.end <= other.begin || other.end <= range.begin);
      taken.emplace_back(snippet.field, range);
      EXPECT_TRUE(!snippet.highlights.empty() || taken.size() == 1) << shown(snippet);
    }
    EXPECT_LE(taken.size(), round.count);
    if (taken.size() > 1) {
      for (const Snippet& snippet : round.snippets) EXPECT_FALSE(snippet.highlights.empty());
    }
  });
}

TEST(Snippets, AreTheSameEachTime) {
  Analyzer analyzer("english");  // warm from other articles, as in a search
  for_each_round([&](const Round& round) {
    EXPECT_EQ(make_snippets(round.article, round.wanted, analyzer, {round.count, round.limit}),
              round.snippets);
  });
}

}  // namespace
}  // namespace lede
