bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

first_title() { query --json "$@" | jq -r '.hits[0].title'; }

@test "an answer shows rank, title, place and the passage" {
  assert_golden query-text.txt query -n 3 harbour pilots strike
}

@test "colour marks the words on a terminal, and when asked to" {
  assert_golden query-color.txt query -n 1 --color always harbour pilots strike
}

@test "NO_COLOR switches automatic colour off" {
  NO_COLOR=1 run query -n 1 pilots
  [[ $output != *$'\x1b'* ]]
}

@test "an answer in JSON holds what the contract says" {
  assert_golden query-json.txt query -n 1 --json harbour pilots strike
}

@test "JSON is valid when nothing is found, and the status is 1" {
  run --separate-stderr query --json --match all zzyzx
  [ "$status" -eq 1 ]
  [ "$(jq -c '[.version, .total.value, .hits]' <<<"$output")" = '[1,0,[]]' ]
}

@test "nothing found is status 1, or 0 with --zero-ok" {
  assert_status 1 query --match all zzyzx
  assert_status 0 query --match all --zero-ok zzyzx
}

@test "JSON Lines is one hit a line" {
  run --separate-stderr query --jsonl -n 5 drought
  [ "$(jq -s length <<<"$output")" -eq 5 ]
}

@test "words meet whatever their case, accents and endings" {
  [ "$(query -c café)" = "$(query -c CAFES)" ]
  [ "$(query -c 'São Tomé')" = "$(query -c 'sao tome')" ]
  [ "$(query -c "O'Brien")" = "$(query -c 'O’Brien')" ]
}

@test "a title counts more than a body" {
  [[ $(first_title cheese) == *cheese* ]]
}

@test "a question that no article answers whole is relaxed, and says so" {
  run --separate-stderr query --json pilots zzyzx
  [ "$status" -eq 0 ]
  [ "$(jq .query.relaxed <<<"$output")" = true ]
  [[ $stderr == *"no article has all the words"* ]]
  assert_status 1 query --match all pilots zzyzx
}

@test "any finds more than all" {
  [ "$(query -c --match any 'drought reservoir bees')" -gt "$(query -c --match all 'drought reservoir')" ]
}

@test "a phrase keeps its words together" {
  [ "$(query -c '"drinking horn"')" -lt "$(query -c --match any 'drinking horn')" ]
}

@test "pages neither repeat nor skip" {
  query --jsonl --match any -n 100 port ships strike | jq -r .id >all
  for offset in 0 3 6 9; do query --jsonl --match any -n 3 --offset "$offset" port ships strike | jq -r .id; done >pages
  head -12 all | diff - pages
}

@test "ranks go on from page to page" {
  [ "$(query --jsonl --match any -n 1 --offset 4 port strike | jq .rank)" -eq 5 ]
}

@test "behind the last page there is nothing, and it says how much there is" {
  total=$(query -c port)
  run --separate-stderr query --offset "$total" port
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  [ "$stderr" = "lede-query: there are only $total articles" ]
  run --separate-stderr query --offset "$total" --format ids port
  [ -z "$stderr" ]
}

@test "highlights are character offsets of the words in the passage" {
  run --separate-stderr query --json -n 1 café owner
  jq -e '.hits[0].snippets[] | . as $s | .highlights[] | $s.text[.[0]:.[1]] | ascii_downcase
         | test("caf|owner")' <<<"$output"
}

@test "a passage is a piece of the article" {
  local id
  query --jsonl -n 10 --match any drought election strike | while read -r hit; do
    id=$(jq -r .id <<<"$hit")
    jq -c '.snippets[] | [.field, .text]' <<<"$hit" | while read -r snippet; do
      query --show "$id" --json | jq -e --argjson s "$snippet" '.[$s[0]] | contains($s[1])' >/dev/null
    done
  done
}

@test "--show prints an article by its id" {
  local id
  id=$(query --jsonl -n 1 avalanche | jq -r .id)
  assert_status 0 query --show "$id"
  assert_output_has "Four skiers dug out alive after avalanche above Brandalp"
  assert_status 1 query --show no-such-id
}

@test "--count prints the number of articles" {
  [ "$(query -c avalanche)" -ge 1 ]
  run query -c --match all zzyzx
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = 0 ]
}

@test "--quiet answers by its status alone" {
  assert_status 0 query -q avalanche
  [ -z "$output" ]
  assert_status 1 query -q --match all zzyzx
}

@test "a batch answers every question in order, with its id" {
  printf 'q1\tharbour pilots\nq2\tzzyzx\nq3\tavalanche\n' >questions
  run --separate-stderr query --batch questions --format trec -n 2
  [ "$status" -eq 0 ]
  [ "$(awk '{print $1}' <<<"$output" | uniq | tr '\n' ' ')" = 'q1 q3 ' ]
  awk 'NF != 6 || $2 != "Q0" || $6 != "lede" { exit 1 }' <<<"$output"
}

@test "the title's own words show which hit they are" {
  run --separate-stderr query --json -n 1 title:avalanche
  [ "$(jq -r '.hits[0].snippets[0].field' <<<"$output")" = title ]
}

@test "where no text matches, the beginning is shown" {
  run --separate-stderr query --json -n 1 lang:fr
  [ "$(jq -r '.hits[0].snippets | length' <<<"$output")" -eq 1 ]
  [ "$(jq -c '.hits[0].snippets[0].highlights' <<<"$output")" = '[]' ]
}

@test "a word in a field is found there only" {
  run --separate-stderr query --jsonl --match all title:strike
  jq -e '.title | test("strike"; "i")' <<<"$output"
}

@test "an old answer is not mixed with a new one while the index is written" {
  cp -r "$BATS_FILE_TMPDIR/idx" idx
  (for i in $(seq 20); do
    printf '{"id":"n%s","title":"Pilots","text":"pilots number %s"}\n' "$i" "$i" | "$LEDE_INDEX" -q --db idx -
  done) &
  local writer=$!
  for _ in $(seq 40); do
    "$LEDE_QUERY" --db idx --json -n 100 pilots | jq -e '(.hits | length) == .total.value' >/dev/null
  done
  wait "$writer"
}
