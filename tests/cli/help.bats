# What the tools say of themselves: --help, the man pages, completions, a wrong command line.

bats_require_minimum_version 1.5.0
load helpers

# options_in_help COMMAND...: the options that its --help lists, one a line.
options_in_help() {
  "$@" --help | sed -nE 's/^  (-[^ ]+).*/\1/p' | tr ',' '\n' | sort -u
}

# options_in_man PAGE: the options that have a paragraph of their own.
options_in_man() {
  awk 'previous == ".TP" { print } { previous = $0 }' "$SOURCE/docs/man/$1" |
    sed -n '/^\.B[RI]* \\-/p' | sed 's/\\-/-/g' |
    grep -oE -- '(^| )--?[A-Za-z0-9][a-z-]*' | tr -d ' ' | sort -u
}

# examples_in PAGE: its commands, one a line, as a shell reads them.
examples_in() {
  sed -n '/^\.SH EXAMPLES/,/^\.SH DESCRIPTION/p' "$SOURCE/docs/man/$1" |
    awk '/^\.EE/ { inside = 0 } inside { print } /^\.EX/ { inside = 1 }' |
    sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" -e 's/\\e/\\/g'
}

# assert_first_line TEXT: the last command's output begins with it.
assert_first_line() {
  if [ "${lines[0]}" != "$1" ]; then
    printf 'expected: %s\nfound:    %s\n' "$1" "${lines[0]}"
    return 1
  fi
}

# bash_completion_of TOOL WORDS...: what bash offers in the place of the last word.
bash_completion_of() {
  local script=$1 function=_${2//-/_}
  shift
  bash -c 'source "$1"; shift; function=$1; shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); "$function"; printf "%s\n" "${COMPREPLY[@]}"' \
    bash "$script" "$function" "$@"
}

@test "the man page of lede-query has every option of its help, and no other" {
  diff -u <(options_in_help "$LEDE_QUERY") <(options_in_man lede-query.1)
}

@test "the man page of lede-index has every option of its help, and no other" {
  diff -u <({
    options_in_help "$LEDE_INDEX"
    for command in parse watch status export remove; do options_in_help "$LEDE_INDEX" "$command"; done
  } | sort -u) <(options_in_man lede-index.1)
}

@test "the man page of lede-index has every command of its help" {
  for command in $("$LEDE_INDEX" --help | sed -n '/^Subcommands:/,$s/^  \([a-z]\+\).*/\1/p'); do
    grep -qx ".B $command" "$SOURCE/docs/man/lede-index.1"
  done
}

@test "the man pages have no mistakes in them" {
  command -v mandoc || skip "mandoc is not here"
  for page in "$SOURCE"/docs/man/*.1; do
    run mandoc -T lint -W warning "$page"
    [ "$status" -eq 0 ] && [ -z "$output" ]
  done
}

@test "the examples of the man pages work" {
  command -v jq || skip "jq is not here"
  cp -r "$ARTICLES" "$HOME/articles"
  cp "$ARTICLES/json/wire.jsonl" .
  lede-index() { "$LEDE_INDEX" "$@"; }
  lede-query() { "$LEDE_QUERY" "$@"; }
  set -o pipefail
  for page in lede-index.1 lede-query.1; do
    [ "$(examples_in "$page" | wc -l)" -eq 3 ]
    while read -r example; do
      echo "$example"
      eval "$example"
    done < <(examples_in "$page")
  done
}

@test "help fits a terminal of 100 columns" {
  for tool in "$LEDE_INDEX" "$LEDE_QUERY"; do
    run awk 'length > 100' <("$tool" --help)
    [ -z "$output" ]
  done
}

@test "--version names the tool and its version" {
  run "$LEDE_QUERY" --version
  [[ $status -eq 0 && $output =~ ^lede-query\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
  run "$LEDE_INDEX" -V
  [[ $status -eq 0 && $output =~ ^lede-index\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "an unknown option ends with status 2, one line and a hint" {
  assert_status 2 "$LEDE_QUERY" --limt 3 oil
  assert_first_line "lede-query: unknown option --limt"
  [ "${lines[1]}" = "hint: did you mean --limit? lede-query --help" ]
  assert_status 2 "$LEDE_QUERY" --formta=json oil
  [ "${lines[1]}" = "hint: did you mean --format? lede-query --help" ]
  assert_status 2 "$LEDE_QUERY" --reverse oil
  [ "${lines[1]}" = "hint: lede-query --help" ]
  assert_status 2 "$LEDE_INDEX" --jsn .
  assert_first_line "lede-index: unknown option --jsn"
  [ "${#lines[@]}" -eq 2 ]
  [ "${lines[1]}" = "hint: did you mean --json? lede-index --help" ]
}

@test "of an option that comes again the last one holds" {
  "$LEDE_INDEX" -q --db idx --db idx2 -j 1 -j 2 "$ARTICLES"
  [ ! -e idx ]
  [ "$("$LEDE_QUERY" --db idx -n 5 -n 2 --format json --db idx2 --format ids harbour | wc -l)" -eq 2 ]
}

@test "a word that begins with a dash gets the hint to put -- before it" {
  assert_status 2 "$LEDE_QUERY" oil -gas
  assert_first_line "lede-query: unknown option -gas"
  assert_output_has "hint: put -- before arguments that begin with -"
  assert_status 2 "$LEDE_QUERY" oil -news
  assert_output_has "hint: put -- before arguments that begin with -"
  assert_status 2 "$LEDE_QUERY" -n1 --json --jsonl oil
  [ "${lines[1]}" = "hint: lede-query --help" ]
}

@test "a wrong value is named with its option and what it could be" {
  assert_status 2 "$LEDE_QUERY" --format xml oil
  assert_first_line "lede-query: --format: 'xml' is none of text, json, jsonl, csv, tsv, trec, paths, ids"
  assert_status 2 "$LEDE_QUERY" --snippet-length 10 oil
  assert_first_line "lede-query: --snippet-length: '10' is not a whole number from 40 to 2000"
  assert_status 2 "$LEDE_QUERY" oil --limit
  assert_first_line "lede-query: --limit needs a value: COUNT"
}

@test "help, version and completions that cannot be written are failures" {
  for tool in "$LEDE_INDEX" "$LEDE_QUERY"; do
    for option in --help --version --completion=bash; do
      run bash -c '"$1" "$2" > /dev/full' bash "$tool" "$option"
      [ "$status" -eq 5 ]
      assert_output_has "cannot write the results: no space left on device"
      run bash -c '"$1" "$2" >&-' bash "$tool" "$option"
      [ "$status" -eq 5 ]
      assert_output_has "cannot write the results: standard output is closed"
    done
  done
}

@test "completions parse in every shell that is here" {
  for tool in "$LEDE_INDEX" "$LEDE_QUERY"; do
    for shell in bash zsh fish; do
      "$tool" --completion "$shell" >"completion.$shell"
      [ -s "completion.$shell" ]
      if command -v "$shell"; then "$shell" -n "completion.$shell"; fi
    done
  done
}

@test "bash completes options, choices, commands and folders" {
  "$LEDE_QUERY" --completion bash >query.bash
  "$LEDE_INDEX" --completion bash >index.bash
  mkdir "a folder"
  [ "$(bash_completion_of query.bash lede-query --lim)" = "--limit" ]
  [ "$(bash_completion_of query.bash lede-query --format j)" = $'json\njsonl' ]
  [ "$(bash_completion_of query.bash lede-query --match = a)" = $'auto\nall\nany' ]
  [ -z "$(bash_completion_of query.bash lede-query --limit '')" ]
  [ "$(bash_completion_of query.bash lede-query -d a)" = "a folder" ]
  [ "$(bash_completion_of index.bash lede-index stat)" = "status" ]
  [ "$(bash_completion_of index.bash lede-index status --js)" = "--json" ]
  [ "$(bash_completion_of index.bash lede-index parse 'a f')" = "a folder" ]
}

@test "the man page of lede-index tells of every format that --format takes" {
  run -2 "$LEDE_INDEX" parse --format nonsense "$ARTICLES/json"
  names=$(sed -n "s/.*'nonsense' is none of //p" <<<"$output" | tr -d ,)
  [ "$(wc -w <<<"$names")" -gt 10 ]
  for name in $names; do grep -qxF ".B $name" "$SOURCE/docs/man/lede-index.1"; done
}
