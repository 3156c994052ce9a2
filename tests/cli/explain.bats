# --explain: how a score comes about.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

@test "the weights add up to the score" {
  for question in 'drought reservoir' '"drinking horn" port' 'title:strike pilots' 'café OR port'; do
    query --jsonl --explain -n 50 --match any "$question" >hits
    [ -s hits ]
    jq -e '(([.explain[].weight] | add) / .score - 1) | fabs < 1e-9' hits >/dev/null
  done
}

@test "the fields of a word are those it stands in, and their weights make its wdf" {
  query --jsonl --explain -n 20 harbour >hits
  jq -e '.explain[0] | .wdf == ([.fields[] | .count * (if .field == "title" then 3 else 1 end)] | add)' hits >/dev/null
  [ "$(jq -r '.explain[0].terms[0]' hits | sort -u)" = harbour ]
  [ "$(jq '.explain[0].articles' hits | sort -u)" = "$(query -c harbour)" ]
}

@test "text tells it below each hit" {
  run --separate-stderr query --explain -n 1 harbour
  [[ $output =~ [0-9]\.[0-9]{4}\ \ harbour:\ [0-9]+\ \(.*\),\ in\ [0-9]+\ articles ]]
  [[ ${lines[-1]} =~ [0-9]\.[0-9]{4}\ \ score$ ]]
}

@test "tables have no place for it" {
  run -2 query --explain --format csv harbour
  assert_output_has "--explain goes with text, json and jsonl only"
}
