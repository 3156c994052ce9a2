bats_require_minimum_version 1.5.0
load helpers

write_text() { printf '%s\n\nNothing but pilots today.\n' "$2" >"$1"; }

@test "archives in folders are indexed, and their members found where they lie" {
  mkdir -p in/week
  write_text in/week/one.txt "One"
  write_text in/week/two.txt "Two"
  tar -C in -czf in/week.tar.gz week
  gzip in/week/two.txt
  rm in/week/one.txt
  run "$LEDE_INDEX" --db idx in
  [ "$status" -eq 0 ]
  assert_output_has "3 added"
  [ "$("$LEDE_QUERY" --db idx --json pilots | jq -r '.hits[].id' | sed "s#$PWD/##" | sort)" = \
    "$(printf '%s\n' in/week.tar.gz!week/one.txt in/week.tar.gz!week/two.txt in/week/two.txt.gz)" ]
}

@test "an archive that has changed updates its articles" {
  write_text one.txt "One"
  write_text two.txt "Two"
  tar -cf week.tar one.txt two.txt
  "$LEDE_INDEX" -q --db idx week.tar
  write_text two.txt "Changed"
  tar -cf week.tar one.txt two.txt
  run "$LEDE_INDEX" --db idx week.tar
  assert_output_has "0 added, 1 updated, 1 unchanged"
}

@test "standard input may be packed" {
  printf '{"id":"p1","title":"Piped","text":"through a pipe"}\n' | gzip | "$LEDE_INDEX" -q --db idx -
  [ "$("$LEDE_QUERY" --db idx --json pipe | jq -r '.hits[0].id')" = p1 ]
}

@test "a broken member is named with its archive and the rest goes in" {
  write_text one.txt "One"
  printf 'a\0b' >odd.bin
  tar -cf week.tar odd.bin one.txt
  run "$LEDE_INDEX" --db idx week.tar
  [ "$status" -eq 1 ]
  assert_output_has "week.tar, odd.bin: a binary file"
  assert_output_has "1 added"
}

@test "a bomb is stopped and named, in little time and memory" {
  head -c 200M /dev/zero | tr '\0' 'a' | gzip >bomb.txt.gz
  run bash -c "ulimit -v 2000000; timeout 10 '$LEDE_INDEX' parse bomb.txt.gz"
  [ "$status" -eq 1 ]
  assert_output_has "bomb.txt.gz: the file unpacks to more than 100 times its size"
}

@test "every limit of unpacking is an option" {
  write_text a.txt "A title"
  gzip -k a.txt
  tar -cf two.tar a.txt a.txt.gz
  tar -cf deep.tar two.tar
  assert_status 1 "$LEDE_INDEX" parse --max-nesting 2 deep.tar
  assert_output_has "two.tar!a.txt.gz: it is packed more than 2 deep"
  assert_status 1 "$LEDE_INDEX" parse --max-member 20 two.tar
  assert_output_has "two.tar, a.txt: it is larger than 20 bytes"
  assert_status 1 "$LEDE_INDEX" parse --max-members 1 two.tar
  assert_output_has "the file has more than 1 members"
  assert_status 1 "$LEDE_INDEX" parse --max-total 20 a.txt.gz
  assert_output_has "the file unpacks to more than 20 bytes"
  head -c 2M /dev/zero | tr '\0' 'a' | gzip >b.txt.gz
  assert_status 0 "$LEDE_INDEX" parse --max-growth 10000 b.txt.gz
  assert_status 1 "$LEDE_INDEX" parse --max-growth 10000 --max-record 1M b.txt.gz
}

@test "a size that is none is a usage error" {
  for size in 0 -1 1X 1KB M 1.5G "" 99999999999999999999 9999999G; do
    assert_status 2 "$LEDE_INDEX" parse --max-member "$size" .
    assert_output_has "--max-member"
  done
}

@test "a member's name opens no file" {
  write_text secret.txt "Secret"
  ln -s secret.txt link.txt
  mkdir -p deep/er
  tar -C deep/er -cPf up.tar ../../secret.txt
  tar -cf link.tar link.txt
  rm secret.txt
  [ "$("$LEDE_INDEX" parse up.tar | jq -r '.title')" = Secret ]
  assert_status 0 "$LEDE_INDEX" parse link.tar
  [ -z "$output" ]
}

@test "text in UTF-16 and older encodings is read" {
  printf '{"title":"Größe","text":"Über die Brücke"}\n' | iconv -t UTF-16 >wide.jsonl
  printf 'Пожар в порту\n\nПожар на складе потушили только под утро, никто не пострадал.\n' |
    iconv -t KOI8-R >koi.txt
  run --separate-stderr "$LEDE_INDEX" parse wide.jsonl koi.txt
  [ "$(jq -r .title <<<"$output")" = "$(printf 'Größe\nПожар в порту')" ]
}
