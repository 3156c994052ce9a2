bats_require_minimum_version 1.5.0
load helpers

@test "every path that docs/architecture.md names exists" {
  grep -o '`[a-z][a-z_/.-]*/[a-z_/.-]*`' "$SOURCE/docs/architecture.md" | tr -d '`' | sort -u >paths
  [ "$(wc -l <paths)" -gt 20 ]
  while read -r path; do
    [ -e "$SOURCE/$path" ] || { echo "no such path: $path"; return 1; }
  done <paths
}

@test "every decision has its number once" {
  cd "$SOURCE/docs/decisions"
  [ "$(printf '%s\n' [0-9]*.md | cut -c1-4 | sort | uniq -d | wc -l)" -eq 0 ]
}

@test "neither tool's library links the other's, and lede-query links no reader" {
  ! grep -rE '#include "indexer/' "$SOURCE/query" "$SOURCE/console" "$SOURCE/corpus"
  ! grep -rE '#include "query/' "$SOURCE/indexer" "$SOURCE/console" "$SOURCE/corpus"
  ! grep -rE '#include "(corpus/readers|console)/' "$SOURCE"/corpus/*.cpp "$SOURCE"/corpus/*.hpp
  ! grep -rE '#include "corpus/readers/' "$SOURCE/query" "$SOURCE/console"
}
