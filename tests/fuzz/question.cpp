// Any bytes as a question to a small index, with and without positions: an answer or an Error, no
// crash, no undefined behaviour, bounded time. What is understood is asked again as it was parsed.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "corpus/error.hpp"
#include "query/formats.hpp"
#include "query/search.hpp"
#include "tests/unit/query/tiny_index.hpp"

namespace {

std::vector<lede::Article> articles() {
  std::vector<lede::Article> made{
      lede::make_article("a", "Oil prices",
                         "OPEC met in Vienna to talk about crude oil and its price."),
      lede::make_article("b", "Vienna at night", "The opera, and the price of oil for its lamps."),
      lede::make_article("c", "Café 東京",
                         "L'économie, O'Brien and AT&T; 3.5 per cent of COVID-19 cases.")};
  made[1].authors = {"Ann Smith"};
  made[1].tags = {"energy", "opera"};
  made[2].language = "fr";
  return made;
}

lede::Answer ask(lede::Searcher& searcher, std::string text, lede::Match match) {
  lede::SearchRequest request;
  request.text = std::move(text);
  request.match = match;
  request.wants_exact_total = true;
  return searcher.search(request);
}

/// How the question was understood; nullopt when it was refused.
std::optional<std::string> ask_and_print(lede::Searcher& searcher, const std::string& text,
                                         lede::Match match) {
  try {
    const lede::Answer answer = ask(searcher, text, match);
    lede::format_json(answer);
    lede::format_text(answer, {true, true, 60});
    return answer.parsed;
  } catch (const lede::Error& error) {
    if (error.status() != lede::ExitStatus::usage) std::abort();  // nothing is wrong with the index
    return std::nullopt;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lede::TinyIndex with_positions(articles(), lede::Positions::all);
  static const lede::TinyIndex without(articles(), lede::Positions::none);
  static std::array searchers{lede::Searcher(with_positions.path()),
                              lede::Searcher(without.path())};
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (lede::Searcher& searcher : searchers)
    for (const lede::Match match : {lede::Match::automatic, lede::Match::any})
      if (const auto parsed = ask_and_print(searcher, text, match))
        ask_and_print(searcher, *parsed, match);
  return 0;
}
