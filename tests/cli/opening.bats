# --show, --open, --fields, and what a terminal gets: pages and links.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  mkdir "$BATS_FILE_TMPDIR/news"
  printf 'Strike at the harbour\n\nNothing happened for days.\n\nThen the quokka came.\n' >"$BATS_FILE_TMPDIR/news/-strike.txt"
  printf '{"id":"web","url":"https://wire.example/a?b=c","title":"Of the web","text":"quokka"}\n' >"$BATS_FILE_TMPDIR/wire.jsonl"
  (cd "$BATS_FILE_TMPDIR" && tar cf wire.tar wire.jsonl && rm wire.jsonl)
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$BATS_FILE_TMPDIR/news" "$BATS_FILE_TMPDIR/wire.tar"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

# make_program NAME: one that prints its arguments, a line each.
make_program() {
  printf '#!/bin/sh\nprintf "%%s\\n" "${0##*/}" "$@"\n' >"$1"
  chmod +x "$1"
}

# on_terminal COMMAND: what a terminal gets of it
on_terminal() {
  command -v script >/dev/null || skip "script is not here"
  TERM=xterm script -qec "$1" /dev/null </dev/null
}

@test "--open opens a file in the editor, at the line of the passage" {
  make_program editor
  id=$(query --format ids harbour)
  [ "$(VISUAL="$PWD/editor -x" query --open "$id" quokka | tr '\n' ' ')" = "editor -x +5 $id " ]
  [ "$(EDITOR="$PWD/editor" query --open "$id" | tr '\n' ' ')" = "editor +1 $id " ]
}

@test "--open opens in the browser what is no file of its own" {
  make_program browser
  [ "$(BROWSER="$PWD/browser" query --open web | tail -1)" = 'https://wire.example/a?b=c' ]
}

@test "--open says what it cannot do" {
  run -1 query --open nowhere
  assert_output_has "no article has the id 'nowhere'"
  EDITOR=/no/such/editor run -5 query --open "$(query --format ids harbour)"
  assert_output_has "cannot start /no/such/editor"
  run -2 query --open web --show web
}

@test "--show prints several articles, and tells which are not there" {
  id=$(query --format ids harbour)
  [ "$(query --show "$id" --show web --json | jq -r .title | tr '\n' '|')" = 'Strike at the harbour|Of the web|' ]
  run --separate-stderr query --show web --show nowhere
  [ "$status" -eq 1 ]
  [[ $output == *"Of the web"* ]]
  [[ $stderr == *"no article has the id 'nowhere'"* ]]
}

@test "--fields prints every field that a question can name, and needs no index" {
  "$LEDE_QUERY" --db nowhere --fields --json >fields
  jq -e '.name and .meaning' fields >/dev/null
  run -2 query colour:red
  for name in $(jq -r .name fields); do assert_output_has "$name"; done
  [ "$("$LEDE_QUERY" --db nowhere --fields | wc -l)" -eq "$(wc -l <fields)" ]
  [ "$(jq -r 'select(.name == "author") | .aliases[0]' fields)" = by ]
}

@test "a long answer on a terminal goes through the pager, unless it is told not to" {
  seq 300 | sed 's/.*/{"id":"&","text":"wombat number &"}/' >many.jsonl
  "$LEDE_INDEX" -q --db idx many.jsonl
  make='sed s/^/paged:/'
  on_terminal "LEDE_PAGER='$make' '$LEDE_QUERY' --db idx -n 100 wombat" | grep -q 'paged:'
  on_terminal "PAGER='$make' '$LEDE_QUERY' --db idx -n 100 wombat" | grep -q 'paged:'
  on_terminal "LEDE_PAGER='$make' '$LEDE_QUERY' --db idx -n 100 --pager never wombat" | grep -q 'number [0-9]'
  ! on_terminal "LEDE_PAGER='$make' '$LEDE_QUERY' --db idx -n 100 --pager never wombat" | grep -q 'paged:'
  ! on_terminal "LEDE_PAGER='$make' '$LEDE_QUERY' --db idx -n 1 wombat" | grep -q 'paged:'
  ! LEDE_PAGER=$make "$LEDE_QUERY" --db idx -n 100 wombat | grep -q 'paged:'
}

@test "a pager that is left early, or is not there, is no failure" {
  seq 300 | sed 's/.*/{"id":"&","text":"wombat number & '"$(printf 'word %.0s' $(seq 100))"'"}/' >many.jsonl
  "$LEDE_INDEX" -q --db idx many.jsonl
  on_terminal "LEDE_PAGER='head -1 >/dev/null' '$LEDE_QUERY' --db idx -n 300 --snippet-length 2000 wombat; echo status \$?" | grep -q 'status 0'
  on_terminal "LEDE_PAGER=/no/such/pager '$LEDE_QUERY' --db idx -n 100 wombat" | grep -q 'number [0-9]'
}

@test "titles and places are links on a terminal that has colour" {
  on_terminal "'$LEDE_QUERY' --db '$BATS_FILE_TMPDIR/idx' quokka" >out
  grep -q $'\x1b]8;;https://wire.example/a?b=c\x1b\\\\' out
  grep -q $'\x1b]8;;file://[^/]*/.*/news/-strike.txt\x1b\\\\' out
  ! on_terminal "NO_COLOR=1 '$LEDE_QUERY' --db '$BATS_FILE_TMPDIR/idx' quokka" | grep -q $'\x1b]8'
  ! on_terminal "TERM=dumb '$LEDE_QUERY' --db '$BATS_FILE_TMPDIR/idx' quokka" | grep -q $'\x1b]8'
  ! query --color always quokka | grep -q $'\x1b]8'
}
