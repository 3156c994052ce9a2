# --facet and --histogram: what is counted over all that is found.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cat >"$BATS_FILE_TMPDIR/wire.jsonl" <<'END'
{"id":"a","text":"oil","source":"Harbour Wire","section":"World","tags":["energy","gulf"],"authors":["Ann Smith"],"date":"2025-07-31","url":"https://www.wire.example/a"}
{"id":"b","text":"oil","source":"Harbour Wire","section":"Markets","tags":["energy"],"authors":["Ann Smith","Bo Ek"],"date":"2025-09-02T01:00:00+09:00","url":"https://wire.example/b"}
{"id":"c","text":"oil","source":"Coastal Post","section":"World","tags":["energy","energy"]}
{"id":"d","text":"opera","source":"Coastal Post","section":"Culture","date":"2025-09-02"}
END
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$BATS_FILE_TMPDIR/wire.jsonl"
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/all" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

# facet NAME OPTIONS...: its values and counts
facet() { query --json -n 0 --facet "$@" | jq -r ".facets.$1[] | \"\\(.value)=\\(.count)\"" | tr '\n' ' '; }

@test "in text a long time without articles is one line" {
  printf '{"id":"%s","text":"oil","date":"%s"}\n' a 1850-01 b 1850-03 c 2025-08 >gap.jsonl
  "$LEDE_INDEX" -q --db gap gap.jsonl
  run --separate-stderr "$LEDE_QUERY" --db gap -n 0 --histogram month oil
  [ "$output" = $'date\n  1850-01  1\n  1850-02  0\n  1850-03  1\n  …\n  2025-08  1' ]
  "$LEDE_QUERY" --db gap -n 0 --json --histogram month oil | jq -e '.histogram | length > 2000'
}

@test "a facet counts all that is found, the most frequent value first" {
  [ "$(facet source oil)" = 'Harbour Wire=2 Coastal Post=1 ' ]
  [ "$(facet section oil)" = 'World=2 Markets=1 ' ]
  [ "$(facet tag oil)" = 'energy=3 gulf=1 ' ]
  [ "$(facet author oil)" = 'Ann Smith=2 Bo Ek=1 ' ]
  [ "$(facet host oil)" = 'wire.example=2 ' ]
  [ "$(facet tag oil --facet-limit 1)" = 'energy=3 ' ]
}

@test "several facets are counted at once, and no question is needed" {
  [ "$(query --json -n 0 --facet source --facet section | jq -c '[.total.value, (.facets | keys_unsorted)]')" = '[4,["source","section"]]' ]
}

@test "a histogram has a bar for each period, empty ones too" {
  [ "$(query --json --histogram month oil | jq -c '[.histogram[] | [.start, .count]]')" = '[["2025-07",1],["2025-08",0],["2025-09",1]]' ]
  [ "$(query --json --histogram week | jq -c '[.histogram[] | .count]')" = '[1,0,0,0,0,2]' ]
}

@test "text shows counts behind the hits, and alone with -n 0" {
  run --separate-stderr query -n 0 --facet source --histogram year oil
  [ "$output" = $'source\n  Harbour Wire  2\n  Coastal Post  1\n\ndate\n  2025  2' ]
  run --separate-stderr query -n 1 --facet source oil
  [[ $output == ' 1  '*$'\n\nsource\n  Harbour Wire  2'* ]]
}

@test "a terminal gets bars" {
  command -v script || skip "script is not here"
  TERM=xterm script -qec "'$LEDE_QUERY' --db '$BATS_FILE_TMPDIR/idx' -n 0 --facet source oil" /dev/null </dev/null >out
  grep -q '█' out
}

@test "counts are those of the sample articles counted one by one" {
  all() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/all" --match any port election drought "$@"; }
  all --jsonl -n 10000 >hits
  for field in source section language; do
    diff <(all --json -n 0 --facet "$field" --facet-limit 1000 | jq -c ".facets.$field | map({(.value): .count}) | add // {}" | jq -S .) \
      <(jq -s "map(.$field | if . == \"\" and \"$field\" == \"language\" then \"und\" else . end | select(. != \"\")) | group_by(.) | map({(.[0]): length}) | add // {}" hits | jq -S .)
  done
  for pair in tag:tags author:authors; do
    diff <(all --json -n 0 --facet "${pair%:*}" --facet-limit 1000 | jq -c ".facets.${pair%:*} | map({(.value): .count}) | add // {}" | jq -S .) \
      <(jq -s "map(.${pair#*:} | unique[]) | group_by(.) | map({(.[0]): length}) | add // {}" hits | jq -S .)
  done
}

@test "other formats have no place for counts, and say so" {
  for format in csv tsv jsonl trec ids paths; do
    run -2 query --format "$format" --facet source oil
    assert_output_has "--facet and --histogram have no place beside anything but text and json"
  done
  run -2 query --count --histogram day oil
  run -2 query --facet colour oil
  assert_output_has "lede-query: --facet: 'colour' is none of source, section, author, tag, language, host"
}
