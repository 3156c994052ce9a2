bats_require_minimum_version 1.5.0
load helpers

# parsed FILE...: what lede-index parse makes of the files, as one line of `title: body` each.
parsed() {
  "$LEDE_INDEX" parse "$@" | jq -r '"\(.title): \(.body)"'
}

@test "--map fills a field from any key of a record" {
  printf '{"kop":{"hoofd":"Dike holds"},"alineas":[{"t":"It rained."},{"t":"It held."}]}\n' >a.jsonl
  run parsed --map title=kop.hoofd --map 'body=alineas[*].t' a.jsonl
  [ "$output" = $'Dike holds: It rained.\n\nIt held.' ]
}

@test "--map fills a field from a column, by its name or its number" {
  printf 'Kop;Tekst\nDike holds;It rained.\n' >a.csv
  [ "$(parsed --map title=Kop --map body=Tekst a.csv)" = "Dike holds: It rained." ]
  printf '2025-08-29,"It rained, long.",Dike holds.\n' >b.csv
  [ "$(parsed --map title=3 --map body=2 b.csv)" = "Dike holds.: It rained, long." ]
}

@test "--map with a field that does not exist is a usage error that lists the fields" {
  assert_status 2 "$LEDE_INDEX" parse --map headline=kop .
  assert_output_has "'headline=kop' is not FIELD=KEY with one of: body, id, url, title, lede,"
  assert_status 2 "$LEDE_INDEX" parse --map title .
  assert_status 2 "$LEDE_INDEX" parse --map title= .
}

# ---- Markdown

@test "a draft is skipped by name, and read when asked" {
  printf -- '---\ntitle: Not yet\ndraft: true\n---\nUnfinished words.\n' >draft.md
  assert_status 1 "$LEDE_INDEX" --db idx draft.md
  assert_output_has "draft.md: it is a draft; --drafts reads it"
  assert_status 0 "$LEDE_INDEX" --db idx --drafts draft.md
  assert_status 0 "$LEDE_QUERY" --db idx unfinished
}

@test "front matter that is not YAML still gives its title, with a warning" {
  printf -- '---\ntitle: Fares: who pays\ndate: 29 August 2025\n---\nText.\n' >a.md
  run "$LEDE_INDEX" parse a.md
  [ "$(jq -c '[.title, .date, .format, (.warnings | length)]' <<<"$output")" \
    = '["Fares: who pays","2025-08-29","markdown",1]' ]
}

@test "a post without a date has that of its name, and no shortcode in its text" {
  printf '# Gates\n\nNew {{< img src="x" >}}gates.\n' >2025-09-02-gates.md
  run "$LEDE_INDEX" parse 2025-09-02-gates.md
  [ "$(jq -c '[.title, .date, .origins.date, .body]' <<<"$output")" \
    = '["Gates","2025-09-02","path","New gates."]' ]
}
