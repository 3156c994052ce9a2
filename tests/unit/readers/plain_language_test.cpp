#include "corpus/readers/plain_language.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

std::string_view language_of(std::string_view text) {
  return plain_language(std::vector{text});
}

TEST(PlainLanguage, IsToldByItsSmallWords) {
  EXPECT_EQ(language_of("The harbour was closed for the third day in a row, and most of the ships "
                        "that had been waiting outside it turned back to the south."),
            "english");
  EXPECT_EQ(language_of("Der Hafen war am dritten Tag in Folge geschlossen, und die meisten der "
                        "Schiffe, die vor ihm gewartet hatten, fuhren wieder nach Süden."),
            "german");
  EXPECT_EQ(language_of("Le port était fermé pour le troisième jour de suite, et la plupart des "
                        "navires qui attendaient au large sont repartis vers le sud."),
            "french");
  EXPECT_EQ(language_of("Порт был закрыт уже третий день, и почти все суда, которые ждали его "
                        "открытия, ушли на юг, так как это было для них лучше."),
            "russian");
}

TEST(PlainLanguage, IsNotToldWhereOthersHaveTheSameSmallWords) {
  const std::vector<std::string_view> doubtful{
      "",
      "Rates up",
      "1987 1988 1989 3.5 4.1 1.7",
      "OPEC OPEC OPEC oil oil barrels dlrs mln vs net shr loss profit rev avg shrs",
      "El port va estar tancat per tercer dia seguit i la majoria dels vaixells que esperaven a "
      "fora van girar cua cap al sud, segons que van dir els pilots de la ciutat.",
      "Port był zamknięty trzeci dzień z rzędu, a większość statków, które czekały na zewnątrz, "
      "zawróciła na południe, jak powiedzieli w poniedziałek piloci.",
      "Die hawe was vir die derde dag gesluit en die meeste van die skepe wat buite gewag het, "
      "het na die suide teruggedraai, het die loodse gesê.",
      "Limanul a fost închis a treia zi la rând, iar cele mai multe dintre navele care așteptau "
      "afară s-au întors spre sud, au spus piloții."};
  for (const std::string_view text : doubtful) {
    const std::string_view told = language_of(text);
    EXPECT_TRUE(told.empty() || told == "dutch") << told << ": " << text;
  }
}

TEST(PlainLanguage, IsNotToldByTheLettersOfFigures) {
  std::string table = "OPEN SETT";  // the L are Italian articles by themselves
  for (int i = 0; i < 20; ++i) table += "\nMAY7  6700L 6720L  6570L";
  EXPECT_EQ(language_of(table), "");
}

TEST(PlainLanguage, IsThatOfAllPartsTogether) {
  const std::string_view english = "The ships that had been waiting for it turned to the south";
  const std::string_view german = "Die Schiffe, die auf ihn gewartet hatten, fuhren in den Süden";
  EXPECT_EQ(plain_language(std::vector{english, german}), "");
  EXPECT_EQ(plain_language(std::vector{english, english, english, english, german}), "english");
}

TEST(PlainLanguage, IsNotMisledByAWordThatOutgrowsItsRoom) {
  const std::string word(100'000, 'a');
  EXPECT_EQ(language_of(word), "");
  EXPECT_EQ(language_of("xxxxxxxxthe xxxxxxxxof xxxxxxxxand xxxxxxxxthe xxxxxxxxof xxxxxxxxand"),
            "");
}

}  // namespace
}  // namespace lede
