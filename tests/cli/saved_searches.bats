# --new-since NAME: only what came since the name was used last.

bats_require_minimum_version 1.5.0
load helpers

query() { "$LEDE_QUERY" --db idx "$@"; }
index() { "$LEDE_INDEX" -q --db idx "$@"; }
news() { query --jsonl --new-since news "$@" | jq -r .id | sort | tr '\n' ' '; }
add() { for id; do printf '{"id":"%s","title":"Pilots %s","text":"harbour pilots met"}\n' "$id" "$id"; done | index -; }

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  export HOME=$BATS_TEST_TMPDIR XDG_STATE_HOME=$BATS_TEST_TMPDIR/state LC_ALL=C.UTF-8 TZ=UTC
  unset LEDE_DB NO_COLOR PAGER
  add a b c
}

@test "the first use shows everything, each later one what has come since" {
  [ "$(news pilots)" = "a b c " ]
  [ "$(news pilots)" = "" ]
  add d e
  [ "$(news pilots)" = "d e " ]
  [ "$(news pilots)" = "" ]
}

@test "nothing new is status 1" {
  assert_status 0 query --new-since news pilots
  assert_status 1 query --new-since news pilots
  assert_status 0 query --new-since news --zero-ok pilots
  add d
  assert_status 1 query --new-since news opera
  assert_status 1 query --new-since news pilots  # d was there at the last use
}

@test "names know nothing of each other" {
  [ "$(news pilots)" = "a b c " ]
  query --new-since other --format ids pilots
  add d
  [ "$(news pilots)" = "d " ]
  [ "$(query --new-since other --format ids pilots)" = d ]
}

@test "what shows no articles does not count as a use" {
  query --new-since news -q pilots
  [ "$(query --new-since news -c pilots)" = 3 ]
  query --new-since news -n 0 --json pilots | jq -e '.total.value == 3'
  printf 'pilots\n' | query --new-since news --batch - -c
  [ "$(news pilots)" = "a b c " ]
  assert_status 1 query --new-since news -q pilots
}

@test "what a limit leaves out stays new, and so does the rest" {
  run --separate-stderr query --new-since news -n 2 --format ids pilots
  [ "${#lines[@]}" -eq 2 ]
  [ "$stderr" = "lede-query: more is new than --limit lets through, so all of it stays new" ]
  [ "$(printf 'pilots\n' | query --new-since news --batch - -n 2 --format ids 2>&1 | tail -n 1)" = "$stderr" ]
  run --separate-stderr query --new-since news --offset 1 --format ids pilots
  [ "${#lines[@]}" -eq 2 ]
  [ "$(news -n 3 pilots)" = "a b c " ]
  [ "$(news pilots)" = "" ]
}

@test "--peek shows what is new and does not count as a use" {
  [ "$(news pilots)" = "a b c " ]
  add d
  [ "$(news --peek pilots)" = "d " ]
  [ "$(news --peek pilots)" = "d " ]
  [ "$(news pilots)" = "d " ]
  assert_status 2 query --peek pilots
}

@test "a changed article is new again, one whose file has only moved is not" {
  mkdir folder
  printf 'Pilots strike\n\nThe harbour pilots met.\n' >folder/one.txt
  printf 'Pilots vote\n\nThe harbour pilots voted.\n' >folder/two.txt
  index folder
  news pilots
  printf 'Pilots strike\n\nThe harbour pilots met again.\n' >folder/one.txt
  index folder
  [ "$(news pilots)" = "$PWD/folder/one.txt " ]
  mv folder/two.txt folder/three.txt
  index folder
  [ "$(news pilots)" = "" ]
  index folder
  [ "$(news pilots)" = "" ]
}

@test "what is removed and comes back is new, also after the index was compacted in between" {
  news pilots
  "$LEDE_INDEX" remove -q --db idx c
  "$LEDE_INDEX" compact -q --db idx
  [ "$(news pilots)" = "" ]
  add c
  [ "$(news pilots)" = "c " ]
}

@test "compacting an index changes nothing about what is new" {
  news pilots
  add d
  for _ in 1 2; do "$LEDE_INDEX" compact -q --db idx; done
  [ "$(news pilots)" = "d " ]
  "$LEDE_INDEX" compact -q --db idx
  [ "$(news pilots)" = "" ]
}

@test "in an index that is made anew everything is new once" {
  news pilots
  printf '{"id":"a","title":"Pilots","text":"met"}\n{"id":"z","title":"Pilots","text":"met"}\n' >all.jsonl
  index --rebuild all.jsonl
  [ "$(news pilots)" = "a z " ]
  [ "$(news pilots)" = "" ]
}

@test "it works with every format, with counts, pages and fields" {
  news pilots
  add d e
  [ "$(query --peek --new-since news -c pilots)" = 2 ]
  [ "$(query --peek --new-since news --format ids pilots | wc -l)" -eq 2 ]
  [ "$(query --peek --new-since news --format trec pilots | wc -l)" -eq 2 ]
  [ "$(query --peek --new-since news --json pilots | jq -c '[.total.value, .total.exact, (.hits | length)]')" = '[2,true,2]' ]
  [ "$(query --peek --new-since news pilots | grep -c '^ *[0-9]')" -ge 2 ]
  [ "$(query --peek --new-since news --json -n 1 pilots | jq -c '[.total.value, (.hits | length)]')" = '[2,1]' ]
  [ "$(query --peek --new-since news --format ids id:d)" = d ]
  run -1 query --peek --new-since news id:a
}

@test "without --limit all that is new is shown" {
  add $(seq -f 'n%g' 50)
  [ "$(query --new-since news --format ids pilots | wc -l)" -eq 53 ]
}

@test "nothing new is not made up for by partial matches" {
  news pilots
  printf '{"id":"x","title":"Pilots","text":"sailing"}\n' | index -
  run -1 query --new-since news --peek 'harbour pilots'
  [ "$(query --new-since news --peek --match any -c 'harbour pilots')" = 1 ]
}

@test "an answer that was not written out was not seen" {
  run bash -c '"$1" --db idx --new-since news pilots >/dev/full' bash "$LEDE_QUERY"
  [ "$status" -eq 5 ]
  run bash -c '"$1" --db idx --new-since news --jsonl pilots >&-' bash "$LEDE_QUERY"
  [ "$status" -eq 5 ]
  run -2 query --new-since news 'foo:bar'
  run -5 query --new-since news --timeout 0.000001 pilots
  [ "$(news pilots)" = "a b c " ]
}

@test "a batch has seen what all its questions were asked of, if all had answers" {
  printf 'p\tpilots\nq\tharbour\n' >questions
  [ "$(query --new-since news --format ids -j 2 --batch questions | sort | tr '\n' ' ')" = "a a b b c c " ]
  [ "$(query --new-since news --format ids --zero-ok --batch questions)" = "" ]
  add d
  printf 'x\tfoo:bar\n' >>questions
  for _ in 1 2; do
    run -2 --separate-stderr query --new-since news --format ids --batch questions
    [ "$output" = $'d\nd' ]
  done
}

@test "a state that cannot be written is a failure, after the answer" {
  : >in-the-way
  XDG_STATE_HOME=$PWD/in-the-way run -5 --separate-stderr query --new-since news --format ids pilots
  [ "${#lines[@]}" -eq 3 ]
  [[ $stderr == "lede-query: cannot make the folder "* ]]
}

@test "a state that lede has not written is an error that names it" {
  news pilots
  file=$(ls state/lede/new-since/news@*)
  [[ $(cat "$file") =~ ^seen\ [0-9]+$ ]]
  for text in nonsense 'seen -1' 'seen 1x' 'seen ' ''; do
    printf '%s\n' "$text" >"$file"
    assert_status 5 query --new-since news pilots
    assert_output_has "$file does not say what was seen"
  done
  rm "$file"
  [ "$(news pilots)" = "a b c " ]
  [ "$(ls state/lede/new-since | wc -l)" -eq 1 ]
}

@test "without XDG_STATE_HOME the state is in the home folder" {
  unset XDG_STATE_HOME
  query --new-since news pilots
  [ "$(ls .local/state/lede/new-since | wc -l)" -eq 1 ]
  unset HOME
  assert_status 2 query -q --new-since news pilots
  assert_output_has "HOME is not set"
}

@test "a name is letters, digits and three signs" {
  for name in ../evil a/b .hidden -x '' 'a b' $'a\nb' ä "$(printf 'a%.0s' $(seq 65))"; do
    run -2 query "--new-since=$name" pilots
  done
  assert_status 0 query --new-since Morning_desk-2.x pilots
  assert_status 2 query --new-since news --show a
}
