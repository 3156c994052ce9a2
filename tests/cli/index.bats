bats_require_minimum_version 1.5.0
load helpers

@test "indexing a folder reports what was done and says where the index lies" {
  assert_golden index-report.txt "$LEDE_INDEX" --db idx "$ARTICLES"
}

@test "the report is one JSON object with --json" {
  run --separate-stderr "$LEDE_INDEX" --db idx --json "$ARTICLES"
  [ "$status" -eq 0 ]
  [ "$(jq -c '[.version, .added, .updated, .unchanged, .files, .skipped, .interrupted, .index.articles]' <<<"$output")" \
    = '[1,80,0,0,53,[],false,80]' ]
}

@test "indexing the same folder again changes nothing, not a byte" {
  "$LEDE_INDEX" --db idx "$ARTICLES"
  find idx -type f -exec sha256sum {} + | sort >before
  run "$LEDE_INDEX" --db idx "$ARTICLES"
  [ "$status" -eq 0 ]
  assert_output_has "0 added, 0 updated, 80 unchanged"
  find idx -type f -exec sha256sum {} + | sort | diff before -
}

@test "an edited article is updated and its old words are gone" {
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >a.txt
  "$LEDE_INDEX" --db idx a.txt
  printf 'A quiet harbour\n\nNothing but walruses today.\n' >a.txt
  run "$LEDE_INDEX" --db idx a.txt
  assert_output_has "0 added, 1 updated"
  assert_status 0 "$LEDE_QUERY" --db idx walrus
  assert_status 1 "$LEDE_QUERY" --db idx --match all zebra
}

@test "of two articles of one id in a file the later is kept, and the run says so" {
  printf '{"id":"x","title":"One","text":"first"}\n{"id":"x","title":"Two","text":"second"}\n' >a.jsonl
  run "$LEDE_INDEX" --db idx a.jsonl
  assert_output_has "1 article gave way to another of the same id"
  run "$LEDE_INDEX" --db other -v a.jsonl
  assert_output_has "a.jsonl#1 has the id of $PWD/a.jsonl#2, which is kept: x"
  [ "$("$LEDE_QUERY" --db idx --json second | jq -r '.hits[0].title')" = Two ]
}

@test "a broken record is named with its line and the rest goes in" {
  printf '{"title":"One","text":"first"}\n{"title": broken\n{"title":"Three","text":"third"}\n' >a.jsonl
  run "$LEDE_INDEX" --db idx a.jsonl
  [ "$status" -eq 1 ]
  assert_output_has "a.jsonl, line 2: "
  assert_output_has "2 added"
}

@test "a minus reads JSON Lines from standard input" {
  printf '{"id":"p1","title":"Piped","text":"through a pipe"}\n' | "$LEDE_INDEX" --db idx -
  [ "$("$LEDE_QUERY" --db idx --json pipe | jq -r '.hits[0].id')" = p1 ]
}

@test "a path that begins with a minus goes after --" {
  printf 'Dashed\n\nA file with an odd name.\n' >-odd.txt
  assert_status 0 "$LEDE_INDEX" --db idx -- -odd.txt
}

@test "parse prints one article a line and touches no index" {
  run --separate-stderr "$LEDE_INDEX" parse --db idx "$ARTICLES"
  [ "$status" -eq 0 ]
  [ "$(jq -c .id <<<"$output" | wc -l)" -eq 80 ]
  [ ! -e idx ]
}

@test "parse tells where each value came from" {
  printf 'Title: Given\nAuthor: Vera Lind\nDate: 2025-08-29\n\nThe text.\n' >a.txt
  run --separate-stderr "$LEDE_INDEX" parse a.txt
  [ "$(jq -c '[.title, .authors, .date, .origins.title, .origins.id]' <<<"$output")" \
    = '["Given",["Vera Lind"],"2025-08-29","header","path"]' ]
}

@test "other weights or another language than the index has are refused" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  assert_status 3 "$LEDE_INDEX" --db idx --weight title=9 "$ARTICLES"
  assert_output_has "hint:"
  assert_status 3 "$LEDE_INDEX" --db idx --language german "$ARTICLES"
}

@test "an index without stemming finds words as they are written" {
  "$LEDE_INDEX" -q --db idx --language none "$ARTICLES"
  [ "$("$LEDE_QUERY" --db idx -c drought)" -gt 0 ]
  assert_status 1 "$LEDE_QUERY" --db idx --match all droughting
}

@test "an index of another language stems as that language does" {
  printf '{"title":"Die Zeitung","text":"Alle Zeitungen schreiben."}\n' >de.jsonl
  "$LEDE_INDEX" -q --db idx --language german de.jsonl
  assert_status 0 "$LEDE_QUERY" --db idx zeitungen
  assert_status 0 "$LEDE_QUERY" --db idx '"die zeitung"'
}

@test "the index lies where LEDE_DB says, else in the XDG data folder" {
  LEDE_DB=$PWD/here "$LEDE_INDEX" -q "$ARTICLES/text"
  [ -f here/XAPIANDB ]
  "$LEDE_INDEX" -q "$ARTICLES/text"
  [ -f data/lede/index/XAPIANDB ]
}

@test "quiet says nothing, and keeps its status" {
  assert_status 0 "$LEDE_INDEX" -q --db idx "$ARTICLES"
  [ -z "$output" ]
}

@test "the progress bar appears when asked for, on standard error, and is wiped" {
  run --separate-stderr "$LEDE_INDEX" --db idx --progress always "$ARTICLES"
  [[ $output != *$'\r'* ]]
  [[ $stderr == *"100 %"*" of "*"articles"* && $stderr == *$'\r\x1b[K' ]]
}

@test "without a terminal a long run says now and then how far it is, unless told not to" {
  mkfifo feed silent
  (write_many_articles 100; sleep 5.5; write_many_articles 200) | tee feed >silent &
  "$LEDE_INDEX" --db other --progress never - <silent 2>nothing &
  local silent=$!
  "$LEDE_INDEX" --db idx - <feed >out 2>err
  wait "$silent"
  ! grep -q "KB/s" nothing
  grep -qE '^lede-index: [0-9.]+ KB, [0-9.]+ KB/s, [0-9]+ articles?$' err
  [ "$(wc -l <err)" -le 3 ]
}

write_many_articles() {
  seq "$1" | sed 's/.*/{"id":"a&","title":"Article &","text":"& words about harbour number &"}/'
}

@test "an interruption keeps what was done and the next run goes on" {
  write_many_articles 3000 >many.jsonl
  mkfifo slow
  (cat many.jsonl; sleep 5) >slow &
  local writer=$!
  "$LEDE_INDEX" --db idx - <slow >out 2>err &
  local indexer=$!
  sleep 1
  kill -INT "$indexer"
  kill "$writer" 2>/dev/null || true
  local ended=0
  wait "$indexer" || ended=$?
  [ "$ended" -eq 130 ]
  grep -q "run the same command again to go on" err
  run "$LEDE_INDEX" --db idx many.jsonl
  [ "$status" -eq 0 ]
  assert_output_has "holds 3,000 articles"
}

@test "a second writer is told that the index is locked, or waits" {
  (write_many_articles 3000 && exec sleep 3) | "$LEDE_INDEX" -q --db idx - &
  local indexer=$!
  for _ in $(seq 50); do [ -f idx/lede.lock ] && break; sleep 0.1; done
  assert_status 4 "$LEDE_INDEX" --db idx "$ARTICLES"
  assert_output_has "another process is writing the index"
  assert_status 0 "$LEDE_INDEX" --db idx --lock-wait 60 "$ARTICLES"
  wait "$indexer"
  assert_output_has "80 added"
  assert_output_has "holds 3,080 articles"  # those of both
}
