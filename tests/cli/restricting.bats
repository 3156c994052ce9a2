# Options that let some articles through only: --where, --since, --until.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cat >"$BATS_FILE_TMPDIR/wire.jsonl" <<'END'
{"id":"a","title":"Oil rises","text":"oil in vienna","source":"Harbour Wire","date":"2025-07-31","section":"Markets"}
{"id":"b","title":"Oil falls","text":"oil again","source":"Harbour Wire","date":"2025-08-29","section":"World"}
{"id":"c","title":"Oil spill","text":"oil on a beach","source":"Coastal Post","date":"2026-01-02","section":"World"}
{"id":"d","title":"Opera","text":"no fuel in vienna","source":"Coastal Post"}
END
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$BATS_FILE_TMPDIR/wire.jsonl"
}

ids() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --format ids "$@" | sort | tr '\n' ' '; }

@test "--where lets through what has the value in the field, and all of several must hold" {
  [ "$(ids oil)" = 'a b c ' ]
  [ "$(ids oil --where source='Harbour Wire')" = 'a b ' ]
  [ "$(ids oil --where source='Harbour Wire' --where section=World)" = 'b ' ]
  [ "$(ids oil --where date=2025-08)" = 'b ' ]
  [ "$(ids --where id=c oil)" = 'c ' ]
}

@test "a filter weighs nothing, not even one of a field that is ranked" {
  score() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --jsonl "$@" | jq -c 'select(.id == "b").score'; }
  [ "$(score oil)" = "$(score oil --where title=falls)" ]
  [ "$(score oil)" != "$(score oil title:falls)" ]
}

@test "a filter holds for partial matches too" {
  [ "$(ids oil opera --where source='Coastal Post')" = 'c d ' ]
}

@test "filters alone are a question" {
  [ "$(ids --where source='Coastal Post')" = 'c d ' ]
  [ "$("$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --where section=World -c)" = 2 ]
}

@test "the question as it was understood has the filters, and gives the same answer" {
  parsed=$("$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --json 'vienna OR beach' --where section=World | jq -r .query.parsed)
  [ "$parsed" = '(vienna OR beach) AND section:"world"' ]
  [ "$(ids "$parsed")" = "$(ids 'vienna OR beach' --where section=World)" ]
}

@test "filters hold for every question of a batch" {
  printf 'oil\nvienna\n' >questions
  [ "$("$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --batch questions -c --where source='Coastal Post' | cut -f2 | tr '\n' ' ')" = '1 1 ' ]
}

@test "an error in a filter names its option" {
  run -2 "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" oil --since nonsense
  [[ ${lines[0]} == "lede-query: --since: "* ]]
  run -2 "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" oil --until 2025..2026
  [[ ${lines[0]} == "lede-query: --until: '2025..2026' is not a date" ]]
  run -2 "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" oil --where date=nonsense
  [[ ${lines[0]} == "lede-query: --where: "* ]]
  run -2 "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" oil --where colour=red
  [[ ${lines[0]} == "lede-query: --where: there is no field 'colour'"* ]]
}
