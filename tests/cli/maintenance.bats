# What lede-index does with an index that is there: export, remove, status.

bats_require_minimum_version 1.5.0
load helpers

@test "an export that is indexed gives the same export, whatever the engine" {
  for engine in bulk api; do
    "$LEDE_INDEX" -q --db "$engine" --engine "$engine" "$ARTICLES"
    "$LEDE_INDEX" export --db "$engine" >"$engine.jsonl"
    [ "$(wc -l <"$engine.jsonl")" -eq 80 ]
    "$LEDE_INDEX" -q --db "$engine.again" --engine "$engine" "$engine.jsonl"
    "$LEDE_INDEX" export --db "$engine.again" | cmp - "$engine.jsonl"
    "$LEDE_INDEX" export --db "$engine.again" | "$LEDE_INDEX" -q --db "$engine.piped" -
    "$LEDE_INDEX" export --db "$engine.piped" | cmp - "$engine.jsonl"
  done
  cmp bulk.jsonl api.jsonl
}

@test "an export does not depend on the order in which articles came" {
  "$LEDE_INDEX" -q --db one "$ARTICLES/text" "$ARTICLES/json"
  "$LEDE_INDEX" -q --db other "$ARTICLES/json"
  "$LEDE_INDEX" -q --db other "$ARTICLES/text"
  cmp <("$LEDE_INDEX" export --db one) <("$LEDE_INDEX" export --db other)
}

@test "an export keeps names of files that are not text, and articles apart whose names look alike" {
  mkdir odd
  printf 'One\n\nThe first.\n' >$'odd/caf\xe9.txt'
  printf 'Two\n\nThe second.\n' >$'odd/caf\xe8.txt'
  printf 'Three\n\nThe third.\n' >$'odd/new\nline.txt'
  "$LEDE_INDEX" -q --db idx odd
  "$LEDE_INDEX" export --db idx >export.jsonl
  "$LEDE_INDEX" -q --db again export.jsonl
  "$LEDE_INDEX" export --db again | cmp - export.jsonl
  assert_status 0 "$LEDE_QUERY" --db again --show "$PWD/"$'odd/caf\xe8.txt'
  assert_output_has "The second."
}

@test "an imported article says where it lay, and which file it was read from" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/json/wire.jsonl"
  "$LEDE_INDEX" export --db idx >export.jsonl
  "$LEDE_INDEX" -q --db again export.jsonl
  run -0 "$LEDE_QUERY" --db again --json --show "$(head -1 export.jsonl | jq -r .id)"
  [ "$(jq -r '.path, .container' <<<"$output")" = "$ARTICLES/json/wire.jsonl"$'\n'"$PWD/export.jsonl" ]
}

@test "an export is quiet when nobody reads on, and fails when it cannot be written" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  run --separate-stderr bash -c '"$1" export --db idx | head -1 | jq -r .lede_export' bash "$LEDE_INDEX"
  [ "$output" = 1 ]
  [ -z "$stderr" ]
  run bash -c '"$1" export --db idx >/dev/full' bash "$LEDE_INDEX"
  [ "$status" -eq 5 ]
  assert_output_has "cannot write the results"
  assert_status 3 "$LEDE_INDEX" export --db nowhere
}

@test "export and status take no path: what they tell of is not where they would be told to look" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/json"
  assert_status 2 "$LEDE_INDEX" export --db idx other
  assert_output_has "hint: the index is named with --db DIR"
  assert_status 2 "$LEDE_INDEX" status other --db idx
}

@test "an empty index has an empty export" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/json/wire.jsonl"
  "$LEDE_INDEX" export --db idx | jq -r .id | "$LEDE_INDEX" remove -q --db idx -
  assert_status 0 "$LEDE_INDEX" export --db idx
  [ -z "$output" ]
}

write_three() {
  for id in a b c; do printf '{"id":"%s","title":"Letter %s","text":"A harbour of %s."}\n' $id $id $id; done
}

@test "articles are removed by their ids, and the others stay" {
  write_three | "$LEDE_INDEX" -q --db idx -
  run -0 "$LEDE_INDEX" remove --db idx a c
  [ "${lines[0]}" = "2 articles removed" ]
  [ "${lines[1]}" = "the index at idx holds 1 article" ]
  [ "$("$LEDE_QUERY" --db idx --format ids harbour)" = b ]
}

@test "an id that no article has is named, and the others are removed" {
  write_three | "$LEDE_INDEX" -q --db idx -
  run --separate-stderr -1 "$LEDE_INDEX" remove --db idx --json a nobody a
  [ "$stderr" = "lede-index: no article has the id 'nobody'" ]
  [ "$(jq -c '[.version, .removed, .missing, .dry_run, .interrupted, .index.articles]' <<<"$output")" \
    = '[1,1,["nobody"],false,false,2]' ]
}

@test "ids come from standard input, line by line or as lede-query -0 prints them" {
  write_three | "$LEDE_INDEX" -q --db idx -
  "$LEDE_QUERY" --db idx --format ids title:b | "$LEDE_INDEX" remove -q --db idx -
  [ "$("$LEDE_QUERY" --db idx -c harbour)" = 2 ]
  "$LEDE_QUERY" --db idx -0 harbour | "$LEDE_INDEX" remove -q --db idx -0 -
  assert_status 1 "$LEDE_QUERY" --db idx -c harbour
}

@test "the name of a file cannot pass for ids of others" {
  printf 'Odd\n\nAn odd harbour.\n' >$'x\nb'
  write_three | "$LEDE_INDEX" -q --db idx -
  "$LEDE_INDEX" -q --db idx ./x*
  "$LEDE_QUERY" --db idx --format ids odd | "$LEDE_INDEX" remove -q --db idx - || true
  [ "$("$LEDE_QUERY" --db idx -c harbour)" = 4 ]
  "$LEDE_QUERY" --db idx -0 odd | "$LEDE_INDEX" remove -q --db idx -0 -
  [ "$("$LEDE_QUERY" --db idx --format ids harbour | sort | tr '\n' ' ')" = "a b c " ]
}

@test "a query removes what has all its words, and nothing where none has" {
  write_three | "$LEDE_INDEX" -q --db idx -
  assert_status 1 "$LEDE_INDEX" remove --db idx --query 'harbour zebra'
  assert_output_has "0 articles removed"
  assert_status 0 "$LEDE_INDEX" remove --db idx --query 'harbour -title:b'
  [ "$("$LEDE_QUERY" --db idx --format ids harbour)" = b ]
  assert_status 2 "$LEDE_INDEX" remove --db idx --query 'nofield:x'
  assert_output_has "nofield"
  [ "$("$LEDE_QUERY" --db idx -c harbour)" = 1 ]
}

@test "a query removes more articles than one answer of lede-query holds" {
  seq 20001 | sed 's/.*/{"id":"&","title":"harbour","text":"x"}/' | "$LEDE_INDEX" -q --db idx -
  run -0 "$LEDE_INDEX" remove --db idx --query harbour
  [ "${lines[0]}" = "20,001 articles removed" ]
}

@test "the articles of a folder or of a file are removed, those beside it are not" {
  mkdir -p news/2025 newsroom
  printf 'A\n\nA harbour.\n' >news/a.txt
  printf 'B\n\nA harbour.\n' >news/2025/b.txt
  printf 'C\n\nA harbour.\n' >newsroom/c.txt
  "$LEDE_INDEX" -q --db idx news newsroom
  run -0 "$LEDE_INDEX" remove --db idx --under news/2025/
  [ "${lines[0]}" = "1 article removed" ]
  assert_status 0 "$LEDE_INDEX" remove --db idx --under ./news
  [ "$("$LEDE_QUERY" --db idx --format ids harbour)" = "$PWD/newsroom/c.txt" ]
  assert_status 1 "$LEDE_INDEX" remove --db idx --under news
  assert_status 2 "$LEDE_INDEX" remove --db idx --under /
}

@test "a dry run says what would be removed and changes nothing" {
  write_three | "$LEDE_INDEX" -q --db idx -
  find idx -type f -exec sha256sum {} + | sort >before
  run -0 "$LEDE_INDEX" remove --db idx --dry-run --query harbour -v
  assert_output_has "3 articles would be removed"
  assert_output_has "would remove b"
  find idx -type f -exec sha256sum {} + | sort | diff before -
}

@test "remove wants to be told what, and makes no index" {
  assert_status 2 "$LEDE_INDEX" remove --db idx
  assert_status 2 "$LEDE_INDEX" remove --db idx a --under news
  assert_status 3 "$LEDE_INDEX" remove --db idx a
  [ ! -e idx ]
}

@test "remove respects another writer" {
  write_three | "$LEDE_INDEX" -q --db idx -
  (write_three && exec sleep 3) | "$LEDE_INDEX" -q --db idx - &
  local indexer=$!
  for _ in $(seq 50); do
    run "$LEDE_INDEX" remove --db idx nobody
    [ "$status" -eq 4 ] && break
    sleep 0.05
  done
  [ "$status" -eq 4 ]
  assert_output_has "another process is writing the index"
  assert_status 0 "$LEDE_INDEX" remove --db idx --lock-wait 60 a
  wait "$indexer"
}

@test "status says what the index holds and how it was made" {
  "$LEDE_INDEX" --db idx --weight title=5 "$ARTICLES"
  assert_golden status.txt "$LEDE_INDEX" status --db idx
  run -0 "$LEDE_INDEX" status --db idx --json
  [ "$(jq -c '[.version, .articles, .language, .weights.title, .schema, .first_date, .sources[0]]' <<<"$output")" \
    = '[1,80,"auto",5,4,"1987-03-12",{"value":"Coastal Wire","count":10}]' ]
  [ "$(jq '([.tables[]] | add) == .bytes and .tables.postlist > 0 and .words > 0' <<<"$output")" = true ]
}
