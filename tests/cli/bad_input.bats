bats_require_minimum_version 1.5.0
load helpers

@test "a missing path is named, and what can be read goes in" {
  assert_status 1 "$LEDE_INDEX" --db idx nowhere "$ARTICLES/text"
  assert_output_has "nowhere: no such file or directory"
  assert_output_has "22 added"
}

@test "an unreadable file is named" {
  printf 'Secret\n\nNot for everyone.\n' >secret.txt
  chmod 000 secret.txt
  if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$BATS_TEST_TMPDIR" "$BATS_RUN_TMPDIR" 2>/dev/null || true
    mkdir -m 777 out
    run setpriv --reuid 65534 --clear-groups "$LEDE_INDEX" --db "$PWD/out/idx" secret.txt
    if [[ $output == *"setpriv"* ]]; then skip "no permission to change the user"; fi
  else
    run "$LEDE_INDEX" --db idx secret.txt
  fi
  [ "$status" -eq 1 ]
  assert_output_has "secret.txt: "
  assert_output_has "permission denied"
}

@test "a folder without articles makes no index" {
  mkdir empty
  assert_status 1 "$LEDE_INDEX" --db idx empty
  assert_output_has "no article was found"
  [ ! -e idx ]
}

@test "no path at all is a usage error" {
  assert_status 2 "$LEDE_INDEX" --db idx
  assert_output_has "hint: "
}

@test "files that are no articles are named with what they are" {
  printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' >a.png
  printf '%%PDF-1.7\n\x01' >b.pdf
  : >c.txt
  assert_status 1 "$LEDE_INDEX" --db idx .
  assert_output_has "a.png: "
  assert_output_has "b.pdf: "
  assert_output_has "c.txt: "
}

@test "only the first skips are named unless --verbose asks for all" {
  for i in $(seq 15); do : >"$i.txt"; done
  assert_status 1 "$LEDE_INDEX" --db idx .
  assert_output_has "skipped 5 more; --verbose names them all"
  run "$LEDE_INDEX" --db idx -v .
  [ "$(grep -c 'skipped ' <<<"$output")" -eq 15 ]
}

@test "an empty query is a usage error" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  for query in "" " " "?!"; do
    assert_status 2 "$LEDE_QUERY" --db idx "$query"
    assert_output_has "lede-query: "
  done
  assert_status 2 "$LEDE_QUERY" --db idx
}

@test "no index is status 3 and says how to make one" {
  assert_status 3 "$LEDE_QUERY" --db nowhere pilots
  assert_output_has "there is no index at nowhere"
  assert_output_has "hint: create one with: lede-index"
  assert_status 3 "$LEDE_INDEX" status --db nowhere
}

@test "an index of another schema version is refused by both tools" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  xapian-metadata set idx lede.schema 999
  assert_status 3 "$LEDE_QUERY" --db idx pilots
  assert_output_has "schema version 999"
  assert_output_has "hint: "
  assert_status 3 "$LEDE_INDEX" --db idx "$ARTICLES"
  assert_output_has "schema version 999"
}

@test "a folder of other files is not taken for an index" {
  mkdir holiday && : >holiday/a.jpg
  assert_status 3 "$LEDE_INDEX" --db holiday "$ARTICLES"
  [ "$(ls holiday)" = a.jpg ]
}

@test "a damaged index is reported, not obeyed" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  head -c 100 /dev/zero >idx/build-1/iamglass
  run "$LEDE_QUERY" --db idx pilots
  [ "$status" -eq 6 ] || [ "$status" -eq 3 ]
  assert_output_has "lede-query: the index at idx "
}

@test "a full disk behind standard output is an error of both tools" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  for command in "$LEDE_QUERY --db idx pilots" "$LEDE_QUERY --db idx --json pilots" \
    "$LEDE_INDEX --db idx $ARTICLES" "$LEDE_INDEX parse $ARTICLES" "$LEDE_QUERY --help"; do
    run bash -c "$command >/dev/full"
    [ "$status" -eq 5 ] || { echo "$command: $status"; return 1; }
    assert_output_has "cannot write the results"
  done
}

@test "a closed standard output is an error, and never ends up in the index" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  run bash -c "'$LEDE_QUERY' --db idx pilots >&-"
  [ "$status" -eq 5 ]
  run bash -c "'$LEDE_INDEX' --db fresh '$ARTICLES' >&-"
  [ "$status" -eq 5 ]
  assert_status 0 "$LEDE_QUERY" --db fresh pilots
}

@test "a reader that stops early ends the tool quietly" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  run bash -c "'$LEDE_INDEX' parse '$ARTICLES' 2>err | head -1"
  [ ! -s err ]
}

@test "article text, file names and messages cannot act on a terminal" {
  local escape=$'\x1b'
  printf 'A title with %s[31m red\n\nBody %s]0;owned\x07 about pilots.\n' "$escape" "$escape" >"odd${escape}[2J.txt"
  printf '%s' '{"title":"t\u001b[5m","text":"pilots \u001b[31m\u202e \u009b1m","id":"x\u001b"}' >a.json
  printf '\0' >"bad${escape}[2J.bin"
  run "$LEDE_INDEX" --db idx .
  [[ $output != *"$escape"* ]]
  run "$LEDE_QUERY" --db idx --color never pilots
  [ "$status" -eq 0 ]
  [[ $output != *"$escape"* && $output != *$'\u202e'* && $output != *$'\u009b'* ]]
  run "$LEDE_QUERY" --db idx --json pilots
  [[ $output != *"$escape"* ]]
}

@test "pipes and devices are skipped and never waited for" {
  mkfifo pipe
  run timeout 10 "$LEDE_INDEX" --db idx pipe /dev/zero
  [ "$status" -eq 1 ]
  assert_output_has "pipe: a pipe, not a file"
  assert_output_has "/dev/zero: a device, not a file"
}

@test "a loop of links ends" {
  mkdir a && ln -s .. a/up && printf 'Found\n\nInside the loop.\n' >a/x.txt
  assert_status 0 timeout 10 "$LEDE_INDEX" --db idx .
  assert_output_has "1 added"
}

@test "a run that is killed leaves what was committed, and the next one goes on" {
  seq 20000 | sed 's/.*/{"id":"a&","title":"Article &","text":"& words about harbour number &"}/' >many.jsonl
  for pause in 0.05 0.2 0.6; do
    timeout -s KILL "$pause" "$LEDE_INDEX" -q --db idx --engine api many.jsonl || true
    [ ! -f idx/XAPIANDB ] || "$LEDE_QUERY" --db idx --zero-ok -q harbour
    timeout -s KILL "$pause" "$LEDE_INDEX" -q --db new many.jsonl || true
    [ ! -f new/XAPIANDB ] || "$LEDE_QUERY" --db new -q harbour
  done
  assert_status 0 "$LEDE_INDEX" --db new many.jsonl
  assert_output_has "holds 20,000 articles"
  assert_status 0 "$LEDE_INDEX" --db idx many.jsonl
  assert_output_has "holds 20,000 articles"
}

@test "a full disk is an error, and what was committed before it stays" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  seq 5000 | sed 's/.*/{"id":"a&","title":"Article &","text":"& words about harbour number &"}/' >many.jsonl
  run bash -c "ulimit -f 200; trap '' XFSZ; '$LEDE_INDEX' --db idx many.jsonl"
  [ "$status" -eq 5 ]
  assert_output_has "the index at idx cannot be used"
  assert_status 0 "$LEDE_QUERY" --db idx pilots
}

@test "an index with a table that ends too early is damaged" {
  "$LEDE_INDEX" -q --db cut "$ARTICLES"
  truncate -s 8192 cut/build-1/postlist.glass
  run -6 "$LEDE_QUERY" --db cut harbour
  assert_output_has "the index at cut is damaged: EOF reading block"
  assert_output_has "hint: index the articles again: lede-index --rebuild ARTICLES"
}
