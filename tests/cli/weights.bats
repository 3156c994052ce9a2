# --weight and --expand: other scores for the same articles.

bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cat >"$BATS_FILE_TMPDIR/opera.jsonl" <<'END'
{"id":"title","title":"Opera tonight","text":"much is sung there for three long hours"}
{"id":"body","title":"Much is sung","text":"opera and opera again for hours"}
{"id":"tag","title":"Much is said","text":"nothing is sung there, not for one hour","tags":["opera"]}
END
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/idx" "$BATS_FILE_TMPDIR/opera.jsonl"
  "$LEDE_INDEX" -q --db "$BATS_FILE_TMPDIR/all" "$ARTICLES"
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }
ids() { query --format ids opera "$@" | tr '\n' ' '; }

@test "a field counts what the question says" {
  [ "$(ids --weight title=9)" = 'title body tag ' ]
  [ "$(ids --weight title=.5)" = 'body tag title ' ]
  [ "$(ids --weight tag=20 --weight title=0)" = 'tag body title ' ]
  [ "$(ids --weight headline=9)" = 'title body tag ' ]
}

@test "what the index was made with changes nothing" {
  query --format trec opera >plain
  diff plain <(query --format trec --weight title=3 --weight body=1 opera)
  ! diff -q plain <(query --format trec --weight title=4 opera)
}

@test "the weights of the words add up to the score" {
  query --jsonl --explain --weight title=9 --match any 'opera tonight "sung there"' >hits
  jq -es 'length == 3 and all((([.explain[].weight] | add) - .score) | fabs < 1e-9)' hits
}

@test "a weight is a field and a number" {
  for weight in title title= title=x title=-1 title=1001 source=2 =3; do
    run -2 query opera --weight "$weight"
    [[ $output == *"lede-query: --weight: '$weight' "* ]]
  done
}

@test "an index that counts nothing in bodies cannot count it then" {
  "$LEDE_INDEX" -q --db titles --weight body=0 "$BATS_FILE_TMPDIR/opera.jsonl"
  run -2 "$LEDE_QUERY" --db titles --weight body=2 opera
  assert_output_has "lede-query: this index counts nothing in the body, so --weight body cannot change it"
  "$LEDE_QUERY" --db titles --weight title=2 -q opera
}

@test "expanding finds the same articles in another order" {
  all() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/all" --match any --format ids "$@" 'harbour strike'; }
  all -n 1000 >plain
  all -n 1000 --expand >expanded
  diff <(sort plain) <(sort expanded)
  ! diff -q plain expanded
  diff expanded <(all --expand -n 5; all --expand -n 1000 --offset 5)
}

@test "expanding is explained by the words that it ranks by" {
  "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/all" --match any --jsonl --explain --expand 'harbour strike' >hits
  jq -es 'all((([.explain[].weight] | add) - .score) | fabs < 1e-9) and (.[0].explain | length > 2)' hits
}

@test "an order that is not by relevance has no use for either" {
  run -2 query opera --expand --sort date
  assert_output_has "lede-query: --expand changes the order of relevance, and --sort asks for another one"
  run -2 query opera --weight title=2 --sort date
  assert_output_has "lede-query: --weight changes the order of relevance, and --sort asks for another one"
}
