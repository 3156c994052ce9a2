bats_require_minimum_version 1.5.0
load helpers

@test "a whole index is said to be whole" {
  for engine in bulk api; do
    "$LEDE_INDEX" -q --db "$engine" --engine "$engine" "$ARTICLES"
    run "$LEDE_INDEX" check --db "$engine"
    [ "$status" -eq 0 ]
    [ "$output" = "the index at $engine is whole: 80 articles" ]
  done
  run --separate-stderr "$LEDE_INDEX" check --db api --json
  [ "$(jq -c . <<<"$output")" = \
    '{"version":1,"path":"api","whole":true,"articles":80,"damaged_count":0,"damaged":[],"tables":[]}' ]
}

@test "an article whose text has changed is named, and the way out" {
  printf '{"id":"p1","title":"Ports","text":"harbours"}\n{"id":"p2","title":"Rails","text":"trains"}\n' >a.jsonl
  "$LEDE_INDEX" -q --db idx a.jsonl
  # The first article's data end right before the block's null item of three bytes.
  printf '\xee' | dd of=idx/build-1/docdata.glass bs=1 seek=8184 conv=notrunc status=none
  run --separate-stderr "$LEDE_INDEX" check --db idx
  [ "$status" -eq 6 ]
  [[ $output == "article 'p1': "* ]]
  [[ $stderr == *"the index at idx is damaged"*"hint: "*"--rebuild"* ]]
  run --separate-stderr "$LEDE_INDEX" check --db idx --json
  [ "$(jq -c '[.whole, .articles, .damaged_count, .damaged[0].id, .damaged[0].document]' <<<"$output")" \
    = '[false,2,1,"p1",1]' ]
}

@test "a damaged table is named, with the end of what libxapian says of it" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES"
  truncate -s -8192 idx/build-1/position.glass
  run "$LEDE_INDEX" check --db idx
  [ "$status" -eq 6 ]
  assert_output_has "table position: libxapian finds errors in it"
  rm idx/build-1/position.glass
  run "$LEDE_INDEX" check --db idx
  [ "$status" -eq 6 ]
  assert_output_has "table position: it is missing"
}

@test "whatever is damaged, a check ends, and says so or finds the articles whole" {
  "$LEDE_INDEX" -q --db whole "$ARTICLES"
  "$LEDE_INDEX" parse "$ARTICLES" | jq -r .id | sort >ids
  RANDOM=7
  for table in docdata termlist postlist position; do
    for damage in flip zeros shorter gone; do
      rm -rf idx && cp -r whole idx
      file=idx/build-1/$table.glass
      at=$((RANDOM * RANDOM % $(stat -c %s "$file")))
      case $damage in
        flip) printf '\xa5' | dd of="$file" bs=1 seek="$at" conv=notrunc status=none ;;
        zeros) head -c 3000 /dev/zero | dd of="$file" bs=1 seek="$at" conv=notrunc status=none ;;
        shorter) truncate -s "$at" "$file" ;;
        gone) rm "$file" ;;
      esac
      run timeout 100 "$LEDE_INDEX" check --db idx
      case $damage in
        flip | zeros) [ "$status" -eq 0 ] || [ "$status" -eq 6 ] ;;
        *) [ "$status" -eq 6 ] ;;
      esac || { echo "$table $damage: $status $output"; return 1; }
    done
  done
  rm idx/build-1/iamglass
  assert_status 6 "$LEDE_INDEX" check --db idx
}

@test "a check waits for a writer, whose work would look like damage" {
  "$LEDE_INDEX" -q --db idx "$ARTICLES/text"
  start_writer --db idx
  wait_until_locked idx
  assert_status 4 "$LEDE_INDEX" check --db idx
  (sleep 1 && end_writer) &
  assert_status 0 "$LEDE_INDEX" check --db idx --lock-wait 60
}
