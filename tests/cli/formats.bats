# How answers are printed for programs: tables, lists, templates, chosen keys.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

@test "csv has a header, a row for each hit, and lines as RFC 4180 wants them" {
  query --format csv -n 3 --select rank,id,title drought >table
  [ "$(head -1 table)" = $'rank,id,title\r' ]
  [ "$(wc -l <table)" -eq 4 ]
  [ "$(cut -d, -f1 table | tr '\n' ' ')" = 'rank 1 2 3 ' ]
}

@test "tsv has the values that JSON has" {
  query --format tsv -n 5 --select id,title,source drought | tail -n +2 >rows
  query --jsonl -n 5 drought | jq -r '[.id, .title, .source] | join("\t")' | diff - rows
}

@test "a table without hits is its header alone" {
  run --separate-stderr query --format tsv --select id --match all zzyzx
  [ "$status" -eq 1 ]
  [ "$output" = id ]
}

@test "a batch is one table, and each row has its question's id" {
  printf 'q1\tdrought\nq2\tavalanche\n' >questions
  query --batch questions --format tsv -n 2 | cut -f1,2 >rows
  [ "$(head -1 rows)" = $'query_id\trank' ]
  [ "$(grep -c query_id rows)" -eq 1 ]
  [ "$(cut -f1 rows | sort -u | tr '\n' ' ')" = 'q1 q2 query_id ' ]
}

@test "paths are the files of the hits, each once" {
  query --format paths -n 100 --match any drought election >paths
  [ -s paths ]
  [ -z "$(sort paths | uniq -d)" ]
  while read -r path; do [ -f "$path" ]; done <paths
  query --format paths -0 -n 100 --match any drought election | xargs -0 -n 1 | diff - paths
}

@test "--template lays out each hit" {
  query --template '{rank:02}\t{title:<20.20}|' -n 2 drought >lines
  [ "$(cut -f1 lines | tr '\n' ' ')" = '01 02 ' ]
  [ "$(cut -f2 lines | jq -R length | sort -u)" = 21 ]
  query --template '{id}' -0 -n 2 drought | tr '\0' '\n' | diff - <(query --format ids -n 2 drought)
}

@test "a template that cannot be read is an error with its column, before any index is opened" {
  run -2 "$LEDE_QUERY" --db nowhere --template 'x {titel}' oil
  assert_output_has "lede-query: --template: column 4 has 'titel', which is none of query_id, rank,"
}

@test "--no-formulas keeps spreadsheets from carrying out what articles say" {
  printf '{"id":"x","title":"=HYPERLINK(\\"http://evil.example\\")","text":"oil"}\n' >evil.jsonl
  "$LEDE_INDEX" -q --db evil evil.jsonl
  run --separate-stderr "$LEDE_QUERY" --db evil --format csv --select title --no-formulas oil
  [ "${lines[1]}" = $'"\'=HYPERLINK(""http://evil.example"")"\r' ]
  run -2 "$LEDE_QUERY" --db evil --json --no-formulas oil
  assert_output_has "--no-formulas goes with csv and tsv only"
}

@test "--show is for whole articles" {
  for option in -c --explain '--select title' '--facet source' "--template={title}"; do
    run -2 query $option --json --show x
  done
  run -2 query -c --show x
  assert_output_has "lede-query: --show prints a whole article, and has no use for options that are of hits"
}

@test "--select takes each name once" {
  for format in csv json; do
    run -2 query --format "$format" --select title,rank,title avalanche
    assert_output_has "lede-query: --select: 'title' is chosen twice"
  done
}

@test "--select chooses the keys of JSON" {
  [ "$(query --json -n 1 --select rank,language avalanche | jq -c '.hits[0] | keys')" = '["language","rank"]' ]
  [ "$(query --jsonl -n 1 --select title,rank avalanche | jq -c 'keys_unsorted')" = '["title","rank"]' ]
}

@test "a name that is none is answered with those that are" {
  run -2 query --json --select titel avalanche
  assert_output_has "lede-query: --select: 'titel' is none of rank, score, id, path,"
  run -2 query --select title avalanche
  assert_output_has "--select chooses columns of csv and tsv, and keys of json and jsonl"
}

@test "--highlight puts its signs around the words" {
  query --highlight '[[,]]' -n 1 avalanche | grep -q '\[\[[Aa]valanche\]\]'
  query --highlight '<b>,</b>' -n 1 --format tsv --select snippet avalanche | grep -qi '<b>avalanche</b>'
  run -2 query --highlight '<b>,</b>' --json avalanche
  assert_output_has "--highlight goes with text, csv, tsv and --template only"
  run -2 query --highlight '<b>' avalanche
  assert_output_has "--highlight: '<b>' is not OPEN,CLOSE"
}

@test "--null goes with lists only" {
  run -2 query -0 --format csv avalanche
  assert_output_has "--null goes with ids, paths and --template only"
  run -2 query -0 --json avalanche
}

@test "values that a terminal would obey are visible in every format but with --null" {
  printf '{"title":"Escape \\u202e artist","text":"quokka"}\n' >$'wire\x1b[31m.jsonl'
  "$LEDE_INDEX" -q --db idx $'wire\x1b[31m.jsonl'
  for format in text json jsonl csv tsv trec paths ids; do
    "$LEDE_QUERY" --db idx --format "$format" quokka >out
    ! grep -q $'\x1b\|\u202e' out
  done
  "$LEDE_QUERY" --db idx --template '{id} {path} {title}' quokka >out
  ! grep -q $'\x1b\|\u202e' out
  "$LEDE_QUERY" --db idx -0 quokka | grep -q $'\x1b'
}
