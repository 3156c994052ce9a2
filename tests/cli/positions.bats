bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cd "$BATS_FILE_TMPDIR" || return 1
  for engine in bulk api; do
    "$LEDE_INDEX" -q --db "all-$engine" --engine "$engine" "$ARTICLES"
    "$LEDE_INDEX" -q --db "none-$engine" --engine "$engine" --positions none "$ARTICLES"
  done
}

index() { printf '%s' "$BATS_FILE_TMPDIR/$1"; }

# Phrases in quotes, in fields, of one typed word, of a script without spaces; alone and beside others.
write_questions() {
  cat >questions <<'QUESTIONS'
"drinking horn"
"the harbour"
"of the"
"in the"
"pilots strike"
"harbour pilots"
"no such phrase"
"to be or not to be"
covid-19
well-known
state-of-the-art
title:"after avalanche"
title:"in the"
author:"vera lind"
source:"coastal wire"
tag:"public health"
"São Tomé"
"sao tome"
"harbour pilots" OR "drinking horn"
"of the" NOT "in the"
"of the" -"to the" -strike
+"of the" harbour
(title:"after avalanche" OR "pilots strike") AND "of the"
"die stadt" OR "la ville"
東京都
QUESTIONS
}

# Each question with what it finds, how it scores it and what it shows of it.
answers() {
  "$LEDE_QUERY" --db "$1" --batch questions --zero-ok --match "$2" --jsonl -n 100
}

@test "without positions phrases find, rank and show the same" {
  write_questions
  for match in auto any; do
    answers "$(index all-bulk)" "$match" >expected
    [ "$(wc -l <expected)" -gt 100 ]
    for engine in bulk api; do
      answers "$(index none-$engine)" "$match" | diff expected -
    done
    answers "$(index all-api)" "$match" | diff expected -
  done
}

@test "without positions questions are counted the same" {
  write_questions
  while read -r question; do
    [ "$("$LEDE_QUERY" --db "$(index all-bulk)" -c "$question")" \
      = "$("$LEDE_QUERY" --db "$(index none-bulk)" -c "$question")" ]
  done <questions
}

@test "without positions an index is smaller and has no table of them" {
  for engine in bulk api; do
    [ ! -s "$(find "$(index none-$engine)" -name position.glass)" ]
    [ "$("$LEDE_INDEX" status --db "$(index none-$engine)" --json | jq .bytes)" \
      -lt "$("$LEDE_INDEX" status --db "$(index all-$engine)" --json | jq .bytes)" ]
  done
}

@test "status says whether an index has positions" {
  [ "$("$LEDE_INDEX" status --db "$(index none-bulk)" --json | jq -r .positions)" = none ]
  run "$LEDE_INDEX" status --db "$(index none-bulk)"
  assert_output_has "positions  none"
}

@test "other positions than the index has are refused, and left out they are the index's own" {
  cp -r "$(index none-bulk)" idx
  assert_status 3 "$LEDE_INDEX" --db idx --positions all "$ARTICLES"
  assert_output_has "hint: leave --language, --weight and --positions out"
  printf 'A quiet harbour\n\nNothing but marbled zebras today.\n' >a.txt
  assert_status 0 "$LEDE_INDEX" --db idx a.txt
  assert_status 0 "$LEDE_INDEX" --db idx --positions none a.txt
  assert_status 0 "$LEDE_QUERY" --db idx '"marbled zebra"'
  assert_status 1 "$LEDE_QUERY" --db idx '"zebra marbled"'
  cp -r "$(index all-bulk)" other
  assert_status 3 "$LEDE_INDEX" --db other --positions none "$ARTICLES"
}

@test "an edited article is found by its new phrases without positions" {
  printf '{"id":"x","text":"a striped zebra"}\n' >a.jsonl
  "$LEDE_INDEX" -q --db idx --positions none a.jsonl
  assert_status 0 "$LEDE_QUERY" --db idx '"striped zebra"'
  printf '{"id":"x","text":"a zebra, striped"}\n' >a.jsonl
  "$LEDE_INDEX" -q --db idx a.jsonl
  assert_status 1 "$LEDE_QUERY" --db idx '"striped zebra"'
  assert_status 0 "$LEDE_QUERY" --db idx '"zebra striped"'
}
