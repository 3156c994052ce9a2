bats_require_minimum_version 1.5.0
load helpers

# Articles of more than 12 MB, and an index of few others: enough for a bulk build.
setup_file() {
  cd "$BATS_FILE_TMPDIR" || return 1
  local words
  words=$(seq -s ' ' -f 'harbour %g' 100)
  seq 9000 | sed "s/.*/{\"id\":\"a&\",\"title\":\"Article &\",\"text\":\"number& $words\"}/" >many.jsonl
}

build_of() { sed 's/glass //' "$1/XAPIANDB"; }

@test "a large addition leaves what a new index of all holds, in one build" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  cp -r idx api
  assert_status 0 "$LEDE_INDEX" --db idx "$BATS_FILE_TMPDIR/many.jsonl"
  assert_output_has "9,000 added, 0 updated, 0 unchanged, 0 skipped, from 1 file"
  assert_output_has "the index at idx holds 9,080 articles"
  [ "$(build_of idx)" = build-3 ]
  [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-3 lede.lock " ]
  "$LEDE_INDEX" -q --db api --engine api "$BATS_FILE_TMPDIR/many.jsonl"
  [ "$(build_of api)" = build-1 ]
  "$LEDE_INDEX" -q --db fresh "$ARTICLES" "$BATS_FILE_TMPDIR/many.jsonl"
  for index in api fresh; do
    cmp <("$LEDE_INDEX" export --db idx) <("$LEDE_INDEX" export --db "$index")
    for question in pilots '"harbour 7 harbour 8" number8999' 'title:article -harbour'; do
      [ "$("$LEDE_QUERY" --db idx --format ids "$question" | sort)" \
        = "$("$LEDE_QUERY" --db "$index" --format ids "$question" | sort)" ]
    done
  done
  assert_status 0 "$LEDE_INDEX" check --db idx
  run xapian-check idx/build-3
  [ "$status" -eq 0 ]
  assert_status 0 "$LEDE_INDEX" --db idx "$ARTICLES" "$BATS_FILE_TMPDIR/many.jsonl"
  assert_output_has "0 added, 0 updated, 9,080 unchanged"
}

@test "a dry run of a large addition writes nothing" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  assert_status 0 "$LEDE_INDEX" --db idx --dry-run "$BATS_FILE_TMPDIR/many.jsonl"
  assert_output_has "9,000"
  [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-1 lede.lock " ]
  [ "$("$LEDE_INDEX" status --db idx --json | jq .articles)" -eq 80 ]
}

@test "a large addition that meets a full disk leaves the index and nothing else" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  for kilobytes in 300 4000; do
    run bash -c "ulimit -f $kilobytes; trap '' XFSZ; '$LEDE_INDEX' --db idx '$BATS_FILE_TMPDIR/many.jsonl'"
    [ "$status" -eq 5 ]
    [ "$(ls idx | tr '\n' ' ')" = "XAPIANDB build-1 lede.lock " ]
    [ "$("$LEDE_INDEX" status --db idx --json | jq .articles)" -eq 80 ]
  done
  assert_status 0 "$LEDE_INDEX" -q --db idx "$BATS_FILE_TMPDIR/many.jsonl"
  assert_status 0 "$LEDE_INDEX" check --db idx
}

@test "a large addition that is killed leaves the old index or all of it, and is made up for" {
  "$LEDE_INDEX" -q --db start "$ARTICLES"
  for pause in 0.1 0.3 0.6 0.9 1.2 1.6 2; do
    rm -rf idx && cp -r start idx
    timeout -s KILL "$pause" "$LEDE_INDEX" -q --db idx "$BATS_FILE_TMPDIR/many.jsonl" || true
    articles=$("$LEDE_INDEX" status --db idx --json | jq .articles)
    [ "$articles" -eq 80 ] || [ "$articles" -eq 9080 ]
    assert_status 0 "$LEDE_QUERY" --db idx -q --match any pilots harbour
  done
  assert_status 0 "$LEDE_INDEX" -q --db idx "$BATS_FILE_TMPDIR/many.jsonl"
  [ "$("$LEDE_INDEX" status --db idx --json | jq .articles)" -eq 9080 ]
  [ "$(ls idx | wc -l)" -eq 3 ]
  assert_status 0 "$LEDE_INDEX" check --db idx
}

@test "a large addition that is interrupted keeps what was read" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  mkfifo slow
  "$LEDE_INDEX" --db idx --json - <slow >out 2>err &
  local indexer=$! ended=0
  exec 9>slow
  cat "$BATS_FILE_TMPDIR/many.jsonl" >&9
  kill -INT "$indexer"
  printf '{"id":"p","text":"A piped otter."}\n' >&9
  exec 9>&-
  wait "$indexer" || ended=$?
  [ "$ended" -eq 130 ]
  [ "$(build_of idx)" = build-3 ]
  [ "$(jq '.index.articles == .added + 80' out)" = true ]
  assert_status 0 "$LEDE_INDEX" check --db idx
}

@test "readers answer from the old build while a large addition is made" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  "$LEDE_INDEX" --db idx "$BATS_FILE_TMPDIR/many.jsonl" >out 2>&1 &
  local indexer=$!
  while kill -0 "$indexer" 2>/dev/null; do
    "$LEDE_QUERY" --db idx -q pilots || printf 'status %s\n' $? >>bad
  done
  wait "$indexer"
  [ ! -e bad ]
  "$LEDE_QUERY" --db idx -q number8999
}
