# The generator of questions, and what it finds in the sample articles.

bats_require_minimum_version 1.5.0

setup() { cd "$BATS_TEST_TMPDIR" || return 1; }

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$SOURCE/corpus/articles"
}

questions() { python3 -B "$SOURCE/tests/bench/generated_questions.py" "$BATS_FILE_TMPDIR/idx" "$@"; }

# The limit of time is wide: here it is answers that are looked at, not the machine.
@test "20,000 generated questions have an answer or an error each" {
  run -0 questions --count 20000 --slow-ms 5000
  [[ ${lines[0]} =~ ^20000\ questions.*\ ([0-9]+)\ refused,\ ([0-9]+)\ answered$ ]]
  [ "${BASH_REMATCH[1]}" -gt 2000 ]
  [ "${BASH_REMATCH[2]}" -gt 8000 ]
}

@test "the same seed makes the same questions" {
  questions --count 500 --seed 7 --questions-only >one
  questions --count 500 --seed 7 --questions-only >two
  questions --count 500 --seed 8 --questions-only >three
  cmp one two
  run -1 cmp -s one three
  [ "$(wc -l <one)" -eq 500 ]
}

@test "a tool that ends early, or leaves an answer out, is found out" {
  printf '#!/bin/sh\ncase " $* " in *" --batch "*) "%s" "$@" | head -5 ;; *) exec "%s" "$@" ;; esac\n' \
    "$LEDE_QUERY" "$LEDE_QUERY" >early && chmod +x early
  LEDE_QUERY=$PWD/early run -1 questions --count 200
  [[ $output == *"195 questions have no answer"* ]]
  printf '#!/bin/sh\ncase " $* " in *" --batch "*) "%s" "$@" | sed 7d ;; *) exec "%s" "$@" ;; esac\n' \
    "$LEDE_QUERY" "$LEDE_QUERY" >gap && chmod +x gap
  LEDE_QUERY=$PWD/gap run -1 questions --count 50
  [[ $output == *"no answer to question 7"* ]]
}
