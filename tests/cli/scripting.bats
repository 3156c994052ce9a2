# Every recipe of docs/scripting.md, as it stands there.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
  mkdir "$BATS_FILE_TMPDIR/bin" "$BATS_FILE_TMPDIR/recipes"
  ln -s "$LEDE_INDEX" "$BATS_FILE_TMPDIR/bin/lede-index"
  ln -s "$LEDE_QUERY" "$BATS_FILE_TMPDIR/bin/lede-query"
  # A mailer that keeps what it sends.
  printf '#!/bin/sh\n{ printf "%%s\\n" "$*"; cat; } >>"$HOME/sent"\n' >"$BATS_FILE_TMPDIR/bin/mail"
  chmod +x "$BATS_FILE_TMPDIR/bin/mail"
  awk -v folder="$BATS_FILE_TMPDIR/recipes" '
    /^```$/ { if (file) close(file); file = ""; next }
    /^```/ { file = sprintf("%s/%02d.%s", folder, ++number, substr($0, 4)); next }
    file { print >file }' "$SOURCE/docs/scripting.md"
}

# in_a_folder: what a recipe expects around it.
in_a_folder() {
  export PATH=$BATS_FILE_TMPDIR/bin:$PATH LEDE_DB=$BATS_FILE_TMPDIR/idx FZF_DEFAULT_OPTS=--filter=pilots
}

# recipe_with TEXT: the one that has it.
recipe_with() {
  local found
  found=$(grep -lF -- "$1" "$BATS_FILE_TMPDIR"/recipes/*)
  [ "$(wc -l <<<"$found")" -eq 1 ]
  printf '%s\n' "$found"
}

# run_recipe FILE: as its language is run; $output is what it printed on standard output.
run_recipe() {
  case $1 in
    *.sh) run --separate-stderr bash -euo pipefail "$1" ;;
    *.python) run --separate-stderr python3 "$1" ;;
    *.js) run --separate-stderr node "$1" ;;
    *) echo "no language: $1" && return 1 ;;
  esac
  if [ "$status" -ne 0 ]; then
    printf 'status %s: %s\n%s\n%s\n' "$status" "$(cat "$1")" "$output" "$stderr"
    return 1
  fi
}

@test "every recipe works, and prints something" {
  in_a_folder
  [ "$(ls "$BATS_FILE_TMPDIR/recipes" | wc -l)" -ge 18 ]
  for recipe in "$BATS_FILE_TMPDIR"/recipes/*; do
    mkdir "$BATS_TEST_TMPDIR/${recipe##*/}" && cd "$BATS_TEST_TMPDIR/${recipe##*/}"
    run_recipe "$recipe"
    case $(cat "$recipe") in
      *'mail -s'*) [ -s "$HOME/sent" ] ;;
      *) [ -n "$output" ] || { cat "$recipe"; return 1; } ;;
    esac
  done
}

@test "the programs that ask and wait get the answers that lede-query gives" {
  in_a_folder
  lede-query --jsonl -n 3 'pilots strike' | jq -r '[.rank, .title] | @tsv' >expected
  lede-query --jsonl -n 3 drought | jq -r '[.rank, .title] | @tsv' >>expected
  run_recipe "$(recipe_with 'class Lede:')"
  diff expected <(cut -f 2- <<<"$output")
  run_recipe "$(recipe_with 'class Lede {')"
  diff <(tr '\t' ' ' <expected) - <<<"$output"
}

@test "the recipe for exit statuses tells nothing from something" {
  in_a_folder
  run_recipe "$(recipe_with 'case $status in')"
  [ "$output" = "nothing found" ]
}

@test "the recipe for spreadsheets is CSV" {
  in_a_folder
  run_recipe "$(recipe_with @csv)"
  python3 -c 'import csv, sys
rows = list(csv.reader(sys.stdin))
assert len(rows) > 2 and all(len(row) == 4 for row in rows), rows' <<<"$output"
}

@test "the recipe for fzf hands an id on that can be shown" {
  in_a_folder
  run_recipe "$(recipe_with fzf)"
  while read -r id; do lede-query --show "$id" | grep -qi pilot; done <<<"$output"
}

@test "the recipe for two indexes names what only one of them finds" {
  in_a_folder
  run_recipe "$(recipe_with 'comm -3')"
  [[ $output == *pilots-deal* ]]
}

@test "the recipe for a run of trec_eval is stable" {
  in_a_folder
  recipe=$(recipe_with 'topics.tsv --match any --format trec -n 1000 >lede.run')
  run_recipe "$recipe"
  cp lede.run first.run
  run_recipe "$recipe"
  cmp lede.run first.run
  awk 'NF != 6 { exit 1 }' lede.run
}

@test "the recipe for cron sends what is new once, and keeps it while the mail does not go" {
  in_a_folder
  recipe=$(recipe_with 'mail -s')
  mkdir broken
  printf '#!/bin/sh\nexit 75\n' >broken/mail && chmod +x broken/mail
  PATH=$PWD/broken:$PATH run bash -euo pipefail "$recipe"
  [ -s lede-news.txt ]
  run_recipe "$recipe"
  [ ! -e lede-news.txt ]
  head -1 sent | grep -qx -- '-s new articles you@example.org'
  sent_lines=$(wc -l <sent)
  run_recipe "$recipe"
  [ "$(wc -l <sent)" -eq "$sent_lines" ]
}

@test "the recipe for editors names a file, a line that has a word, and the passage" {
  in_a_folder
  run_recipe "$(recipe_with lede-lines)"
  while IFS=: read -r path line text; do
    [ -f "$path" ] && [ "$line" -ge 1 ] && [ -n "$text" ]
  done <<<"$output"
  IFS=: read -r path line text < <(grep '\.txt:' <<<"$output")
  sed -n "${line}p" "$path" | grep -qi pilot
}

@test "the page names every exit status of the man page" {
  for status in $(awk '/^\.SH EXIT STATUS/ { inside = 1 } /^\.SH ENV/ { inside = 0 } inside && /^\.B [0-9]/ { print $2 }' \
    "$SOURCE/docs/man/lede-query.1"); do
    grep -qE "^\|[^|]*\b$status\b" "$SOURCE/docs/scripting.md"
  done
}
