#include "corpus/readers/packed/unpack.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <zlib.h>

#include <gtest/gtest.h>

#include "corpus/article.hpp"
#include "corpus/readers/read_articles.hpp"
#include "tests/unit/readers/packed/packing.hpp"

namespace lede {
namespace {

using namespace std::string_literals;

const std::string kText = "The ferry is back\n\nPilots took it across the sound at noon.\n";
const std::string kLines =
    "{\"title\":\"One\",\"text\":\"first\"}\n{\"title\":\"Two\",\"text\":\"second\"}\n";

class Unpacking : public testing::Test {
 protected:
  Unpacking() {
    std::string name = (std::filesystem::temp_directory_path() / "lede-unpack-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Unpacking() override { std::filesystem::remove_all(folder_); }

  /// What is read of a file, a line for each article and skip: where it lies and its title, or why.
  std::vector<std::string> read(const std::string& name, const std::string& bytes) {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    std::vector<std::string> lines;
    read_articles(path.string(), options_, [&](const ReadResult& result) {
      lines.push_back(line_of(result));
      return true;
    });
    return lines;
  }

  std::string line_of(const ReadResult& result) const {
    if (const auto* skipped = std::get_if<Skipped>(&result)) {
      return skipped->record + ": " + skipped->reason;
    }
    const auto& article = std::get<Article>(result);
    return location(article).substr(folder_.string().size() + 1) + " " + article.title;
  }

  std::filesystem::path folder_;
  ReadOptions options_;
};

using Lines = std::vector<std::string>;

TEST_F(Unpacking, ReadsEveryCompressionAsTheFileInside) {
  for (auto* filter :
       {archive_write_add_filter_gzip, archive_write_add_filter_bzip2, archive_write_add_filter_xz,
        archive_write_add_filter_zstd, archive_write_add_filter_lz4}) {
    EXPECT_EQ(read("a.jsonl.z", compressed(kLines, filter)),
              (Lines{"a.jsonl.z#1 One", "a.jsonl.z#2 Two"}));
  }
}

TEST_F(Unpacking, ReadsTheMembersOfEveryArchive) {
  const Members members{{"a.txt", kText}, {"news/b.jsonl", kLines}};
  for (auto* format : {archive_write_set_format_zip, archive_write_set_format_7zip,
                       archive_write_set_format_pax_restricted, archive_write_set_format_ustar,
                       archive_write_set_format_v7tar, archive_write_set_format_gnutar,
                       archive_write_set_format_cpio_newc, archive_write_set_format_cpio}) {
    EXPECT_EQ(read("week", archive_of(members, format)),
              (Lines{"week!a.txt The ferry is back", "week!news/b.jsonl#1 One",
                     "week!news/b.jsonl#2 Two"}));
  }
}

TEST_F(Unpacking, ReadsOnInTheNextMemberOfAGzipFile) {
  EXPECT_EQ(read("a.jsonl.gz", gzip_of(kLines) + gzip_of(kLines)).size(), 4U);
}

TEST_F(Unpacking, TellsAFormatByTheNameInside) {
  const std::string no_json = "not json";
  EXPECT_EQ(read("a.jsonl.gz", gzip_of(no_json)), read("a.jsonl", no_json));
  EXPECT_EQ(name_inside("a.html.GZ"), "a.html");
  EXPECT_EQ(name_inside("a.html"), "a.html");
  options_.format = "text";
  EXPECT_EQ(read("b.zip", zip_of({{"b.jsonl", "plain"}})), (Lines{"b.zip!b.jsonl plain"}));
}

TEST_F(Unpacking, NamesMembersOfArchivesInArchives) {
  const std::string inner = zip_of({{"a.txt", kText}});
  EXPECT_EQ(
      read("o.tar.gz", gzip_of(tar_of({{"in.zip", inner}, {"b.txt.gz", gzip_of(kText)}}))),
      (Lines{"o.tar.gz!in.zip!a.txt The ferry is back", "o.tar.gz!b.txt.gz The ferry is back"}));
}

TEST_F(Unpacking, Reads7zArchivesInsideOthers) {
  const std::string inner = archive_of({{"a.txt", kText}}, archive_write_set_format_7zip);
  EXPECT_EQ(read("o.tar", tar_of({{"in.7z", inner}})),
            (Lines{"o.tar!in.7z!a.txt The ferry is back"}));
  options_.limits.record_bytes = 64;
  EXPECT_EQ(read("o.tar", tar_of({{"in.7z", inner}})),
            (Lines{"in.7z: it is a 7z archive in another file and larger than 64 bytes"}));
}

TEST_F(Unpacking, ReadsAZipInsideAnotherFileFromItsFrontWhenItIsTooLargeToHold) {
  options_.limits.record_bytes = 64;
  const std::string inner = zip_of({{"a.jsonl", kLines}, {"b.jsonl", kLines}});
  EXPECT_EQ(read("o.tar", tar_of({{"in.zip", inner}})).size(), 4U);
}

TEST_F(Unpacking, PassesOverWhatLiesBesideArticles) {
  EXPECT_EQ(read("o.zip", zip_of({{"page_files/logo.PNG", "\x89PNG"},
                                  {"style.css", "p {}"},
                                  {".DS_Store", "x"},
                                  {"__MACOSX/._a.txt", "x"},
                                  {".git/config", "x"},
                                  {"./a.txt", kText},
                                  {"data.bin", "\0\1\2"s}})),
            (Lines{"o.zip!./a.txt The ferry is back",
                   "data.bin: a binary file; lede does not read binary files"}));
}

TEST_F(Unpacking, TakesNamesThatLeadOutOfTheArchiveForNames) {
  EXPECT_EQ(
      read("o.tar", tar_of({{"../../etc/passwd", kText}, {"/etc/shadow", kText}})),
      (Lines{"o.tar!../../etc/passwd The ferry is back", "o.tar!/etc/shadow The ferry is back"}));
}

TEST_F(Unpacking, ReadsRegularFilesAlone) {
  packing::Packer packer;
  archive_write_set_format_ustar(packer.writer);
  packer.open();
  packer.add("link.txt", "/etc/passwd", AE_IFLNK);
  packer.add("folder", "", AE_IFDIR);
  packer.add("pipe", "", AE_IFIFO);
  packer.add("device", "", AE_IFCHR);
  packer.add("a.txt", kText);
  EXPECT_EQ(read("o.tar", packer.take()), (Lines{"o.tar!a.txt The ferry is back"}));
}

TEST_F(Unpacking, KeepsNamesInWhateverEncoding) {
  EXPECT_EQ(read("o.zip", zip_of({{"Übersee/Čas.txt", kText}})),
            (Lines{"o.zip!Übersee/Čas.txt The ferry is back"}));
  std::string latin = archive_of({{"caf_.txt", kText}}, archive_write_set_format_cpio);
  latin.replace(latin.find("caf_"), 4, "caf\xE9");
  EXPECT_EQ(read("o.cpio", latin), (Lines{"o.cpio!café.txt The ferry is back"}));
}

TEST_F(Unpacking, NamesWhatIsEncrypted) {
  packing::Packer packer;
  archive_write_set_format_zip(packer.writer);
  archive_write_set_options(packer.writer, "zip:encryption=zipcrypt");
  archive_write_set_passphrase(packer.writer, "secret");
  packer.open();
  packer.add("a.txt", kText);
  packer.add("b.txt", kText);
  EXPECT_EQ(read("o.zip", packer.take()),
            (Lines{"a.txt: it is encrypted", "b.txt: it is encrypted"}));
}

/// `{"title":"record 1","text":"..."}`, ...
std::string numbered_records(int count) {
  std::string lines;
  for (int i = 1; i <= count; ++i)
    lines += "{\"title\":\"record " + std::to_string(i) + "\",\"text\":\"" +
             std::to_string(i * 7919) + "\"}\n";
  return lines;
}

TEST_F(Unpacking, KeepsWhatCameBeforeABreak) {
  const std::string tar = tar_of({{"a.txt", kText}, {"b.txt", std::string(3000, 'b')}});
  const auto lines = read("o.tar", tar.substr(0, tar.find("bbb") + 1000));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "o.tar!a.txt The ferry is back");
  EXPECT_TRUE(lines[1].starts_with("b.txt: the tar archive is broken: ")) << lines[1];

  const std::string records = numbered_records(20'000);
  const std::string gzip = gzip_of(records);
  const auto read_half = read("a.jsonl.gz", gzip.substr(0, gzip.size() / 2));
  EXPECT_GT(read_half.size(), 9000U);
  EXPECT_EQ(read_half.back(), ": the gzip file is broken: it is cut off");
}

TEST_F(Unpacking, ReadsTheWholeMembersOfABrokenGzipFile) {
  const std::string two = numbered_records(2);
  std::string broken = gzip_of(two);
  broken[broken.size() - 6] ^= 1;  // of the checksum
  const std::vector<std::pair<std::string, std::string>> cases{
      {gzip_of(two) + std::string(100, '\0') + gzip_of(two), ""},
      {gzip_of(two) + gzip_of(two).substr(0, 20), ": the gzip file is broken: it is cut off"},
      {gzip_of(two) + "more", ": the gzip file is broken: something else follows its end"},
      {broken, ": the gzip file is broken: incorrect data check"}};
  for (const auto& [bytes, end] : cases) {
    const auto lines = read("a.jsonl.gz", bytes);
    ASSERT_GE(lines.size(), 2U) << end;
    EXPECT_EQ(lines[1], "a.jsonl.gz#2 record 2");
    EXPECT_EQ(end.empty() ? end : lines.back(), end);
  }
}

TEST_F(Unpacking, TellsACutOffFileFromAnEmptyOne) {
  std::mt19937 random(1);
  std::string noise;
  for (int i = 0; i < 3000; ++i) noise += static_cast<char>('a' + static_cast<int>(random() % 26));
  const std::string packed = compressed(noise, archive_write_add_filter_bzip2);
  EXPECT_EQ(read("a.bz2", packed.substr(0, 900)),
            (Lines{": the bzip2 file is broken: it is cut off"}));
}

TEST_F(Unpacking, ReadsOnBehindAMemberWhoseChecksumIsWrong) {
  std::string zip = archive_of({{"a.txt", kText}, {"b.txt", kText}}, [](archive* writer) {
    archive_write_set_format_zip(writer);
    return archive_write_set_options(writer, "zip:compression=store");
  });
  zip[zip.find("ferry")] = 'F';
  const auto lines = read("o.zip", zip);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].starts_with("a.txt: the zip archive is broken: zip bad crc")) << lines[0];
  EXPECT_EQ(lines[1], "o.zip!b.txt The ferry is back");
}

TEST_F(Unpacking, NamesWhatIsEmpty) {
  EXPECT_EQ(read("a.gz", gzip_of("")), (Lines{": the file is empty"}));
  EXPECT_EQ(read("o.zip", zip_of({{"a.txt", ""}})), (Lines{"a.txt: the file is empty"}));
}

// ---- limits

TEST_F(Unpacking, StopsAtANestingThatIsTooDeep) {
  std::string bytes = zip_of({{"a.txt", kText}});
  for (const char* name : {"2.zip", "3.zip"}) bytes = zip_of({{name, bytes}});
  EXPECT_EQ(read("4.zip", bytes), (Lines{"4.zip!3.zip!2.zip!a.txt The ferry is back"}));
  EXPECT_EQ(read("5.zip", zip_of({{"4.zip", bytes}})),
            (Lines{"4.zip!3.zip!2.zip: it is packed more than 3 deep; --max-nesting allows more"}));
  options_.limits.nesting = 4;
  EXPECT_EQ(read("5.zip", zip_of({{"4.zip", bytes}})),
            (Lines{"5.zip!4.zip!3.zip!2.zip!a.txt The ferry is back"}));
}

TEST_F(Unpacking, CountsACompressedArchiveOnceAndCompressionInCompressionEachTime) {
  options_.limits.nesting = 1;
  EXPECT_EQ(read("o.tar.gz", gzip_of(tar_of({{"a.txt", kText}}))).front(),
            "o.tar.gz!a.txt The ferry is back");
  EXPECT_EQ(read("a.gz", gzip_of(gzip_of(kText))),
            (Lines{": it is packed more than 1 deep; --max-nesting allows more"}));
  options_.limits.nesting = 0;
  EXPECT_EQ(read("a.gz", gzip_of(kText)),
            (Lines{": it is packed more than 0 deep; --max-nesting allows more"}));
}

TEST_F(Unpacking, SkipsAMemberThatIsTooLargeAndReadsTheNext) {
  options_.limits.member_bytes = 1024;
  const Members members{{"a.txt", std::string(5000, 'a')}, {"b.txt", kText}};
  for (auto* format : {archive_write_set_format_zip, archive_write_set_format_7zip,
                       archive_write_set_format_pax_restricted}) {
    EXPECT_EQ(read("o", archive_of(members, format)),
              (Lines{"a.txt: it is larger than 1 KiB; --max-member allows more",
                     "o!b.txt The ferry is back"}));
  }
}

TEST_F(Unpacking, SkipsAMemberThatTurnsOutTooLarge) {
  options_.limits.member_bytes = 1024;
  const std::string zip = zip_of({{"a.txt", std::string(5000, 'a')}, {"b.txt", kText}});
  options_.limits.record_bytes = 64;  // it is read from its front, where no size stands
  EXPECT_EQ(read("o.tar", tar_of({{"in.zip", zip}})).front().substr(0, 40),
            "in.zip!a.txt: it is larger than 1 KiB; -");
}

TEST_F(Unpacking, DoesNotLimitTheContentOfACompressedFile) {
  options_.limits.member_bytes = 16;
  EXPECT_EQ(read("a.jsonl.gz", gzip_of(kLines)).size(), 2U);
}

TEST_F(Unpacking, StopsWithOneSkipWhenThereAreTooManyMembers) {
  Members members;
  for (int i = 0; i < 500; ++i) members.emplace_back("e" + std::to_string(i) + ".txt", kText);
  options_.limits.members = 100;
  const auto lines = read("o.zip", zip_of({{"in.zip", zip_of(members)}, {"b.txt", kText}}));
  ASSERT_EQ(lines.size(), 100U);  // the inner archive is a member, too
  EXPECT_EQ(lines.back(), "in.zip: the file has more than 100 members; --max-members allows more");
}

TEST_F(Unpacking, NamesNoMoreThanAThousandSkipsOfOneArchive) {
  Members members;
  for (int i = 0; i < 1500; ++i) members.emplace_back("e" + std::to_string(i) + ".txt", "");
  const auto lines = read("o.tar", tar_of(members));
  ASSERT_EQ(lines.size(), 1001U);
  EXPECT_EQ(lines.back(), ": 500 more of what is in it cannot be read");
}

TEST_F(Unpacking, StopsWhenTheWholeUnpacksToTooMuch) {
  options_.limits.total_bytes = 100;
  EXPECT_EQ(read("o.zip", zip_of({{"a.txt", kText}, {"b.txt", kText}, {"c.txt", kText}})),
            (Lines{"o.zip!a.txt The ferry is back",
                   "b.txt: the file unpacks to more than 100 bytes; --max-total allows more"}));
}

TEST_F(Unpacking, LetsNoFileGrowAHundredTimes) {
  const std::string bomb(std::size_t{8} << 20, 'a');
  const std::string reason =
      ": the file unpacks to more than 100 times its size; --max-growth allows more";
  for (auto* filter : {archive_write_add_filter_gzip, archive_write_add_filter_bzip2,
                       archive_write_add_filter_xz, archive_write_add_filter_zstd}) {
    EXPECT_EQ(read("a.txt.gz", compressed(bomb, filter)), Lines{reason});
  }
  EXPECT_EQ(read("o.zip", zip_of({{"a.txt", bomb}, {"b.txt", kText}})), Lines{"a.txt" + reason});
  EXPECT_EQ(read("o.zip", zip_of({{"a.png", bomb}, {"b.txt", kText}})).front().find("b.txt"), 6U);
  options_.limits.growth = 100'000;
  EXPECT_EQ(read("a.txt.gz", gzip_of(bomb)).size(), 1U);
}

TEST_F(Unpacking, CountsWhatASolidArchiveDecodesToPassOverAMember) {
  const std::string bomb(std::size_t{8} << 20, 'a');
  const std::string solid =
      archive_of({{"a.png", bomb}, {"b.txt", kText}}, archive_write_set_format_7zip);
  EXPECT_EQ(
      read("o.7z", solid),
      (Lines{": the file unpacks to more than 100 times its size; --max-growth allows more"}));
}

std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i));
  return text;
}

std::string raw_deflated(const std::string& text) {
  return packing::deflated(text, -MAX_WBITS);
}

/// What a zip says of a member in front of it and in its directory: deflate, sizes, the name's.
std::string zip_fields(const std::string& packed, const std::string& content) {
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
  return little_endian(20, 2) + little_endian(0, 2) + little_endian(8, 2) + little_endian(0, 4) +
         little_endian(sum, 4) + little_endian(packed.size(), 4) +
         little_endian(content.size(), 4) + little_endian(5, 2) + little_endian(0, 2);
}

/// Twenty members that share their bytes: each quotes the header of the next in a stored block of
/// its own deflate stream, which goes on as the next one's. 12 MiB come out of 2 KiB.
std::string overlapping_zip() {
  constexpr int kMembers = 20;
  std::string content(std::size_t{600} << 10, 'a');
  std::string packed = raw_deflated(content);
  std::string members;
  std::vector<std::pair<std::string, std::size_t>> entries;  // fields and bytes from the end
  for (int i = 0; i < kMembers; ++i) {
    const std::string name = {static_cast<char>('a' + i), '.', 't', 'x', 't'};
    const std::string fields = zip_fields(packed, content);
    const std::string header = "PK\3\4" + fields + name;
    members = header + packed;
    entries.emplace_back(fields + little_endian(0, 10), members.size());
    const auto size = header.size();
    packed = '\0' + little_endian(size, 2) + little_endian(~size, 2) + members;
    content = header + content;
  }
  std::string directory;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string name = {static_cast<char>('a' + i), '.', 't', 'x', 't'};
    directory += "PK\1\2" + little_endian(20, 2) + entries[i].first +
                 little_endian(members.size() - entries[i].second, 4) + name;
  }
  return members + directory + "PK\5\6" + little_endian(0, 4) + little_endian(kMembers, 2) +
         little_endian(kMembers, 2) + little_endian(directory.size(), 4) +
         little_endian(members.size(), 4) + little_endian(0, 2);
}

TEST_F(Unpacking, IsNotFooledByMembersThatOverlap) {
  const auto lines = read("o.zip", overlapping_zip());
  ASSERT_FALSE(lines.empty());
  EXPECT_NE(lines.back().find("100 times its size"), std::string::npos) << lines.back();
  EXPECT_LE(lines.size(), 3U);
}

TEST_F(Unpacking, IsNotFooledByASizeThatATarClaims) {
  std::string tar = tar_of({{"a.txt", kText}});
  tar.replace(124, 11, "77777777777");
  unsigned sum = 0;
  tar.replace(148, 8, "        ");
  for (std::size_t at = 0; at < 512; ++at) sum += static_cast<unsigned char>(tar[at]);
  char digits[8];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  tar.replace(148, 7, std::string(digits, 7));
  const auto lines = read("o.tar", tar);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "a.txt: it is larger than 256 MiB; --max-member allows more");
  EXPECT_TRUE(lines[1].starts_with(": the tar archive is broken: ")) << lines[1];
}

TEST_F(Unpacking, StopsWhenNoMoreIsWanted) {
  const std::filesystem::path path = folder_ / "o.zip";
  std::ofstream(path, std::ios::binary)
      << zip_of({{"a.jsonl", kLines}, {"b.txt", ""}, {"c.jsonl", kLines}});
  int count = 0;
  read_articles(path.string(), options_, [&](const ReadResult&) { return ++count < 2; });
  EXPECT_EQ(count, 2);
}

TEST_F(Unpacking, SurvivesArchivesThatAreCutOrBitten) {
  options_.limits.member_bytes = options_.limits.record_bytes = 1 << 16;
  const Members members{{"a.txt", kText}, {"b.jsonl", kLines}};
  for (const std::string& whole :
       {zip_of(members), tar_of(members), archive_of(members, archive_write_set_format_7zip),
        gzip_of(tar_of(members)), compressed(kLines, archive_write_add_filter_xz)}) {
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 60) {
      std::string bitten = whole;
      bitten[at] = static_cast<char>(bitten[at] ^ 0x55);
      EXPECT_LE(read("o", bitten).size(), 6U) << at;
      EXPECT_LE(read("o", whole.substr(0, at)).size(), 6U) << at;
    }
  }
}

// ---- detection

const char* packing_of(std::string_view head) {
  const Packing* packing = detect_packing(head);
  return packing == nullptr ? "none" : packing->name.data();
}

TEST(DetectPacking, TakesNoTextForPacked) {
  EXPECT_STREQ(packing_of("BZhang Wei said on Monday"), "none");
  EXPECT_STREQ(packing_of("070707 is a number of " + std::string(100, 'x')), "none");
  EXPECT_STREQ(packing_of("PK is short for penalty kick"), "none");
  EXPECT_STREQ(packing_of(std::string(1000, ' ')), "none");
  EXPECT_STREQ(packing_of(std::string(1000, '\0')), "none");
  EXPECT_STREQ(packing_of(""), "none");
}

TEST(DetectPacking, KnowsAnEmptyZip) {
  EXPECT_STREQ(packing_of("PK\5\6"s + std::string(18, '\0')), "zip archive");
}

TEST(SizeText, IsExact) {
  EXPECT_EQ(size_text(1), "1 bytes");
  EXPECT_EQ(size_text(1024), "1 KiB");
  EXPECT_EQ(size_text(1025), "1025 bytes");
  EXPECT_EQ(size_text(std::uint64_t{64} << 30), "64 GiB");
}

}  // namespace
}  // namespace lede
