# What takes too long is given up, and never shown in part.

bats_require_minimum_version 1.5.0
load helpers

# Without positions a phrase is looked for in the text of each article that has its words: here
# many phrases in that of all, in vain, which takes most of a second.
setup_file() {
  seq 4000 | awk '{ printf "{\"id\":\"a%d\",\"title\":\"Article %d\",\"text\":\"", $1, $1
    for (i = 0; i < 60; i++) printf "harbour %d pilots and many more; ", i
    print "\"}" }' >"$BATS_FILE_TMPDIR/articles.jsonl"
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/slow" --positions none "$BATS_FILE_TMPDIR/articles.jsonl"
  slow='"pilots harbour"'
  for i in $(seq 20); do slow+=" OR \"pilots $i\""; done
  export slow
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/slow" "$@"; }

@test "a question that takes too long ends with status 5, a reason and nothing on standard output" {
  for format in text json jsonl trec ids; do
    run -5 --separate-stderr query --timeout 0.003 --format "$format" "$slow"
    [ -z "$output" ]
    [ "${stderr_lines[0]}" = "lede-query: the question took longer than 0.003 s" ]
    [[ ${stderr_lines[1]} == "hint: "*"--timeout"* ]]
  done
  run -5 query --timeout 0.003 -q "$slow"
}

@test "0 is no limit, and ten seconds are enough for this" {
  run -1 query --match all --timeout 0 "$slow"
  run -1 query --match all "$slow"
  run -0 query --timeout 60 -c pilots
  [ "$output" = 4000 ]
}

@test "the signal by which it ends may be ignored or blocked around it" {
  run -5 env --ignore-signal=ALRM "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/slow" --timeout 0.003 "$slow"
  run -5 env --block-signal=ALRM "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/slow" --timeout 0.003 "$slow"
}

@test "in a batch only the question that takes too long fails, and the others go on" {
  printf 'a\tid:a1\nb\t%s\nc\tid:a2\nd\tid:a3\n' "$slow" >questions
  for jobs in 1 4; do
    run -5 --separate-stderr query --timeout 0.2 --json -j "$jobs" --batch questions
    [ "$(jq -c '[.query.id, has("error")]' <<<"$output" | tr '\n' ' ')" \
      = '["a",false] ["b",true] ["c",false] ["d",false] ' ]
    [ "$(jq -r 'select(.error).error.message' <<<"$output")" = "the question took longer than 0.2 s" ]
    [ "$stderr" = "lede-query: line 2: the question took longer than 0.2 s" ]
  done
  run -5 --separate-stderr query --timeout 0.2 -c --batch questions
  [ "${lines[1]}" = $'b\terror' ]
}

@test "a conversation goes on after a question that took too long" {
  coproc "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/slow" --timeout 0.2 --batch - -c
  local answers=${COPROC[0]} questions=${COPROC[1]} pid=$COPROC_PID status=0 answer
  printf '%s\n' "$slow" >&"$questions"
  read -r -t 20 answer <&"$answers"
  [ "$answer" = $'1\terror' ]
  printf 'id:a1\n' >&"$questions"
  read -r -t 20 answer <&"$answers"
  [ "$answer" = $'2\t1' ]
  exec {questions}>&-
  wait "$pid" || status=$?
  [ "$status" -eq 5 ]
}

@test "a batch in which most questions take too long ends, after the answers before it" {
  { printf 'id:a1\n'; yes "$slow" | head -300; } >questions
  run -5 --separate-stderr query --timeout 0.02 -c -j 2 --batch questions
  [ "${#lines[@]}" -ge 2 ]
  [ "${#lines[@]}" -le 301 ]
  [[ $stderr == *"the question took longer than 0.02 s"* ]]
}

@test "the limit is a number of seconds" {
  for seconds in -1 1e3 nan inf 0x10 1,5 . '' 99999999; do
    run -2 query --timeout="$seconds" pilots
    assert_output_has "--timeout"
  done
  for seconds in 5 0.5 .5 5. 1000000; do run -0 query --timeout "$seconds" pilots; done
}
