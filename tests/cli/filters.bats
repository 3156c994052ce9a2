# Files that other programs read for lede-index: --filter, and PDF.

bats_require_minimum_version 1.5.0
load helpers

# parsed FIELD COMMAND...: that field of the articles that the command prints, one a line.
parsed() {
  local field=$1
  shift
  "$@" | jq -r ".$field"
}

# a_pdf TEXT: a PDF of one page with this line, without the table that readers can do without.
a_pdf() {
  local text="BT /F 12 Tf 72 720 Td ($1) Tj ET"
  printf '%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n'
  printf '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n'
  printf '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R '
  printf '/Resources << /Font << /F 5 0 R >> >> >>\nendobj\n'
  printf '4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n' "${#text}" "$text"
  printf '5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n'
  printf '6 0 obj\n<< /Title (Ferry raised) >>\nendobj\n'
  printf 'trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\n%%%%EOF\n'
}

@test "a filter's output is indexed in the place of its file" {
  printf 'yrref\n' >a.doc
  assert_status 0 "$LEDE_INDEX" --db idx --filter 'doc=rev {}' .
  [ "$("$LEDE_QUERY" --db idx --json ferry | jq -r '.hits[0].path')" = "$PWD/a.doc" ]
}

@test "a filter's output is told apart as any file" {
  printf 'x' >a.bin
  [ "$(parsed title "$LEDE_INDEX" parse --filter 'BIN=echo "{\"title\":\"One\"}"' .)" = One ]
  printf 'x' >b.json.bin
  rm a.bin
  [ "$(parsed format "$LEDE_INDEX" parse --filter '.bin=echo "{\"title\":\"One\"}"' .)" = json ]
}

@test "the later of two filters for one ending counts" {
  printf 'x' >a.doc
  [ "$(parsed body "$LEDE_INDEX" parse --filter 'doc=echo one' --filter 'doc=echo two' .)" = two ]
}

@test "a filter goes before what lede would do with a file" {
  printf '{"title":"One"}' >a.json
  [ "$(parsed body "$LEDE_INDEX" parse --filter 'json=echo filtered' .)" = filtered ]
}

@test "a file's name never runs anything" {
  mkdir in
  # shellcheck disable=SC2016  # they are names
  for name in '$(touch owned).doc' '`touch owned`.doc' ';touch owned;.doc' '-rf.doc' "'\".doc" 'a b.doc' \
    $'new\nline.doc' '&& touch owned #.doc' '{}$1.doc'; do
    printf 'ferry\n' >"in/$name"
  done
  [ "$(parsed body "$LEDE_INDEX" parse --filter 'doc=cat {}' in | sort | uniq -c)" = "      9 ferry" ]
  [ ! -e owned ]
}

@test "a filter that fails is a skip with its first complaint, and the rest goes in" {
  printf 'x' >a.doc
  printf 'Ferry\n\nIt sank.\n' >b.txt
  assert_status 1 "$LEDE_INDEX" --db idx --filter 'doc=echo no such luck >&2; echo more >&2; exit 3' .
  assert_output_has "a.doc: the filter for .doc failed with status 3: no such luck"
  assert_output_has "1 added"
}

@test "a filter that prints without end or takes all memory is a skip" {
  printf 'x' >a.doc
  assert_status 1 "$LEDE_INDEX" parse --filter 'doc=yes' .
  assert_output_has "the filter for .doc wrote more than 67108864 bytes"
  assert_status 1 "$LEDE_INDEX" parse --filter 'doc=tail /dev/zero' .
  assert_output_has "near its limit of 1024 MiB of memory"
}

@test "an interrupted run leaves none of a filter's processes behind" {
  printf 'x' >a.doc
  for command in "--db idx" parse; do
    : >pids
    # shellcheck disable=SC2086  # two words
    setsid "$LEDE_INDEX" $command --filter "doc=echo \$\$ >>$PWD/pids; sleep 60 & echo \$! >>$PWD/pids; wait" . &
    tool=$!
    for _ in $(seq 100); do [ "$(wc -l <pids)" -eq 2 ] && break || sleep 0.1; done
    [ "$(wc -l <pids)" -eq 2 ]
    kill -INT "$tool"
    local status=0
    wait "$tool" || status=$?
    [ "$status" -eq 130 ]
    for _ in $(seq 50); do
      alive=$(while read -r pid; do grep -qs 'State:.[^Z]' "/proc/$pid/status" && echo "$pid" || true; done <pids)
      [ -z "$alive" ] && break || sleep 0.1
    done
    [ -z "$alive" ]
  done
}

@test "a filter that cannot be understood is a usage error" {
  for filter in doc =cat doc= 'doc=cat "{}"' "doc=cat '{}'"; do
    assert_status 2 "$LEDE_INDEX" parse --filter "$filter" .
    assert_output_has "--filter"
  done
}

@test "a PDF is read through pdftotext" {
  command -v pdftotext || skip "poppler-utils is not installed"
  a_pdf "The ferry was raised on Friday." >a.pdf
  assert_status 0 "$LEDE_INDEX" --db idx a.pdf
  [ "$("$LEDE_QUERY" --db idx --json ferry | jq -r '.hits[0].title')" = "Ferry raised" ]
  cp a.pdf ./-v.pdf
  [ "$(parsed body "$LEDE_INDEX" parse -- -v.pdf)" = "The ferry was raised on Friday." ]
  [ "$(parsed body "$LEDE_INDEX" parse - <a.pdf)" = "The ferry was raised on Friday." ]
  [ "$(tail -n +1 a.pdf | "$LEDE_INDEX" parse - | jq -r .body)" = "The ferry was raised on Friday." ]
}

@test "without pdftotext a PDF is a skip that names the package" {
  a_pdf "The ferry was raised on Friday." >a.pdf
  mkdir bin
  run env PATH="$PWD/bin" "$LEDE_INDEX" parse a.pdf
  [ "$status" -eq 1 ]
  assert_output_has "pdftotext is not installed; package poppler-utils has it"
}

@test "a program of a PDF reader's name in the folder of the articles is not run" {
  printf '#!/bin/sh\ntouch owned\n' >pdftotext
  chmod +x pdftotext
  a_pdf "The ferry was raised on Friday." >a.pdf
  run env PATH=".::$PWD/none" "$LEDE_INDEX" parse a.pdf
  [ "$status" -eq 1 ]
  [ ! -e owned ]
}
