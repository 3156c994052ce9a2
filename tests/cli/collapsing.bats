# --collapse: one article for all that have the same value.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cat >"$BATS_FILE_TMPDIR/wire.jsonl" <<'END'
{"id":"a","title":"Oil rises","text":"oil oil","source":"Harbour Wire","date":"2025-07-31","url":"https://wire.example/a"}
{"id":"b","title":"An oil spill","text":"oil oil oil oil","source":"Coastal Post","date":"2025-07-31T22:00:00-05:00"}
{"id":"c","title":"Cakes","text":"oil on a cake","date":"1987"}
{"id":"d","title":"OIL RISES","text":"oil again and again and again","source":"harbour wire","url":"https://www.wire.example/d"}
{"id":"e","title":"Lamps","text":"oil for them, and not a word more of it than that","source":"Harbour Wire"}
{"id":"f","title":"Candles","text":"wax or oil, and who knows what else there is to burn"}
END
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$BATS_FILE_TMPDIR/wire.jsonl"
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/all" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

# similar FIELD OPTIONS...: the hits and how many others each stands for
similar() { query --jsonl oil --collapse "$@" | jq -r '"\(.id)=\(.similar)"' | tr '\n' ' '; }

@test "of each value the best is shown, and how many others there are" {
  [ "$(query --format ids oil | tr '\n' ' ')" = 'b a d c e f ' ]
  [ "$(similar source)" = 'b=0 a=2 c=0 f=0 ' ]
  [ "$(similar title)" = 'b=0 a=1 c=0 e=0 f=0 ' ]
  [ "$(similar host)" = 'b=0 a=1 c=0 e=0 f=0 ' ]
  [ "$(similar date)" = 'b=1 d=0 c=0 e=0 f=0 ' ]
  [ "$(similar none)" = 'b=0 a=0 d=0 c=0 e=0 f=0 ' ]
}

@test "versions and reprints of a report are one story" {
  flash='Harbour pilots call off their strike after a night of talks'
  report="$flash with the port, which had asked a court to end it. Tugs left for the roads at dawn, where forty ships lay."
  jq -cn --arg flash "$flash" --arg report "$report" '
    {id: "flash", title: $flash, date: "2025-08-15T05:10Z"},
    {id: "report", title: "Pilots end strike", text: $report, date: "2025-08-15T06:00Z"},
    {id: "update", title: "Pilots end strike", text: ($report + " The port said that it would take three days to clear them."), date: "2025-08-16"},
    {id: "other", title: "Pilots look back", text: "A year after the strike the harbour pilots and the port have a contract.", date: "2026-08-15"}' >pilots.jsonl
  "$LEDE_INDEX" -q --db pilots pilots.jsonl
  "$LEDE_QUERY" --db pilots --json --collapse story pilots >answer.json
  jq -e '.total == {"value": 4, "exact": true, "collapsed": 2} and ([.hits[].similar] | sort) == [0, 2]' answer.json
  run --separate-stderr "$LEDE_QUERY" --db pilots --collapse story pilots
  assert_output_has $'\n    and 2 more of this story'
}

@test "in another order the first is shown" {
  [ "$(similar source --sort -id)" = 'f=0 e=2 c=0 b=0 ' ]
}

@test "the total counts all, and says how many are not shown" {
  [ "$(query --json -n 1 oil --collapse source | jq -c .total)" = '{"value":6,"exact":true,"collapsed":2}' ]
  [ "$(query --json -n 1 oil | jq -c .total)" = '{"value":6,"exact":true}' ]
  [ "$(query -c oil --collapse source)" = 6 ]
  [ "$(query --json -n 0 --facet source oil --collapse source | jq '.facets.source[0].count')" = 2 ]
}

@test "text says so below the hit" {
  run --separate-stderr query oil --collapse source
  [[ $output == *$'\n    and 2 more from Harbour Wire\n'* ]]
  [ "$(grep -c 'more from' <<<"$output")" -eq 1 ]
  run --separate-stderr query oil
  [[ $output != *'more from'* ]]
}

@test "a table and a template have the number" {
  [ "$(query oil --collapse source --select id,similar --format tsv | tr '\n\t' ' =')" = 'id=similar b=0 a=2 c=0 f=0 ' ]
  [ "$(query oil --collapse source -n 1 --offset 1 --template '{id} {similar}')" = 'a 2' ]
}

@test "what stands in an article does not act on a terminal" {
  printf '{"id":"%s","text":"oil","source":"Evil\\u200f\\u202e Wire"}\n' x y >evil.jsonl
  "$LEDE_INDEX" -q --db evil evil.jsonl
  "$LEDE_QUERY" --db evil oil --collapse source >out
  grep -q 'and 1 more from Evil' out
  ! grep -q $'\u202e' out
}

@test "pages neither repeat nor skip, and add up to the total" {
  all() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/all" --match any port election drought "$@"; }
  for field in source section author host language date title; do
    all --jsonl --collapse "$field" -n 1000 | jq -c '[.id, .similar]' >whole
    : >pages
    for ((offset = 0; offset < $(wc -l <whole); offset += 7)); do
      all --jsonl --collapse "$field" -n 7 --offset "$offset" | jq -c '[.id, .similar]' >>pages
    done
    diff whole pages
    [ "$(jq -s 'map(1 + .[1]) | add' whole)" -eq "$(all -c)" ]
  done
}

@test "a batch and saved searches collapse too" {
  printf '1\toil\n2\tcake\n' >questions
  [ "$(query --batch questions --collapse source --jsonl | jq -r '"\(.query_id)\(.id)\(.similar)"' | tr '\n' ' ')" = '1b0 1a2 1c0 1f0 2c0 ' ]
  [ "$(query oil --new-since cron --collapse source --jsonl | wc -l)" -eq 4 ]
  run -1 query oil --new-since cron --collapse source
}

@test "what nothing can be collapsed by is an error" {
  run -2 query oil --collapse colour
  assert_output_has "lede-query: --collapse: 'colour' is none of story, source, section, author, host, language, date, title, none"
}
