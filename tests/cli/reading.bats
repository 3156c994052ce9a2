bats_require_minimum_version 1.5.0
load helpers

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
