# --similar: articles like another one.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }
strike=cw-20250815-014

@test "articles about the same are found, without the one itself" {
  query --similar "$strike" --jsonl -n 1000 >hits
  [ "$(jq -rs '.[0].title + .[0].snippets[0].text' hits | grep -ciE 'pilot|strike|port')" -ge 1 ]
  ! jq -r .id hits | grep -qxF "$strike"
  query --similar "$strike" --json | jq -e ".query | .similar_to == \"$strike\" and .match == \"any\" and .text == \"\""
}

@test "the question that it shows gives the same articles with the same scores" {
  query --similar "$strike" --json -n 5 >answer.json
  query --match any --jsonl -n 6 -- "$(jq -r .query.parsed answer.json)" | jq -c "select(.id != \"$strike\") | [.id, .score]" >again
  diff <(jq -c '.hits[] | [.id, .score]' answer.json) again
}

@test "it goes with filters, formats, pages, counts and explanations" {
  query --similar "$strike" --where section=Business --jsonl | jq -es 'length > 0 and all(.section == "Business")'
  query --similar "$strike" --format ids -n 9 >whole
  diff whole <(query --similar "$strike" --format ids -n 5; query --similar "$strike" --format ids -n 4 --offset 5)
  [ "$(query --similar "$strike" -c)" -eq "$(query --similar "$strike" --format ids -n 1000 | wc -l)" ]
  query --similar "$strike" --jsonl --explain | jq -es 'all(([.explain[].weight] | add) / .score - 1 | fabs < 1e-9)'
  query --similar "$strike" --recency 1y --collapse source --format csv | head -n 1 | grep -q '^rank,'
}

@test "an id that no article has ends with status 1, as with --show" {
  run -1 --separate-stderr query --similar nobody
  [ -z "$output" ]
  [ "$stderr" = "lede-query: no article has the id 'nobody'" ]
  query --similar nobody --zero-ok
  run -1 --separate-stderr query --similar nobody --json
  jq -e '.total == {"value": 0, "exact": true} and .hits == []' <<<"$output"
  run -1 --separate-stderr query --similar nobody -c
  [ "$output" = 0 ]
  run -1 --separate-stderr query --similar nobody -q
  [ -z "$stderr" ]
}

@test "words, batches and other articles to show do not go with it" {
  for other in oil '--batch=-' --show=x --open=x --fields; do
    run -2 query --similar "$strike" "$other"
  done
}
