# Every test runs the real binaries in an empty folder of its own, with nothing of the user's around.

# All JSON that lede-query prints in a suite is kept, and valid in the end.
if [ -z "${LEDE_QUERY_ITSELF:-}" ]; then
  export LEDE_QUERY_ITSELF=${LEDE_QUERY:-} LEDE_QUERY=$SOURCE/tests/cli/recorder/lede-query
fi

teardown_file() {
  [ ! -d "$BATS_FILE_TMPDIR/answers" ] ||
    python3 -B "$SOURCE/tests/cli/recorder/validate.py" "$BATS_FILE_TMPDIR/answers" "$SOURCE/docs"
}

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  export HOME=$BATS_TEST_TMPDIR XDG_DATA_HOME=$BATS_TEST_TMPDIR/data LC_ALL=C.UTF-8 TZ=UTC
  unset COLUMNS LEDE_DB LEDE_PAGER NO_COLOR PAGER BROWSER EDITOR VISUAL
}

# assert_golden NAME COMMAND...: what the command prints, both streams, is what golden/NAME holds.
# UPDATE_GOLDEN=1 rewrites the file: read that diff before committing it.
assert_golden() {
  local golden="$BATS_TEST_DIRNAME/golden/$1"
  shift
  run "$@"
  local shown
  shown=$(printf '%s\n[%s]\n' "$output" "$status" | without_variables)
  if [ -n "${UPDATE_GOLDEN:-}" ]; then printf '%s\n' "$shown" >"$golden"; fi
  diff -u "$golden" <(printf '%s\n' "$shown")
}

# Takes out what differs from run to run: folders, times, ids of the index.
without_variables() {
  sed -E -e "s#$BATS_TEST_TMPDIR#DIR#g" -e "s#$ARTICLES#ARTICLES#g" \
    -e 's/in [0-9.]+ s \(([0-9.]+ .B), [0-9.]+ .B\/s\)/in N s (\1)/' \
    -e 's/"(took_ms|seconds)":[0-9.e+-]+/"\1":0/g' -e 's/"uuid":"[^"]*"/"uuid":"UUID"/g' \
    -e 's/^(uuid|revision|size|last run)  .*/\1/' -e 's/"bytes":[0-9]+/"bytes":0/g' \
    -e '/^ +[0-9.]+ .B +[0-9]+ %  [a-z]+$/d'
}

# assert_status N COMMAND...: the command ends with N; $output has both its streams.
assert_status() {
  local expected=$1
  shift
  run "$@"
  if [ "$status" -ne "$expected" ]; then
    printf 'status %s, expected %s: %s\n%s\n' "$status" "$expected" "$*" "$output"
    return 1
  fi
}

# assert_output_has TEXT: the last command printed it.
assert_output_has() {
  if [[ $output != *"$1"* ]]; then
    printf 'not in the output: %s\n%s\n' "$1" "$output"
    return 1
  fi
}

# start_writer OPTIONS...: a lede-index in the background ($writer) that has written articles from a
# pipe and waits for more; it prints into out and err.
start_writer() {
  mkfifo articles
  "$LEDE_INDEX" --lock-wait 60 "$@" - <articles >out 2>err 3>&- &
  writer=$!
  seq 3000 | sed 's/.*/{"id":"a&","title":"Article &","text":"& words about harbour number &"}/' >three-thousand
  (cat three-thousand && for _ in $(seq 600); do [ ! -e end ] || break; sleep 0.1; done) \
    >articles 3>&- &
}

# end_writer: lets it come to its end. Its status.
end_writer() {
  : >end
  wait "$writer" 2>/dev/null
}

# wait_until_locked DIR: until a writer has the index.
wait_until_locked() {
  local ended
  for _ in $(seq 300); do
    ended=0
    "$LEDE_INDEX" check -q --db "$1" >/dev/null 2>&1 || ended=$?
    [ "$ended" -ne 4 ] || return 0
    sleep 0.1
  done
  return 1
}
