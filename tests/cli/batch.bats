# Many questions at once, and one after another through two pipes.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

# many_questions: 600 of them, of very different weight, some unreadable.
many_questions() {
  for i in $(seq 100); do
    printf 'a%s\tpilots strike\nb%s\t"the port"\nc%s\tfoo:bar\n' "$i" "$i" "$i"
    printf 'd%s\tdrought OR reservoir OR bees OR election OR the\ne%s\tzzyzx\nf%s\tlang:de\n' "$i" "$i" "$i"
  done
}

# converse OPTIONS...: asks three questions, each when the answer to the one before has come.
converse() {
  coproc query --batch - "$@"
  local answers=${COPROC[0]} questions=${COPROC[1]} pid=$COPROC_PID answer question
  for question in pilots '"never closed' drought; do
    printf '%s\n' "$question" >&"$questions"
    read -r -t 20 answer <&"$answers"
    printf '%s\n' "$answer"
  done
  exec {questions}>&-
  wait "$pid"
}

@test "whatever the number of threads, the answers come in the order of the questions" {
  many_questions >questions
  for jobs in 1 2 3 16; do
    query --batch questions --json -n 3 -j "$jobs" 2>"errors.$jobs" | jq -c 'del(.took_ms)' >"answers.$jobs"
    [ "$(wc -l <"answers.$jobs")" -eq 600 ]
    diff "answers.1" "answers.$jobs"
    diff "errors.1" "errors.$jobs"
  done
  [ "$(jq -r .query.id answers.1 | head -3 | tr '\n' ' ')" = "a1 b1 c1 " ]
}

@test "an unreadable question has an error in its place, and the batch goes on" {
  printf 'a\tpilots\nb\tfoo:bar\nc\tdrought\n' >questions
  run -2 --separate-stderr query --batch questions --json
  [ "$(jq -c '[.query.id, has("error")]' <<<"$output" | tr '\n' ' ')" = '["a",false] ["b",true] ["c",false] ' ]
  [[ $stderr == "lede-query: line 2: "* ]]
  run -2 --separate-stderr query --batch questions --count
  [ "${lines[1]}" = $'b\terror' ]
}

@test "a question without words is an error in its place" {
  printf 'a\t\nb\tdrought\n' >questions
  run -2 --separate-stderr query --batch questions -c
  [ "${lines[0]}" = $'a\terror' ]
  [[ ${lines[1]} == $'b\t'[1-9]* ]]
  [ "$stderr" = "lede-query: line 1: nothing to look for is given" ]
  printf 'a\t\n' | query --batch - -c --since 1900
}

@test "a byte order mark is no part of the first question" {
  printf '\xef\xbb\xbf301\tdrought\r\n302\tdrought\r\n' >questions
  [ "$(query --batch questions --format trec | cut -d ' ' -f 1 | sort -u | tr '\n' ' ')" = '301 302 ' ]
}

@test "partial matches are told of, but in JSON, which has relaxed" {
  printf 'drought\nzzyzx drought\n' >questions
  for format in csv trec text ids; do
    run --separate-stderr query --batch questions --format "$format"
    [ "$stderr" = "lede-query: line 2: no article has all the words; showing the best partial matches" ]
  done
  run --separate-stderr query --batch questions --json
  [ -z "$stderr" ]
  run --separate-stderr query --batch questions -q
  [ -z "$stderr" ]
}

@test "a conversation gets each answer before the next question, with any number of threads" {
  for jobs in 1 2 8; do
    run --separate-stderr converse --json -j "$jobs"
    [ "${#lines[@]}" -eq 3 ]
    [ "$(jq -c '[.query.id, has("error")]' <<<"$output" | tr '\n' ' ')" = '["1",false] ["2",true] ["3",false] ' ]
  done
  run converse --count
  [ "${#lines[@]}" -ge 3 ]
}

@test "a conversation takes no further thread" {
  coproc "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --batch - --count -j 8
  local answers=${COPROC[0]} questions=${COPROC[1]} pid=$COPROC_PID answer
  for _ in $(seq 50); do
    printf 'pilots\n' >&"$questions"
    read -r -t 20 answer <&"$answers"
  done
  [ "$(awk '$1 == "Threads:" { print $2 }' "/proc/$pid/status")" -eq 2 ]
  exec {questions}>&-
  wait "$pid"
}

@test "the last line needs no end, a line may end in CRLF, and blank ones are passed over" {
  printf 'pilots\r\n\n  \t \ndrought' >questions
  run -0 query --batch questions --count
  [ "$(cut -f1 <<<"$output" | tr '\n' ' ')" = "1 4 " ]
  run -1 query --batch /dev/null --json
  [ -z "$output" ]
}

@test "a batch needs little memory however long it is" {
  (ulimit -v 400000; yes 'the pilots' | head -200000 | query --batch - -q -n 0 --zero-ok -j 4)
}

@test "a batch that nobody reads any more ends quietly" {
  run bash -c 'yes pilots | "$1" --db "$2" --batch - --json -j 4 2>err | head -1 >first
    echo "${PIPESTATUS[1]}"' bash "$LEDE_QUERY" "$BATS_FILE_TMPDIR/idx"
  [ "$output" = 141 ]
  [ ! -s err ]
  jq -e .hits first
}

@test "a batch whose answers cannot be written fails" {
  many_questions >questions
  run bash -c '"$1" --db "$2" --batch questions --json -j 4 >/dev/full' bash "$LEDE_QUERY" "$BATS_FILE_TMPDIR/idx"
  [ "$status" -eq 5 ]
  assert_output_has "cannot write the results: no space left on device"
}

@test "a batch ends with the signal that ends it" {
  mkfifo questions
  "$LEDE_QUERY_ITSELF" --db "$BATS_FILE_TMPDIR/idx" --batch questions --json -j 4 >out 3>&- &
  local pid=$! status=0
  exec {writer}>questions
  printf 'pilots\n' >&"$writer"
  for _ in $(seq 100); do [ ! -s out ] || break; sleep 0.1; done
  kill -TERM "$pid"
  wait "$pid" || status=$?
  exec {writer}>&-
  [ "$status" -eq 143 ]
  jq -e .hits out
}

@test "a damaged article ends the batch after the answers before it" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  yes pilots | head -50 >questions
  rm idx/build-1/docdata.glass
  run -6 --separate-stderr "$LEDE_QUERY" --db idx --batch questions -j 4
  [[ $stderr == "lede-query: a stored article cannot be unpacked"* ]]
}

@test "a file of questions that is not there, or is a folder, is named" {
  run -5 query --batch no-such-file
  assert_output_has "cannot read the questions in no-such-file: no such file or directory"
  mkdir folder
  run -5 query --batch folder
  assert_output_has "cannot read the questions in folder: is a directory"
}

@test "the number of threads is a number" {
  for jobs in 0 -1 two 257; do
    run -2 query --batch /dev/null --jobs="$jobs"
    assert_output_has "--jobs: '$jobs' is not a whole number from 1 to 256"
  done
}
