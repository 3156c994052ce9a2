# --sort: orders other than by relevance.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cat >"$BATS_FILE_TMPDIR/wire.jsonl" <<'END'
{"id":"a","title":"Oil rises","text":"oil","source":"Harbour Wire","date":"2025-07-31"}
{"id":"b","title":"an oil spill","text":"oil oil oil oil","source":"Coastal Post","date":"2026-01-02"}
{"id":"c","title":"Éclair and oil","text":"oil on a cake","date":"1987"}
{"id":"d","title":"Oil falls","text":"oil again and again","source":"Harbour Wire"}
END
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$BATS_FILE_TMPDIR/wire.jsonl"
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/all" "$ARTICLES"
}

ids() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --format ids "$@" | tr '\n' ' '; }

@test "by date, oldest or newest first, and undated articles last" {
  [ "$(ids oil --sort date)" = 'c a b d ' ]
  [ "$(ids oil --sort -date)" = 'b a c d ' ]
}

@test "by other fields, case and accents not counting, articles without a value last" {
  [ "$(ids oil --sort title)" = 'b c d a ' ]
  [ "$(ids oil --sort -title)" = 'a d c b ' ]
  [ "$(ids oil --sort source)" = 'b a d c ' ]
  [ "$(ids oil --sort -id)" = 'd c b a ' ]
}

@test "an order alone shows all articles" {
  [ "$(ids --sort -date -n 2)" = 'b a ' ]
  [ "$("$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --sort date -c)" = 4 ]
}

@test "pages neither repeat nor skip, whatever the order" {
  query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/all" --format ids "$@"; }
  for sort in relevance date -date title source section author path url language; do
    query --sort "$sort" --match any -n 1000 port election drought >whole
    : >pages
    for ((offset = 0; offset < $(wc -l <whole); offset += 13)); do
      query --sort "$sort" --match any -n 13 --offset "$offset" port election drought >>pages
    done
    diff whole pages
  done
}

@test "an order that is none is answered with those that are" {
  run -2 "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" oil --sort colour
  assert_output_has "lede-query: --sort: 'colour' is none of relevance, date, -date, title, source,"
}
