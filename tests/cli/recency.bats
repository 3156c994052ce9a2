# --recency: scores that fade with the age of articles.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cat >"$BATS_FILE_TMPDIR/wire.jsonl" <<'END'
{"id":"old","text":"oil oil oil","source":"Harbour Wire","date":"2024-08-31T00:00:00Z"}
{"id":"month","text":"oil and gas","source":"Harbour Wire","date":"2025-08-01T12:00:00Z"}
{"id":"day","text":"oil and gas","source":"Coastal Post","date":"2025-08-30T12:00:00Z"}
{"id":"undated","text":"oil and gas"}
END
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$BATS_FILE_TMPDIR/wire.jsonl"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --now 2025-08-31T12:00:00Z "$@"; }
ids() { query --format ids "$@" | tr '\n' ' '; }

@test "what is new comes first, the sooner the shorter the half-life" {
  [ "$(ids oil)" = 'old month day undated ' ]
  [ "$(ids oil --recency 30d)" = 'day month undated old ' ]
  [ "$(ids oil --recency 2w -n 1)" = 'day ' ]
  [ "$(ids oil --recency 100y -n 1)" = 'old ' ]
}

@test "the score is halved for each half-life, and --explain shows by what it was multiplied" {
  plain=$(query --jsonl gas | jq -c 'select(.id == "month").score')
  query --jsonl --explain gas --recency 30d >hits
  jq -es "any(.id == \"month\" and (.score / $plain - 0.5 | fabs < 1e-9))" hits
  jq -es 'any(.id == "month" and .recency == 0.5)' hits
  jq -es 'all((([.explain[].weight] | add) * .recency / .score - 1) | fabs < 1e-9)' hits
  run query --explain gas --recency 30d
  assert_output_has ' × 0.5000  recency'
  [ "$(query --jsonl gas --recency 30d | jq -c 'has("recency")' | sort -u)" = false ]
}

@test "it goes with filters, collapsing, facets and pages" {
  [ "$(ids oil --recency 30d --until 2025-08-29)" = 'month old ' ]
  [ "$(ids oil --recency 30d --collapse source)" = 'day month undated ' ]
  [ "$(ids oil --recency 30d -n 1 --offset 1)" = 'month ' ]
  [ "$(query --json -n 1 oil --recency 30d --facet source | jq -c '[.total, .facets.source[0].count]')" = '[{"value":4,"exact":true},2]' ]
  [ "$(ids --where source=Wire --recency 30d)" = 'month old ' ]
}

@test "evaluation programs can tell very small scores apart" {
  query --format trec oil --recency 12h >run
  [ "$(awk '{print $3}' run | tr '\n' ' ')" = "$(sort -k5,5gr run | awk '{print $3}' | tr '\n' ' ')" ]
  [ "$(awk '$5 == 0' run | wc -l)" -eq 0 ]
}

@test "another order, or what is no length of time, is an error" {
  run -2 query oil --recency 30d --sort date
  assert_output_has "lede-query: --recency changes the order of relevance, and --sort asks for another one"
  for length in 30 d 0d 1.5d -1d 30x; do
    run -2 query oil --recency="$length"
    assert_output_has "lede-query: --recency: '$length' is not a length of time"
  done
}
