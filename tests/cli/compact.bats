bats_require_minimum_version 1.5.0
load helpers

# An index with free blocks in it: most of its articles have been written twice.
make_loose_index() {
  seq 3000 | sed 's/.*/{"id":"a&","title":"Article &","text":"& words about harbour number &"}/' >one.jsonl
  sed 's/harbour/quay/' one.jsonl >two.jsonl
  "$LEDE_INDEX" -q --db idx one.jsonl
  "$LEDE_INDEX" -q --db idx two.jsonl
}

# What an index answers, without what says which build it was.
answer_of() {
  "$LEDE_QUERY" --db "$1" --json -n 50 "$2" | jq -c 'del(.took_ms, .index.uuid, .index.revision)'
}

@test "an index is made smaller, says so, and answers as before" {
  make_loose_index
  before=$(answer_of idx quay)
  run "$LEDE_INDEX" compact --db idx
  [ "$status" -eq 0 ]
  [[ $output =~ ^"the index at idx takes "[0-9.]+" "[KM]"B, "[0-9.]+" "[KM]"B before, and holds 3,000 articles"$ ]]
  [ "$(answer_of idx quay)" = "$before" ]
  [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-2 lede.lock " ]
  xapian-check idx/build-2 >/dev/null
  assert_status 0 "$LEDE_INDEX" check --db idx
  run "$LEDE_INDEX" --db idx two.jsonl
  assert_output_has "0 added, 0 updated, 3,000 unchanged"
}

@test "the report of a compaction is one JSON object with --json" {
  make_loose_index
  run --separate-stderr "$LEDE_INDEX" compact --db idx --json
  [ "$(jq -c '[.version, .path, .articles, .bytes_after < .bytes_before]' <<<"$output")" \
    = '[1,"idx",3000,true]' ]
}

@test "an index without articles can be compacted and checked" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text/001_9b1e07c4d25fa836.txt"
  xapian-metadata list idx >/dev/null
  assert_status 0 "$LEDE_INDEX" compact --db idx
  assert_status 0 "$LEDE_INDEX" compact -q --db idx
  [ -z "$output" ]
}

@test "compact and check want an index, and make none" {
  for command in compact check; do
    assert_status 3 "$LEDE_INDEX" "$command" --db nowhere
    assert_output_has "there is no index at nowhere"
    [ ! -e nowhere ]
  done
  mkdir photos && : >photos/a.jpg
  assert_status 3 "$LEDE_INDEX" compact --db photos
  [ "$(ls photos)" = a.jpg ]
}

@test "compact waits for a writer as long as it is told" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  start_writer --db idx
  wait_until_locked idx
  assert_status 4 "$LEDE_INDEX" compact --db idx
  (sleep 1 && end_writer) &
  assert_status 0 "$LEDE_INDEX" compact --db idx --lock-wait 60
}

@test "a compaction that meets a full disk leaves the index and nothing else" {
  make_loose_index
  before=$(answer_of idx quay)
  run bash -c "ulimit -f 100; trap '' XFSZ; '$LEDE_INDEX' compact --db idx"
  [ "$status" -eq 5 ]
  assert_output_has "the index at idx cannot be used"
  [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-1 lede.lock " ]
  [ "$(answer_of idx quay)" = "$before" ]
}

@test "a compaction that is killed leaves the index, and the next writer clears what it left" {
  make_loose_index
  before=$(answer_of idx quay)
  for pause in 0.01 0.02 0.04 0.08 0.12 0.2; do
    timeout -s KILL "$pause" "$LEDE_INDEX" compact -q --db idx || true
    [ "$(answer_of idx quay)" = "$before" ]
  done
  assert_status 0 "$LEDE_INDEX" compact -q --db idx
  [ "$(ls idx | wc -l)" -eq 3 ]
  assert_status 0 "$LEDE_INDEX" check --db idx
}

@test "a damaged index is not compacted" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  head -c 12000 /dev/zero | dd of=idx/build-1/docdata.glass bs=8192 seek=1 conv=notrunc status=none
  assert_status 6 "$LEDE_INDEX" compact --db idx
  [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-1 lede.lock " ]
}
