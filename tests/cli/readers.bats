# Questions asked while lede-index writes: each answer is of one revision, whole, and none fails.

bats_require_minimum_version 1.5.0
load helpers

articles=40

# write_generation N: all articles of the index say that they are of this generation.
write_generation() {
  seq "$articles" |
    sed "s/.*/{\"id\":\"a&\",\"title\":\"Pilots &\",\"text\":\"the harbour pilots of generation$1 met\"}/" >next
  mv next articles.jsonl
}

# whole_answers FILE: how many lines; fails where one is not an answer with all articles of one
# generation.
whole_answers() {
  jq -e -s --argjson articles "$articles" 'all(.[];
      .total == { value: $articles, exact: true } and (.hits | length) == $articles
      and ([.hits[].snippets[] | select(.field == "body").text | capture("(?<n>generation[0-9]+)").n]
           | length == $articles and (unique | length) == 1))' "$1" >/dev/null
  wc -l <"$1"
}

# start_readers QUESTION: asks it in a batch of three threads ($batch) and one by one ($one) until
# there is a file stop.
start_readers() {
  local question=$1
  (while [ ! -e stop ]; do printf '%s\n' "$question" "$question" "$question" "$question"; sleep 0.01; done) |
    "$LEDE_QUERY" --db idx --json -n 100 -j 3 --batch - >batch 2>batch.err 3>&- &
  batch=$!
  (while [ ! -e stop ]; do
    "$LEDE_QUERY" --db idx --json -n 100 "$question" || printf 'status %s\n' $? >>one.err
  done >one 2>>one.err) 3>&- &
  one=$!
}

end_readers() {
  : >stop
  wait "$batch" "$one"
  diff /dev/null batch.err
  diff /dev/null one.err
  [ "$(whole_answers batch)" -gt 20 ]
  [ "$(whole_answers one)" -gt 10 ]
  [ "$(jq -r .index.revision batch | sort -u | wc -l)" -gt 1 ]
}

# generations: how many the readers have seen.
generations() {
  cat batch one | jq -r '.hits[0].snippets[] | select(.field == "body").text' | sort -u | wc -l
}

@test "readers see whole revisions while articles are updated" {
  write_generation 1
  "$LEDE_INDEX" -q --db idx articles.jsonl
  start_readers 'the pilots'
  for n in $(seq 2 13); do
    write_generation "$n"
    "$LEDE_INDEX" -q --db idx articles.jsonl
  done
  end_readers
  [ "$(generations)" -gt 3 ]
}

@test "readers see whole revisions while the index is updated, compacted and built anew in turn" {
  write_generation 1
  "$LEDE_INDEX" -q --db idx articles.jsonl
  start_readers '"harbour pilots"'
  for n in $(seq 2 3 17); do
    write_generation "$n"
    "$LEDE_INDEX" -q --db idx articles.jsonl
    "$LEDE_INDEX" -q --db idx compact
    write_generation $((n + 1))
    "$LEDE_INDEX" -q --db idx --rebuild articles.jsonl
    write_generation $((n + 2))
    "$LEDE_INDEX" -q --db idx articles.jsonl
  done
  end_readers
  [ "$(generations)" -gt 3 ]
}

@test "readers see whole revisions of an index without positions" {
  write_generation 1
  "$LEDE_INDEX" -q --db idx --positions none articles.jsonl
  start_readers '"harbour pilots"'
  for n in $(seq 2 6); do
    write_generation "$n"
    "$LEDE_INDEX" -q --db idx articles.jsonl
    "$LEDE_INDEX" -q --db idx compact
  done
  end_readers
}

@test "an article is shown whole while it is written" {
  write_generation 1
  "$LEDE_INDEX" -q --db idx articles.jsonl
  (while [ ! -e stop ]; do
    "$LEDE_QUERY" --db idx --json --show a7 || printf 'status %s\n' $? >>one.err
  done >one 2>>one.err) 3>&- &
  one=$!
  for n in $(seq 2 6); do
    write_generation "$n"
    "$LEDE_INDEX" -q --db idx articles.jsonl
    "$LEDE_INDEX" -q --db idx --rebuild articles.jsonl
  done
  : >stop
  wait "$one"
  diff /dev/null one.err
  jq -e -s 'length > 5 and all(.[]; .id == "a7" and (.body | test("generation[0-9]+ met")))' one
}
