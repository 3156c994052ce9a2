# The programs of `./run bench indexing`: what they measure is nobody's promise, that they work is.

bats_require_minimum_version 1.5.0

setup() { cd "$BATS_TEST_TMPDIR" || return 1; }

# bench ARGUMENTS...: the comparison, with lede's own part in it only.
bench() {
  python3 -B "$SOURCE/tests/bench/indexing.py" --programs "$PROGRAMS" --lede "$LEDE_INDEX" \
    --work work --peers= "$@"
}

@test "make_articles prints as many articles as it is asked for, and no two alike" {
  "$PROGRAMS/make_articles" 300 >articles
  [ "$(jq -r .body articles | sort -u | wc -l)" -ge 300 ]
  [ "$(jq -r .id articles | sort -u | wc -l)" -eq 300 ]
  run -0 "$PROGRAMS/make_articles" 0
  [ -z "$output" ]
}

@test "make_articles prints what lede-index reads, without a warning" {
  "$PROGRAMS/make_articles" 300 >articles.jsonl
  run -0 --separate-stderr "$LEDE_INDEX" parse articles.jsonl
  [ "${#lines[@]}" -eq 300 ]
  [ -z "$stderr" ]
  [ "$(jq -r 'select(.title == "" or .body == "" or .date == null).id' <<<"$output")" = "" ]
}

@test "the same seed makes the same articles, another one others, and fewer are the first of more" {
  "$PROGRAMS/make_articles" 100 7 >articles
  cmp articles <("$PROGRAMS/make_articles" 100 7)
  cmp <(head -n 40 articles) <("$PROGRAMS/make_articles" 40 7)
  [ "$(comm -12 <(jq -r .body articles | sort) <("$PROGRAMS/make_articles" 100 8 | jq -r .body | sort) |
    grep -c .)" -eq 0 ]
}

@test "make_articles refuses what is no number" {
  run -2 "$PROGRAMS/make_articles" many
  run -2 "$PROGRAMS/make_articles" 10 -1
  run -2 "$PROGRAMS/make_articles"
}

@test "make_articles fails when its articles cannot be written" {
  run bash -c '"$1" 10 >/dev/full' bash "$PROGRAMS/make_articles"
  [ "$status" -eq 5 ]
}

@test "the comparison prints tables, and writes its figures and a picture" {
  printf '{"title": "Oil up", "text": "Crude oil rose.\\nIt fell later."}\n%.0s' {1..20} >more.jsonl
  xz more.jsonl
  bench --articles 100 --rounds 2 more.jsonl.xz >tables
  [ "$(grep -c '^| lede | ' tables)" -eq 6 ]
  [ "$(jq '.corpora[0].runs.lede | length' work/indexing.json)" -eq 2 ]
  [ "$(jq '.corpora[1].corpus | [.articles, .text]' -c work/indexing.json)" = "[20,720]" ]
  [ "$(jq '.corpora | map(.runs.lede | map(.wall > 0 and .size > 0) | all) | all' \
    work/indexing.json)" = true ]
  xmllint --noout work/indexing.svg
}

@test "the comparison ends with what the indexer said when one fails" {
  printf '#!/bin/sh\n[ "$1" = --help ] || { echo "no room" >&2; exit 5; }\n' >broken
  chmod +x broken
  run -1 bench --articles 10 --rounds 1 --lede broken
  [[ $output == *"failed: "*broken* && $output == *"no room"* ]]
}
