# That the JSON of all suites is looked at (helpers.bash), and how.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

validate() { python3 -B "$SOURCE/tests/cli/recorder/validate.py" "$1" "$SOURCE/docs"; }

# recorded KIND: how many lines of it this suite has kept.
recorded() { cat "$BATS_FILE_TMPDIR/answers/$1".* | wc -l; }

@test "answers of every kind are kept, and valid" {
  printf 'a\tpilots\nb\tfoo:bar\nc\tzzyzx\n' >questions
  query --json -n 100 --snippets 5 --match any the pilots drought OR lang:fr OR lang:de | cat >kept
  query --json --batch questions | cat >>kept || true
  query --format jsonl -n 50 port | cat >hits
  query --jsonl --batch questions | cat >>hits || true
  id=$(query --jsonl -n 1 avalanche | jq -r .id)
  query --show "$id" --format=json | cat >article
  [ "$(recorded answer)" -eq "$(wc -l <kept)" ]
  [ "$(recorded hit)" -eq $(($(wc -l <hits) + 1)) ]
  [ "$(recorded article)" -eq 1 ]
  validate "$BATS_FILE_TMPDIR/answers"
}

@test "the recorder hands on what goes in, comes out, and how it ends" {
  [ "$(printf 'pilots\n' | query --batch - --json | jq -r .query.text)" = pilots ]
  run -1 query --match all --json zzyzx
  run -2 query --json 'foo:bar'
  run bash -c '"$1" --db "$2" --json --match any the >/dev/full' bash "$LEDE_QUERY" "$BATS_FILE_TMPDIR/idx"
  [ "$status" -eq 5 ]
}

@test "an answer that breaks the contract is found out" {
  mkdir answers
  query --json -n 2 pilots >good
  for break in 'del(.total)' '.surprise = 1' '.hits[0].rank = 0' '.hits[1].snippets[0].field = "nose"' \
    '.error = {message: "x", hint: ""}' '.hits[0].date = "yesterday"' 'del(.query.parsed)' \
    '{version, query, error: {message: "x", hint: ""}}' '.index.revision = -1'; do
    jq -c "$break" good >answers/answer.1
    run -1 validate answers
  done
  printf '{"version":1,\n' >answers/answer.1
  run -1 validate answers
  printf '{"version":1,' >answers/answer.1  # of a reader that went away
  run -0 validate answers
  jq -c '.hits[0]' good >answers/answer.1
  run -1 validate answers
  mv answers/answer.1 answers/hit.1
  run -0 validate answers
}
