#include "corpus/readers/mail/mime.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace lede {
namespace {

TEST(ParseMime, UnfoldsFields) {
  const MimePart part = parse_mime("Subject: one\r\n\ttwo\r\nnonsense\r\nX-Y:z\r\n\r\nbody\r\n");
  EXPECT_EQ(part.field("subject"), " one\ttwo");
  EXPECT_EQ(part.field("x-y"), "z");
  EXPECT_EQ(part.field("date"), "");
  EXPECT_EQ(part.body, "body\r\n");
}

TEST(DecodeMimeWords, DecodesEveryShape) {
  for (const auto& [value, expected] : std::vector<std::pair<std::string, std::string>>{
           {"plain", "plain"},
           {"=?utf-8?Q?caf=C3=A9_=3F?= x", "café ? x"},
           {"=?ISO-8859-1?b?Y2Fm6Q==?=", "café"},
           {"=?utf-8?Q?caf=C3?= \t=?utf-8?Q?=A9?=", "café"},
           {"=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?= b =?utf-8?Q?c?=", "aé b c"},
           {"=?utf-8*fr?Q?a?=", "a"},
           {"=?utf-8?X?a?= =?utf-8?Q?a", "=?utf-8?X?a?= =?utf-8?Q?a"},
           {"=?", "=?"}}) {
    EXPECT_EQ(decode_mime_words(value), expected) << value;
  }
}

TEST(ParseMimeType, ReadsParameters) {
  const MimeType type = parse_mime_type(
      " Text/HTML ; Charset = \"utf-8\"; boundary*0=\"a;\"; boundary*1=\"b\\\"c\"; "
      "name*=iso-8859-1'de'caf%E9; flag; =x");
  EXPECT_EQ(type.name, "text/html");
  EXPECT_EQ(type.parameter("charset"), "utf-8");
  EXPECT_EQ(type.parameter("boundary"), "a;b\"c");
  EXPECT_EQ(type.parameter("name"), "caf\xE9");
  EXPECT_EQ(type.parameter("flag"), "");
}

TEST(DecodeMimeBody, DecodesTransferEncodings) {
  EXPECT_EQ(decode_mime_body("caf=C3=A9 =\r\nx=20 \r\n=ZZ=\n", "Quoted-Printable"), "café x \n=ZZ");
  EXPECT_EQ(decode_mime_body("Y2Fm\r\nw6k=\r\n!", " base64 "), "café");
  EXPECT_EQ(decode_mime_body("a=3D", "8bit"), "a=3D");
}

TEST(ParseMailboxes, ReadsEveryShape) {
  const auto mailboxes = parse_mailboxes(
      "\"Writer, Ada \\\"A\\\"\" <ada@a.example>, bo@b.example (Bo (B.) Other), "
      "=?utf-8?Q?C=C3=A9?= "
      "<c@c.example>, d@d.example, Group: 'Eve' via List <e@e.example>;");
  ASSERT_EQ(mailboxes.size(), 5U);
  EXPECT_EQ(mailboxes[0].name, "Writer, Ada \"A\"");
  EXPECT_EQ(mailboxes[0].address, "ada@a.example");
  EXPECT_EQ(mailboxes[1].name, "Bo (B.) Other");
  EXPECT_EQ(mailboxes[1].address, "bo@b.example");
  EXPECT_EQ(mailboxes[2].name, "Cé");
  EXPECT_EQ(mailboxes[3].name, "");
  EXPECT_EQ(mailboxes[3].address, "d@d.example");
  EXPECT_EQ(mailboxes[4].name, "Eve");
}

TEST(SplitMultipart, FindsTheParts) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(split_multipart("pre\n--b\n1\n--bx\n--b \r\n2\r\n--b--\nafter\n--b\n3", "b"),
            (Parts{"1\n--bx\n", "2\r\n"}));
  EXPECT_EQ(split_multipart("--b\ncut off", "b"), Parts{"cut off"});
  EXPECT_EQ(split_multipart("none", "b"), Parts{});
}

}  // namespace
}  // namespace lede
