#include "corpus/readers/text/charset.hpp"

#include <iconv.h>
#include <random>

#include <gtest/gtest.h>

#include "corpus/unicode.hpp"

namespace lede {
namespace {

using namespace std::string_literals;

/// `utf8` in another encoding.
std::string encoded(std::string_view utf8, const char* encoding) {
  const iconv_t state = iconv_open(encoding, "UTF-8");
  std::string bytes(utf8.size() * 4 + 16, '\0');
  char* in = const_cast<char*>(utf8.data());
  char* out = bytes.data();
  std::size_t left = utf8.size();
  std::size_t room = bytes.size();
  EXPECT_EQ(iconv(state, &in, &left, &out, &room), 0U) << encoding;
  iconv(state, nullptr, nullptr, &out, &room);
  iconv_close(state);
  bytes.resize(bytes.size() - room);
  return bytes;
}

struct Sample {
  const char* text;
  std::vector<const char*> encodings;
};

const std::vector<Sample> kSamples{
    {"Die Fähren nach Brandalp fahren wieder. Der Sturm hatte die Hafenmauer beschädigt, doch die "
     "Taucher fanden keine größeren Risse. „Wir können nichts ausschließen“, sagte die Meisterin. "
     "Für die Bewohner der Inseln heißt das Aufatmen.",
     {"WINDOWS-1252"}},
    {"Le conseil a voté mardi la fermeture de l’école du vieux port, malgré l’opposition des "
     "parents d’élèves. « Nous avons été prévenus trop tard », a déploré la présidente. La rentrée "
     "se fera dans l’établissement voisin, où deux classes seront créées.",
     {"WINDOWS-1252"}},
    {"Hasiči v noci zasahovali u požáru skladu na předměstí, škoda přesáhla čtyři miliony korun. "
     "Příčinu vyšetřuje policie, která vyslýchá svědky. Starosta řekl, že město poskytne náhradní "
     "prostory. Silnice zůstala až do rána uzavřená a řidiči ji museli objíždět.",
     {"WINDOWS-1250", "ISO-8859-2"}},
    {"Городской совет утвердил план ремонта моста через реку, закрытого с прошлой осени. По словам "
     "инженеров, работы начнутся в апреле и продлятся не меньше полугода. Жители жалуются.",
     {"WINDOWS-1251", "KOI8-R", "ISO-8859-5", "IBM866"}},
    {"市議会は昨年の秋から通行止めになっている橋の改修計画を承認した。工事は四月に始まり、少なく"
     "とも半年はかかる見通しだ。対岸の住民は、通勤に一時間以上の遠回りを強いられている。",
     {"CP932", "EUC-JP", "ISO-2022-JP"}},
    {"市议会批准了大桥的维修计划，该桥自去年秋天以来一直关闭。工程师表示，工程将于四月开始，至少"
     "持续半年。对岸居民抱怨说，他们每天上班要多绕行一个多小时。",
     {"GB18030"}},
    {"市議會批准了大橋的維修計畫，該橋自去年秋天以來一直關閉。工程師表示，工程將於四月開始，至少"
     "持續半年。對岸居民抱怨說，他們每天上班要多繞行一個多小時。",
     {"BIG5"}},
    {"시의회는 지난가을부터 통행이 금지된 다리의 보수 계획을 승인했다. 공사는 사월에 시작되어 "
     "적어도 반년이 걸릴 전망이다. 주민들은 한 시간 넘게 돌아가야 한다고 호소하고 있다.",
     {"EUC-KR", "CP949"}},
};

TEST(DetectEncoding, KnowsWhatPeopleWriteIn) {
  for (const Sample& sample : kSamples) {
    for (const char* encoding : sample.encodings) {
      EXPECT_EQ(to_utf8(encoded(sample.text, encoding)), sample.text) << encoding;
    }
  }
}

TEST(DetectEncoding, TakesATextOfFewAccentsForWindows1252) {
  for (const char* text :
       {"It will cost £40 a day, the council said.", "“It’s over,” she said – and meant it.",
        "François Müller and José Peña of Malmö agreed with Søren Ågård.", "It was 40° and ½ full.",
        "L’école est fermée.", "Größe"}) {
    EXPECT_EQ(to_utf8(encoded(text, "WINDOWS-1252")), text);
  }
}

TEST(DetectEncoding, IsNotMisledByAFewBrokenBytes) {
  const std::string text = "Größere Brände in Österreich, Ärger über Züge. ";
  EXPECT_EQ(detect_encoding(text + "\xFF\xFE" + text), "UTF-8");
  EXPECT_EQ(detect_encoding("Größe \xC3"), "UTF-8");  // cut off
  EXPECT_EQ(detect_encoding(""), "UTF-8");
}

TEST(DetectEncoding, KnowsWideTextWithAndWithoutAMark) {
  for (const char* encoding : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
    const std::string bytes = encoded("A headline: Größe\n\nSome text.", encoding);
    EXPECT_EQ(detect_encoding(bytes), encoding);
    EXPECT_EQ(to_utf8(encoded("\xEF\xBB\xBF", encoding) + bytes),
              "A headline: Größe\n\nSome text.");
  }
}

TEST(ToUtf8, ReadsWideTextOfOddLength) {
  EXPECT_EQ(to_utf8("\xFF\xFE"s + encoded("abc", "UTF-16LE") + "d"), "abc\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8("\xFF\xFE"s), "");
}

TEST(ToUtf8, KeepsInStepBehindALoneSurrogate) {
  EXPECT_EQ(to_utf8("\xFF\xFE"s + "a\0"s + "\x00\xD8"s + "b\0c\0"s),
            "a\xEF\xBF\xBD"
            "bc");
}

TEST(ToUtf8, FollowsALabelAsTheWebDoes) {
  EXPECT_EQ(to_utf8("caf\xE9 \x93x\x94", "ISO-8859-1"), "café “x”");
  EXPECT_EQ(to_utf8("caf\xE9", " US-ASCII "), "café");
  EXPECT_EQ(to_utf8("\xB1\xB1", "gb2312"), "北");
  EXPECT_EQ(to_utf8("\x1B$B;T\x1B(B", "iso-2022-jp"), "市");
  EXPECT_EQ(to_utf8("\xF6", "koi8-r"), "Ж");
}

TEST(ToUtf8, BelievesBytesThatAreUtf8BeforeALabel) {
  EXPECT_EQ(to_utf8("Größe", "iso-8859-1"), "Größe");
  EXPECT_EQ(to_utf8("plain", "utf-16"), "plain");
  EXPECT_EQ(to_utf8("Größe\0x"s, "windows-1252"), "Größe\0x"s);
  EXPECT_EQ(to_utf8("Gr\xF6\xDF"
                    "e \xFC"
                    "ber",
                    "utf-8"),
            "Größe über");
  EXPECT_EQ(to_utf8("caf\xE9", "no-such-thing"), "café");
}

TEST(EncodingOf, KnowsLabelsInEverySpelling) {
  for (const char* label : {"latin2", "ISO_8859-2:1987", "iso88592", "L2", "csISOLatin2"}) {
    EXPECT_EQ(encoding_of(label), "ISO-8859-2") << label;
  }
  EXPECT_EQ(encoding_of("x-sjis"), "CP932");
  EXPECT_EQ(encoding_of("Big5"), "BIG5-HKSCS");
  EXPECT_EQ(encoding_of("ks_c_5601-1987"), "CP949");
  EXPECT_EQ(encoding_of("utf-16"), "UTF-16LE");
  EXPECT_EQ(encoding_of("x-mac-cyrillic"), "MAC-CYRILLIC");
  EXPECT_EQ(encoding_of("cp850"), "cp850");  // none of the web's, but mail has it
  EXPECT_EQ(encoding_of("utf-8//ignore"), "");
  EXPECT_EQ(encoding_of(""), "");
}

TEST(EncodingOf, GivesOnlyWhatCanBeConverted) {
  for (const char* label :
       {"utf8",    "latin1",      "ibm866", "latin3", "latin4",          "cyrillic",
        "arabic",  "greek",       "hebrew", "latin6", "iso-8859-13",     "iso-8859-14",
        "latin9",  "iso-8859-16", "koi8-u", "mac",    "x-mac-ukrainian", "tis-620",
        "cp1250",  "cp1251",      "cp1253", "latin5", "cp1255",          "cp1256",
        "cp1257",  "cp1258",      "gbk",    "euc-jp", "windows-31j",     "windows-949",
        "utf-16be"}) {
    EXPECT_EQ(to_utf8("\xFF\xFEx\0"s, label), "x") << label;  // a mark goes before
    EXPECT_FALSE(encoding_of(label).empty()) << label;
    EXPECT_TRUE(is_valid_utf8(to_utf8("a \xC4\xE4\xFF\x80 b", label))) << label;
  }
}

/// Gives its bytes in pieces of one to three.
class Crumbs final : public ByteSource {
 public:
  explicit Crumbs(std::string bytes) : bytes_(std::move(bytes)) {}

  std::size_t read(char* buffer, std::size_t) override {
    const std::size_t count = bytes_.copy(buffer, 1 + position_ % 3, position_);
    position_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

TEST(Utf8Of, ConvertsAStreamAsItConvertsAWhole) {
  for (const Sample& sample : kSamples) {
    for (const char* encoding : sample.encodings) {
      Input bytes(std::make_unique<Crumbs>(encoded(sample.text, encoding)));
      Input text(utf8_of(bytes, encoding));
      EXPECT_EQ(text.all(100'000), sample.text) << encoding;
    }
  }
}

TEST(Utf8Of, LeavesTheMarkOutAndEndsACutSequence) {
  Input bytes(std::make_unique<Crumbs>("\xFF\xFE"s + "a\0b"s));
  Input text(utf8_of(bytes, "UTF-16LE"));
  EXPECT_EQ(text.all(100), "a\xEF\xBF\xBD");
}

TEST(ToUtf8, GivesUtf8WhateverTheBytes) {
  std::mt19937 random(7);
  const std::vector<const char*> labels{"",          "utf-8",        "utf-16le",
                                        "shift_jis", "gb18030",      "iso-2022-jp",
                                        "big5",      "windows-1258", "euc-kr"};
  for (int round = 0; round < 1000; ++round) {
    std::string bytes(random() % 200, ' ');
    for (char& byte : bytes) byte = static_cast<char>(random() % 3 == 0 ? random() : 'a');
    EXPECT_TRUE(is_valid_utf8(to_utf8(bytes, labels[random() % labels.size()]))) << round;
  }
}

}  // namespace
}  // namespace lede
