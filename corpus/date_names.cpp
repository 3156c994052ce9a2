#include "corpus/date_names.hpp"

#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "corpus/date_scanner.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr std::size_t kShortestMonth = 3;  // letters
constexpr std::size_t kShortestWeekday = 2;

/// Names as folded_date_word leaves them. Of two languages that read a word differently, the first
/// one listed wins.
using Months = std::array<std::string_view, 12>;
constexpr auto kMonths = std::to_array<Months>({
    // English
    {"january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december"},
    // German, then its Austrian and other forms
    {"januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober",
     "november", "dezember"},
    {"janner", "feber", "maerz", "april", "mai", "juno", "julei", "august", "sept", "oktober",
     "november", "dezember"},
    // French
    {"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
     "octobre", "novembre", "decembre"},
    // Spanish
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre",
     "octubre", "noviembre", "diciembre"},
    // Italian
    {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
     "ottobre", "novembre", "dicembre"},
    // Portuguese
    {"janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro",
     "outubro", "novembro", "dezembro"},
    // Catalan
    {"gener", "febrer", "marc", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
     "novembre", "desembre"},
    // Dutch
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
     "oktober", "november", "december"},
    {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sept", "okt", "nov", "dec"},
    // Swedish
    {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
     "oktober", "november", "december"},
    // Danish and Norwegian
    {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
     "november", "desember"},
    // Finnish, then as a date inflects it
    {"tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesakuu", "heinakuu", "elokuu",
     "syyskuu", "lokakuu", "marraskuu", "joulukuu"},
    {"tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesakuuta",
     "heinakuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"},
    // Polish, then as a date inflects it
    {"styczen", "luty", "marzec", "kwiecien", "maj", "czerwiec", "lipiec", "sierpien", "wrzesien",
     "pazdziernik", "listopad", "grudzien"},
    {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "wrzesnia",
     "pazdziernika", "listopada", "grudnia"},
    // Czech, then as a date inflects it
    {"leden", "unor", "brezen", "duben", "kveten", "cerven", "cervenec", "srpen", "zari", "rijen",
     "listopad", "prosinec"},
    {"ledna", "unora", "brezna", "dubna", "kvetna", "cervna", "cervence", "srpna", "zari", "rijna",
     "listopadu", "prosince"},
    // Slovak as a date inflects it
    {"januara", "februara", "marca", "aprila", "maja", "juna", "jula", "augusta", "septembra",
     "oktobra", "novembra", "decembra"},
    // Romanian
    {"ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie",
     "octombrie", "noiembrie", "decembrie"},
    // Hungarian
    {"januar", "februar", "marcius", "aprilis", "majus", "junius", "julius", "augusztus",
     "szeptember", "oktober", "november", "december"},
    // Turkish
    {"ocak", "subat", "mart", "nisan", "mayıs", "haziran", "temmuz", "agustos", "eylul", "ekim",
     "kasım", "aralık"},
    // Greek, then as a date inflects it
    {"ιανουαριοσ", "φεβρουαριοσ", "μαρτιοσ", "απριλιοσ", "μαιοσ", "ιουνιοσ", "ιουλιοσ", "αυγουστοσ",
     "σεπτεμβριοσ", "οκτωβριοσ", "νοεμβριοσ", "δεκεμβριοσ"},
    {"ιανουαριου", "φεβρουαριου", "μαρτιου", "απριλιου", "μαιου", "ιουνιου", "ιουλιου", "αυγουστου",
     "σεπτεμβριου", "οκτωβριου", "νοεμβριου", "δεκεμβριου"},
    // Russian, then as a date inflects it
    {"январь", "февраль", "март", "апрель", "маи", "июнь", "июль", "август", "сентябрь", "октябрь",
     "ноябрь", "декабрь"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
     "октября", "ноября", "декабря"},
    // Ukrainian, then as a date inflects it
    {"січень", "лютии", "березень", "квітень", "травень", "червень", "липень", "серпень",
     "вересень", "жовтень", "листопад", "грудень"},
    {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
     "жовтня", "листопада", "грудня"},
});

using Weekdays = std::array<std::string_view, 7>;
constexpr auto kWeekdays = std::to_array<Weekdays>({
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
    {"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"},
    {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
    {"lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"},
    {"lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica"},
    {"segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"},
    {"dilluns", "dimarts", "dimecres", "dijous", "divendres", "dissabte", "diumenge"},
    {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
    {"mandag", "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag"},
    {"maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"},
    {"maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina",
     "sunnuntaina"},
    {"poniedzialek", "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela"},
    {"pondeli", "utery", "streda", "ctvrtek", "patek", "sobota", "nedele"},
    {"pondelok", "utorok", "streda", "stvrtok", "piatok", "sobota", "nedela"},
    {"luni", "marti", "miercuri", "joi", "vineri", "sambata", "duminica"},
    {"pazartesi", "salı", "carsamba", "persembe", "cuma", "cumartesi", "pazar"},
    {"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"},
    {"понеділок", "вівторок", "середа", "четвер", "пʼятниця", "субота", "неділя"},
    {"пн", "вт", "ср", "чт", "пт", "сб", "вс"},
    {"δευτερα", "τριτη", "τεταρτη", "πεμπτη", "παρασκευη", "σαββατο", "κυριακη"},
    {"tirsdag", "lørdag", "søndag", "feira", "sobote", "nedeli", "sonnabend"},
});

struct ZoneName {
  std::string_view name;
  NamedZone zone;
};
constexpr std::array kZones{
    ZoneName{"z", {0}},       ZoneName{"ut", {0}},          ZoneName{"utc", {0}},
    ZoneName{"gmt", {0}},     ZoneName{"wet", {0}},         ZoneName{"est", {-300}},
    ZoneName{"edt", {-240}},  ZoneName{"et", {-300, true}}, ZoneName{"cst", {-360}},
    ZoneName{"cdt", {-300}},  ZoneName{"ct", {-360, true}}, ZoneName{"mst", {-420}},
    ZoneName{"mdt", {-360}},  ZoneName{"mt", {-420, true}}, ZoneName{"pst", {-480}},
    ZoneName{"pdt", {-420}},  ZoneName{"pt", {-480, true}}, ZoneName{"akst", {-540}},
    ZoneName{"akdt", {-480}}, ZoneName{"hst", {-600}},      ZoneName{"ast", {-240}},
    ZoneName{"adt", {-180}},  ZoneName{"nst", {-210}},      ZoneName{"ndt", {-150}},
    ZoneName{"art", {-180}},  ZoneName{"brt", {-180}},      ZoneName{"bst", {60}},
    ZoneName{"west", {60}},   ZoneName{"cet", {60}},        ZoneName{"mez", {60}},
    ZoneName{"cest", {120}},  ZoneName{"mesz", {120}},      ZoneName{"met", {60}},
    ZoneName{"mest", {120}},  ZoneName{"eet", {120}},       ZoneName{"sast", {120}},
    ZoneName{"cat", {120}},   ZoneName{"wat", {60}},        ZoneName{"eest", {180}},
    ZoneName{"eat", {180}},   ZoneName{"msk", {180}},       ZoneName{"trt", {180}},
    ZoneName{"gst", {240}},   ZoneName{"pkt", {300}},       ZoneName{"ist", {330}},
    ZoneName{"npt", {345}},   ZoneName{"wib", {420}},       ZoneName{"ict", {420}},
    ZoneName{"hkt", {480}},   ZoneName{"sgt", {480}},       ZoneName{"pht", {480}},
    ZoneName{"awst", {480}},  ZoneName{"jst", {540}},       ZoneName{"kst", {540}},
    ZoneName{"acst", {570}},  ZoneName{"aest", {600}},      ZoneName{"acdt", {630}},
    ZoneName{"aedt", {660}},  ZoneName{"nzst", {720}},      ZoneName{"nzdt", {780}},
};

/// The place of the only name that begins with `word`; nullopt for none and for several.
template <std::size_t size>
std::optional<std::size_t> only_name_with(const std::array<std::string_view, size>& names,
                                          std::string_view word) {
  std::optional<std::size_t> found;
  for (std::size_t at = 0; at < size; ++at) {
    if (!names[at].starts_with(word)) continue;
    if (names[at].size() == word.size()) return at;
    if (found) return std::nullopt;
    found = at;
  }
  return found;
}

/// Chinese, Japanese and Korean write no spaces between words: their letters make none here.
bool is_european_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (c >= 0xC0 && c < 0x530) || (c >= 0x1E00 && c < 0x2000);
}

/// The last Sunday on or before a day.
std::chrono::sys_days sunday_before(std::chrono::sys_days day) {
  return day - (std::chrono::weekday{day} - std::chrono::Sunday);
}

}  // namespace

std::string folded_date_word(std::string_view word) {
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                           UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
  std::string folded;
  while (!word.empty()) {
    const CodePoint next = decode_code_point(word);
    std::array<utf8proc_int32_t, 18> parts{};  // no character has more of them
    const auto count =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(next.value), parts.data(),
                                static_cast<utf8proc_ssize_t>(parts.size()), kOptions, nullptr);
    for (utf8proc_ssize_t at = 0; at < count; ++at) {
      append_code_point(folded, static_cast<char32_t>(parts[static_cast<std::size_t>(at)]));
    }
    word.remove_prefix(next.length_bytes);
  }
  return folded;
}

std::string_view DateScanner::word() const {
  std::size_t length = 0;
  while (length < rest_.size()) {
    const CodePoint letter = decode_code_point(rest_.substr(length));
    if (!letter.is_valid || !is_european_letter(letter.value)) break;
    length += letter.length_bytes;
  }
  return rest_.substr(0, length);
}

std::string DateScanner::folded(std::string_view word) {
  return folded_date_word(word);
}

std::optional<int> month_named(std::string_view folded) {
  if (count_code_points(folded) < kShortestMonth) return std::nullopt;
  for (const Months& months : kMonths) {
    if (const auto place = only_name_with(months, folded)) return static_cast<int>(*place) + 1;
  }
  return std::nullopt;
}

bool is_weekday(std::string_view folded) {
  if (count_code_points(folded) < kShortestWeekday) return false;
  const auto begins_so = [&](std::string_view name) { return name.starts_with(folded); };
  return std::any_of(kWeekdays.begin(), kWeekdays.end(), [&](const Weekdays& names) {
    return std::any_of(names.begin(), names.end(), begins_so);
  });
}

std::optional<NamedZone> zone_named(std::string_view folded) {
  const auto found = std::find_if(kZones.begin(), kZones.end(),
                                  [&](const ZoneName& known) { return known.name == folded; });
  return found == kZones.end() ? std::nullopt : std::optional(found->zone);
}

bool is_american_summer(std::chrono::sys_days day) {
  using namespace std::chrono;
  const year year = year_month_day{day}.year();
  const auto sunday_until = [&](month month, unsigned last_day) {
    return sunday_before(sys_days{year / month / last_day});
  };
  // Energy Policy Act of 2005, section 110; before it 15 U.S.C. 260a.
  if (year >= std::chrono::year{2007}) {
    return day >= sunday_until(March, 14) && day < sunday_until(November, 7);
  }
  const auto begin =
      year >= std::chrono::year{1987} ? sunday_until(April, 7) : sunday_until(April, 30);
  return day >= begin && day < sunday_until(October, 31);
}

}  // namespace lede
