# The programs of `./run bench searching`: what they measure is nobody's promise, that they work is.

bats_require_minimum_version 1.5.0

setup() { cd "$BATS_TEST_TMPDIR" || return 1; }

# bench ARGUMENTS...: the comparison, with lede's own part in it only unless told otherwise.
bench() {
  python3 -B "$SOURCE/tests/bench/searching.py" --programs "$PROGRAMS" --lede "$LEDE_INDEX" \
    --lede-query "$LEDE_QUERY" --work work --peers= --rounds 1 "$@"
}

# questions COUNT FILE: the questions made of a file, as lede-query reads them.
questions() {
  python3 -B - "$@" <<'PYTHON'
import os, sys
sys.path.insert(0, os.environ["SOURCE"] + "/tests/bench")
import corpora, questions, searchers
articles = corpora.read_articles(sys.argv[2])
for question in questions.make_questions(articles, questions.ALL_KINDS, int(sys.argv[1])):
    print(question.kind, searchers.for_lede(question), searchers.for_fts5(question), sep="\t")
PYTHON
}

# found JSON: the contenders and how many questions had hits.
found() { jq -c "$1" work/searching.json; }

@test "one_shot_bench runs commands in their order and tells time, status and output of each" {
  run -0 --separate-stderr bash -c "printf 'printf\0abc\0\0sh\0-c\0exit 3\0\0sleep\0.05\0\0' |
    '$PROGRAMS/one_shot_bench' --turns"
  [ "$(jq -c 'map([.status, .bytes])' <<<"$output")" = "[[0,3],[3,0],[0,0]]" ]
  [ "$(jq '.[2].ms >= 50 and .[2].cpu_ms < .[2].ms' <<<"$output")" = true ]
  [ "$(printf '' | "$PROGRAMS/one_shot_bench" --turns)" = "[]" ]
}

@test "one_shot_bench reads all that a command prints" {
  [ "$(printf 'head\0-c\0003000000\0/dev/zero\0\0' | "$PROGRAMS/one_shot_bench" --turns |
    jq '.[0].bytes')" -eq 3000000 ]
}

@test "one_shot_bench names the command that cannot be run" {
  run -1 bash -c "printf 'no-such-command\0\0' | '$PROGRAMS/one_shot_bench' --turns"
  [[ $output == *"no-such-command"* ]]
  run -1 bash -c "printf 'sh\0-c\0kill -9 \$\$\0\0' | '$PROGRAMS/one_shot_bench' --turns"
  [[ $output == *"signal: sh"* ]]
  run -2 "$PROGRAMS/one_shot_bench"
}

@test "one_shot_bench compares a command with an empty process" {
  run -0 "$PROGRAMS/one_shot_bench" 2 true
  [[ $output == *"above empty"* && ${#lines[@]} -eq 3 ]]
}

@test "questions are of each kind, all different, and the same for the same articles" {
  "$PROGRAMS/make_articles" 300 >articles.jsonl
  questions 60 articles.jsonl >asked
  [ "$(wc -l <asked)" -eq 60 ]
  [ -z "$(sort asked | uniq -d)" ]
  [ "$(cut -f 1 asked | sort | uniq -c | awk '{print $1}' | sort -u)" -eq 10 ]
  cmp asked <(questions 60 articles.jsonl)
}

@test "each question finds an article that has all of its words" {
  "$PROGRAMS/make_articles" 300 >articles.jsonl
  "$LEDE_INDEX" -q --db db articles.jsonl
  questions 60 articles.jsonl | cut -f 2 >asked
  "$LEDE_QUERY" --db db --batch asked -c --match all >counted
  [ "$(wc -l <counted)" -eq 60 ]
  [ "$(awk '$2 == 0' counted)" = "" ]
}

@test "each contender has a question in its own words" {
  printf '{"title": "Harbour", "body": "pilots strike tomorrow"}\n' >one.jsonl
  questions 30 one.jsonl >asked
  grep -qF $'a word of a title\ttitle:harbour\ttitle : harbour' asked
  grep -qF $'a phrase\t"pilots strike tomorrow"\t"pilots strike tomorrow"' asked
}

@test "the comparison prints tables, and writes its figures and a picture" {
  printf '{"title": "Oil up", "text": "Crude oil rose sharply.\\nIt fell later."}\n%.0s' {1..20} >more.jsonl
  xz more.jsonl
  mkdir folder
  printf 'Pilots strike\n\nThe harbour pilots began a strike.\n' >folder/one.txt
  : >folder/empty.txt
  bench --articles 200 --growth 400 --questions 12 more.jsonl.xz folder >tables
  [ "$(grep -c '^| `true` | ' tables)" -eq 3 ]
  [ "$(grep -c '^| lede-query' tables)" -ge 6 ]
  [ "$(jq -c '[.corpora[].corpus.articles]' work/searching.json)" = "[200,20,1]" ]
  [ "$(found '.corpora[0].one_shot.found')" = '{"lede-query":12}' ]
  [ "$(found '.corpora[0].one_shot.times["lede-query"].ms | length')" -eq 12 ]
  [ "$(found '[.growth.sizes[].articles]')" = "[4,40,400]" ]
  [ "$(found '[.. | .ms? // empty | .[]?] | all(. > 0)')" = true ]
  xmllint --noout work/searching.svg
}

@test "peers that are there answer the same questions, and find what they ask for" {
  bench --articles 200 --growth 400 --questions 12 --peers fts5,fts5-bm25,lucene,quest,recoll >tables
  # Which of them are installed is the machine's business; Recoll stems in its own way.
  [ "$(found '.corpora[0] | .one_shot.found + .warm.found | del(.["recollq -A"]) | map(. == 12) | all')" = true ]
  [ "$(found '.corpora[0].one_shot.found["recollq -A"] // 12 | . >= 9')" = true ]
  [ "$(found '.corpora[0].warm.microseconds | map(.wall[0] > 0) | all')" = true ]
}

@test "an index is made once, and anew when the articles or the program are newer" {
  bench --articles 0 --growth 400 --questions 12
  local index=work/400-short-articles/lede-index
  touch -r "$index.made" before
  bench --articles 0 --growth 400 --questions 12
  [ ! "$index.made" -nt before ]
  touch work/400-short-articles.jsonl
  bench --articles 0 --growth 400 --questions 12
  [ "$index.made" -nt before ]
}

@test "the comparison ends with what a searcher said when one fails" {
  printf '#!/bin/sh\n[ "$1" = --help ] || { echo "no room" >&2; exit 5; }\n' >broken
  chmod +x broken
  run -1 bench --articles 20 --growth 0 --questions 6 --lede-query broken
  [[ $output == *"failed: "*broken* && $output == *"no room"* ]]
}

@test "the comparison refuses what cannot be asked" {
  run -2 bench --questions 0
  printf '{"title": "A", "body": "It is."}\n' >nothing.jsonl
  run -1 bench --articles 0 --growth 0 --questions 6 nothing.jsonl
  [[ $output == *"nothing can be asked of"*nothing.jsonl* ]]
}
