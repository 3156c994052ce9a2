# Every answer in JSON is what docs/answer.schema.json says.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

# assert_valid OPTIONS...: each document on standard input is what the schema says.
assert_valid() {
  local documents
  documents=$(cat)
  [ -n "$documents" ] || return 1
  run jq -r --slurpfile schema "$SOURCE/docs/answer.schema.json" -f "$BATS_TEST_DIRNAME/schema.jq" "$@" <<<"$documents"
  [ "$status" -eq 0 ] && [ -z "$output" ] || { printf '%s\n' "$output"; return 1; }
}

@test "answers are valid" {
  query --json 'drought OR election' -n 50 --snippets 3 | assert_valid
  query --json title:avalanche | assert_valid
  query --json --match all --zero-ok zzyzx | assert_valid
  query --json pilots zzyzx 2>/dev/null | assert_valid
  query --json -c drought | assert_valid
}

@test "answers in a batch are valid, and so are lines of JSON Lines" {
  printf 'q1\tdrought\nq2\tzzyzx\n' >questions
  query --batch questions --json | assert_valid
  query --batch questions --jsonl | assert_valid --arg at '#/$defs/hit'
  query --jsonl drought | assert_valid --arg at '#/$defs/hit'
}

@test "answers with chosen keys are valid, and others have every key" {
  query --json --select rank,title drought | assert_valid
  query --jsonl -n 1 drought | jq -e --slurpfile schema "$SOURCE/docs/answer.schema.json" \
    '$schema[0]."$defs".hit.properties | keys - ["query_id", "explain", "similar"] == ($hit | keys)' \
    --argjson hit "$(query --jsonl -n 1 drought)"
}

@test "answers with counts and explanations are valid" {
  query --json --facet source --facet section --facet author --facet tag --facet language --facet host \
    --histogram month drought | assert_valid
  query --json --histogram day --match all --zero-ok zzyzx | assert_valid
  query --json --explain -n 20 '"drinking horn" OR drought' | assert_valid
  query --jsonl --explain drought | assert_valid --arg at '#/$defs/hit'
}

@test "what is no answer is found out" {
  query --json -n 1 avalanche >answer
  for change in 'del(.query)' '.total.value = -1' '.hits[0].date = "yesterday"' '.more = 1' \
    '.hits[0].snippets[0].highlights = [[1]]' '.hits[0].authors = "Ann"' '.version = 2'; do
    jq "$change" answer >changed
    run jq -r --slurpfile schema "$SOURCE/docs/answer.schema.json" -f "$BATS_TEST_DIRNAME/schema.jq" changed
    [ "$status" -eq 0 ] && [ -n "$output" ]
  done
}
