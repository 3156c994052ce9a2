bats_require_minimum_version 1.5.0
load helpers

answer_of() {
  "$LEDE_QUERY" --db "$1" --json -n 50 "$2" | jq -c 'del(.took_ms, .index.uuid, .index.revision)'
}

@test "a rebuild holds the articles given now, under the settings given now" {
  "$LEDE_INDEX" -q --db idx --weight title=7 "$ARTICLES"
  assert_status 0 "$LEDE_INDEX" --db idx --rebuild --weight title=2 --language english "$ARTICLES/text"
  assert_output_has "22 added, 0 updated, 0 unchanged"
  [ "$("$LEDE_INDEX" status --db idx --json | jq -c '[.articles, .language, .weights.title]')" \
    = '[22,"english",2]' ]
  assert_status 0 "$LEDE_INDEX" -q --db idx --rebuild "$ARTICLES"
  [ "$("$LEDE_INDEX" status --db idx --json | jq -c '[.articles, .language, .weights.title]')" \
    = '[80,"auto",3]' ]
  assert_status 0 "$LEDE_INDEX" check --db idx
}

@test "a rebuild where there is no index makes one, with either engine" {
  assert_status 0 "$LEDE_INDEX" -q --db idx --rebuild "$ARTICLES"
  assert_status 0 "$LEDE_INDEX" -q --db api --rebuild --engine api "$ARTICLES"
  assert_status 0 "$LEDE_INDEX" -q --db api --rebuild --engine bulk "$ARTICLES"
  [ "$(answer_of idx pilots)" = "$(answer_of api pilots)" ]
}

@test "a rebuild that finds no article leaves the index" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  mkdir empty
  assert_status 1 "$LEDE_INDEX" --db idx --rebuild empty
  assert_status 0 "$LEDE_QUERY" --db idx pilots
}

@test "a rebuild that is interrupted leaves the index" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  before=$(answer_of idx pilots)
  start_writer --db idx --rebuild --json
  wait_until_locked idx
  kill -INT "$writer"
  end_writer || local ended=$?
  [ "$ended" -eq 130 ]
  grep -q "interrupted: the index is as it was" err
  [ "$(jq -c '[.added, .interrupted, .index.articles]' out)" = '[0,true,80]' ]
  [ "$(answer_of idx pilots)" = "$before" ]
  [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-1 lede.lock " ]
}

@test "a rebuild that meets a full disk leaves the index and nothing else" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  before=$(answer_of idx pilots)
  seq 5000 | sed 's/.*/{"id":"a&","title":"Article &","text":"& words about harbour number &"}/' >many.jsonl
  for engine in bulk api; do
    run bash -c "ulimit -f 100; trap '' XFSZ; '$LEDE_INDEX' --db idx --rebuild --engine $engine many.jsonl"
    [ "$status" -eq 5 ]
    [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-1 lede.lock " ]
    [ "$(answer_of idx pilots)" = "$before" ]
  done
}

@test "a rebuild that is killed leaves the old index or the new one, whole" {
  seq 4000 | sed 's/.*/{"id":"a&","title":"Article &","text":"& words about harbour number &"}/' >many.jsonl
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  for pause in 0.03 0.06 0.1 0.15 0.2 0.3 0.5; do
    timeout -s KILL "$pause" "$LEDE_INDEX" -q --db idx --rebuild many.jsonl || true
    articles=$("$LEDE_INDEX" status --db idx --json | jq .articles)
    [ "$articles" -eq 80 ] || [ "$articles" -eq 4000 ]
    assert_status 0 "$LEDE_QUERY" --db idx -q --match any pilots harbour
  done
  assert_status 0 "$LEDE_INDEX" -q --db idx --rebuild many.jsonl
  [ "$(ls idx | wc -l)" -eq 3 ]
  assert_status 0 "$LEDE_INDEX" check --db idx
}

@test "another writer waits for a rebuild" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  start_writer --db idx --rebuild
  wait_until_locked idx
  run xapian-metadata set idx any thing
  [ "$status" -ne 0 ]
  assert_status 4 "$LEDE_INDEX" --db idx "$ARTICLES"
  (sleep 1 && end_writer) &
  assert_status 0 "$LEDE_INDEX" -q --db idx --lock-wait 60 "$ARTICLES"
}

# Each answer while builds come and go is one of the two that the builds give, and none is an error.
@test "readers answer from the old build or the new one while they are switched" {
  "$LEDE_INDEX" -q --db small "$ARTICLES/text"
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  { answer_of small '"the pilots"'; answer_of idx '"the pilots"'; } | sort -u >allowed
  (while [ ! -e stop ]; do printf '"the pilots"\n'; sleep 0.005; done) |
    "$LEDE_QUERY" --db idx --json -n 50 --zero-ok --batch - >batch 2>batch.err &
  local batch=$!
  (while [ ! -e stop ]; do
    "$LEDE_QUERY" --db idx --json -n 50 '"the pilots"' || printf 'status %s\n' $? >>one.err
  done >one 2>>one.err) &
  local one=$!
  for _ in $(seq 12); do
    "$LEDE_INDEX" -q --db idx --rebuild "$ARTICLES/text"
    "$LEDE_INDEX" -q --db idx compact
    "$LEDE_INDEX" -q --db idx --rebuild "$ARTICLES"
    "$LEDE_INDEX" -q --db idx compact
  done
  : >stop
  wait "$batch" "$one"
  [ ! -s batch.err ]
  [ ! -s one.err ]
  for answers in batch one; do
    [ "$(wc -l <"$answers")" -gt 10 ]
    jq -c 'del(.took_ms, .query.id, .index.uuid, .index.revision)' "$answers" | sort -u >given
    [ -z "$(comm -23 given allowed)" ]
  done
}

@test "a database of an older lede, or of another program, is refused" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  mkdir plain && cp idx/build-1/* plain
  xapian-metadata set plain lede.schema 2
  assert_status 3 "$LEDE_INDEX" --db plain "$ARTICLES"
  assert_output_has "schema version 2"
  assert_output_has "hint: "
  for command in compact check; do
    assert_status 3 "$LEDE_INDEX" "$command" --db plain
    assert_output_has "schema version 2"
  done
  assert_status 3 "$LEDE_QUERY" --db plain pilots
}

@test "a stub that leads elsewhere is refused by both tools" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  mkdir evil
  for line in "glass ../idx/build-1" "glass $PWD/idx/build-1" "remote :touch owned" "auto build-1"; do
    printf '%s\n' "$line" >evil/XAPIANDB
    assert_status 3 "$LEDE_QUERY" --db evil pilots
    assert_status 3 "$LEDE_INDEX" --db evil "$ARTICLES"
    assert_status 3 "$LEDE_INDEX" check --db evil
    [ ! -e owned ]
  done
}
