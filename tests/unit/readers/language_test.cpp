#include "corpus/readers/language.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

Article settled(std::string body, std::string said = {}) {
  Article article;
  article.body = std::move(body);
  article.language = std::move(said);
  if (!article.language.empty()) article.origin(Metadata::language) = Origin::meta;
  settle_language(article);
  return article;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

const std::string kGerman =
    "Die Bürgermeisterin der Hafenstadt hat am Montag angekündigt, dass die alte Brücke über den "
    "Fluss im kommenden Frühjahr erneuert wird. Bis dahin bleibt sie für schwere Lastwagen "
    "gesperrt, und die Fähre fährt von morgens bis abends. Viele Händler fürchten um ihr "
    "Geschäft. ";
const std::string kEnglish =
    "The mayor of the harbour town said on Monday that the old bridge over the river will be "
    "rebuilt next spring. Until then it stays closed to heavy lorries, and the ferry runs from "
    "morning to night. Many traders fear for their business. ";

TEST(SettleLanguage, ReadsItFromTheTextWhereTheArticleDoesNotSay) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {kGerman, "de"},
      {kEnglish, "en"},
      {"Le maire de la ville portuaire a annoncé lundi que le vieux pont serait reconstruit.",
       "fr"},
      {"La alcaldesa anunció el lunes que el viejo puente sobre el río será reconstruido.", "es"},
      {"Мэр портового города сообщил, что старый мост через реку перестроят весной.", "ru"},
      {"市長は月曜日、古い橋を来年の春に架け替えると発表した。", "ja"},
      {"市长星期一宣布，明年春天将重建河上的旧桥，在此之前禁止载重卡车通行。", "zh"},
      {"시장은 월요일에 강 위의 낡은 다리를 내년 봄에 다시 짓겠다고 밝혔다.", "ko"},
      {"นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานเก่าจะสร้างใหม่ในปีหน้า", "th"}};
  for (const auto& [text, code] : cases) {
    const Article article = settled(text);
    EXPECT_EQ(article.language, code);
    EXPECT_EQ(article.origin(Metadata::language), Origin::derived);
    EXPECT_TRUE(article.warnings.empty());
  }
}

TEST(SettleLanguage, TakesNoTextWithoutKanaForJapanese) {
  // The detector does: words on autumn leaves that both languages write alike.
  EXPECT_EQ(
      settled("迷惑，深深時期原木淺紅 山嵐 色彩現場勾勒，木製 視野，山嵐多種，格調造訪").language,
      "zh");
}

TEST(SettleLanguage, KeepsWhatTheArticleSaysAsACode) {
  const Article article = settled(kGerman, "de-AT");
  EXPECT_EQ(article.language, "de");
  EXPECT_EQ(article.origin(Metadata::language), Origin::meta);
  EXPECT_TRUE(article.warnings.empty());
}

TEST(SettleLanguage, BelievesAGoodDealOfTextMoreThanTheArticle) {
  const Article article = settled(kGerman + kGerman, "en-US");
  EXPECT_EQ(article.language, "de");
  EXPECT_EQ(article.origin(Metadata::language), Origin::derived);
  EXPECT_EQ(article.warnings,
            std::vector<std::string>{"it says its language is en, but its text is in de"});
}

TEST(SettleLanguage, BelievesTheArticleMoreThanALittleText) {
  EXPECT_EQ(settled("Die Brücke bleibt gesperrt.", "en").language, "en");
}

TEST(SettleLanguage, BelievesTheArticleAmongCloseRelatives) {
  const std::string danish = repeated(
      "Borgmesteren sagde mandag, at den gamle bro over åen skal bygges om til foråret, og at "
      "færgen sejler fra morgen til aften. ",
      5);
  EXPECT_EQ(settled(danish).language, "da");
  EXPECT_EQ(settled(danish, "nb").language, "no");
}

TEST(SettleLanguage, SaysNothingOfWhatItCannotTell) {
  for (const std::string text : {"OK", "42 17 2025", "?!", "", "XKCD 42 FKCC"}) {
    const Article article = settled(text);
    EXPECT_EQ(article.language, "") << text;
    EXPECT_EQ(article.origin(Metadata::language), Origin::none);
  }
  EXPECT_EQ(settled("text", "klingonese").language, "");
}

TEST(SettleLanguage, IsNotMisledByAQuotationInTheMiddle) {
  const std::string body = repeated(kGerman, 6) + repeated(kEnglish, 3) + repeated(kGerman, 6);
  EXPECT_EQ(settled(body).language, "de");
}

TEST(SettleLanguage, LooksAtTheTitleOfAShortArticleToo) {
  Article article;
  article.title = "Die alte Brücke über den Fluss wird im kommenden Frühjahr erneuert";
  article.body = "Mehr dazu um acht.";
  settle_language(article);
  EXPECT_EQ(article.language, "de");
}

TEST(SettleLanguage, TakesTextThatHasNoSpaces) {
  EXPECT_EQ(settled(repeated("市長は月曜日、古い橋を架け替えると発表した。", 500)).language, "ja");
  settled(std::string(100'000, 'a'));
  settled(repeated("\xEF\xBF\xBD", 50'000));
}

}  // namespace
}  // namespace lede
