# What a second run over the same paths does, and what it leaves alone.

bats_require_minimum_version 1.5.0
load helpers

# Two texts and a file of three records under news/.
write_news() {
  mkdir -p news/deep
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  printf 'A loud harbour\n\nNothing but walruses today.\n' >news/deep/b.txt
  printf '{"id":"r%s","title":"Record %s","text":"An otter again."}\n' 1 1 2 2 3 3 >news/c.jsonl
}

index() { "$LEDE_INDEX" --db idx "$@"; }

# The ids that an index holds, sorted.
ids() { for word in zebra walrus otter; do "$LEDE_QUERY" --db "${1:-idx}" --jsonl "$word" || true; done | jq -r .id | sort; }

# Runs lede-index as a user who has no rights but those of everybody, which are all in this folder.
let_nobody_in() {
  local folder=$BATS_TEST_TMPDIR
  while [ "$folder" != / ]; do chmod a+x "$folder"; folder=$(dirname "$folder"); done
  chmod -R a+rwX .
}
index_as_nobody() { setpriv --reuid=65534 --clear-groups "$LEDE_INDEX" --db idx "$@"; }

checksums() { find idx -type f -exec sha256sum {} + | sort; }

@test "a second run reads no file and writes nothing" {
  write_news
  index -q news
  checksums >before
  assert_status 0 index news
  assert_output_has "0 added, 0 updated, 5 unchanged, 0 skipped, from 0 of 3 files"
  checksums | diff before -
}

@test "a second run opens no file that is as it was" {
  [ "$(id -u)" -eq 0 ] || skip "only root can become another user"
  write_news
  index -q news
  let_nobody_in
  chmod 0 news/a.txt
  assert_status 0 index_as_nobody news
  assert_output_has "5 unchanged"
}

@test "a file that is gone takes its articles with it" {
  write_news
  index -q news
  rm news/a.txt
  assert_status 0 index news
  assert_output_has "0 added, 0 updated, 1 removed, 4 unchanged"
  assert_status 1 "$LEDE_QUERY" --db idx zebra
}

@test "a file of many records is updated record by record" {
  write_news
  index -q news
  sed -i -e 2d -e 's/again/again and again/;$a {"id":"r4","text":"An otter more."}' news/c.jsonl
  assert_status 0 index news
  assert_output_has "1 added, 2 updated, 1 removed, 2 unchanged"
  [ "$(ids | tr '\n' ' ')" = "$PWD/news/a.txt $PWD/news/deep/b.txt r1 r3 r4 " ]
}

@test "a path that is missing or empty is not taken for deleted articles, unless --prune says so" {
  write_news
  index -q news
  mv news away
  assert_status 1 index news
  assert_output_has "the articles of 3 files are kept, though there are no files at $PWD/news; --prune removes them"
  mkdir news
  assert_status 1 index news
  assert_output_has "--prune removes them"
  [ "$(ids | wc -l)" -eq 5 ]
  assert_status 0 index --prune news
  assert_output_has "5 removed"
  [ -z "$(ids)" ]
}

@test "articles in a folder that cannot be read stay" {
  [ "$(id -u)" -eq 0 ] || skip "only root can become another user"
  write_news
  index -q news
  let_nobody_in
  chmod 0 news/deep
  assert_status 1 index_as_nobody news
  assert_output_has "skipped $PWD/news/deep: permission denied"
  assert_output_has "the articles of 1 file under $PWD/news are kept"
  [ "$(ids | wc -l)" -eq 5 ]
  assert_status 1 index_as_nobody --prune news
  assert_output_has "1 removed"
}

@test "a file that cannot be opened any more keeps its articles" {
  [ "$(id -u)" -eq 0 ] || skip "only root can become another user"
  write_news
  index -q news
  let_nobody_in
  touch news/a.txt
  chmod 0 news/a.txt
  assert_status 1 index_as_nobody news
  assert_output_has "skipped $PWD/news/a.txt: permission denied"
  [ "$(ids | wc -l)" -eq 5 ]
}

@test "--no-prune keeps the articles of files that are gone" {
  write_news
  index -q news
  rm news/a.txt
  assert_status 0 index --no-prune news
  assert_status 0 "$LEDE_QUERY" --db idx zebra
  assert_status 2 index --prune --no-prune news
}

@test "a file that was moved keeps its article" {
  write_news
  index -q news
  mv news/a.txt news/deep/z.txt
  assert_status 0 index news
  assert_output_has "0 added, 0 updated, 1 moved, 4 unchanged"
  [ "$("$LEDE_QUERY" --db idx --json zebra | jq -r '.hits[0].path')" = "$PWD/news/deep/z.txt" ]
}

@test "a file outside of the paths that are named is left alone" {
  write_news
  index -q news
  rm news/a.txt news/deep/b.txt
  assert_status 1 index news/deep
  [ "$(ids | wc -l)" -eq 5 ]
}

@test "a dry run says what would be done, and writes nothing" {
  write_news
  assert_status 0 index --dry-run news
  assert_output_has "nothing is written; this would be done: 5 added"
  [ ! -e idx ]
  index -q news
  checksums >before
  rm news/a.txt
  sed -i 's/again/again and again/' news/c.jsonl
  mv news/deep/b.txt news/b.txt
  assert_status 0 index --dry-run news
  assert_output_has "0 added, 3 updated, 1 moved, 1 removed, 0 unchanged"
  assert_output_has "would hold 4 articles"
  checksums | diff before -
  [ "$(index --dry-run --json news | jq -c '[.dry_run, .updated, .moved, .removed]')" = '[true,3,1,1]' ]
}

@test "--checksum finds a change that size, time and inode do not show" {
  write_news
  index -q --checksum news
  touch -r news/a.txt time
  printf 'A quiet harbour\n\nNothing but lemurs today.\n' >news/a.txt
  touch -r time news/a.txt
  assert_status 0 index news
  assert_output_has "0 updated, 5 unchanged"
  assert_status 0 index --checksum news
  assert_output_has "1 updated, 4 unchanged"
  assert_status 0 "$LEDE_QUERY" --db idx lemurs
}

@test "--checksum does not read the articles of a file that was only touched" {
  write_news
  index -q --checksum news
  touch -d 2020-01-01 news/a.txt
  assert_status 0 index --checksum news
  assert_output_has "5 unchanged, 0 skipped, from 0 of 3 files"
  assert_status 0 index news
  assert_output_has "5 unchanged, 0 skipped, from 0 of 3 files"
}

@test "a file is read again when it would be read in another way" {
  write_news
  index -q news
  assert_status 0 index --drafts news
  assert_output_has "0 updated, 5 unchanged, 0 skipped, from 3 files"
  assert_status 0 index --drafts news
  assert_output_has "5 unchanged, 0 skipped, from 0 of 3 files"
}

@test "what was skipped in a file that did not change is named again" {
  write_news
  printf '{"text": broken\n' >>news/c.jsonl
  assert_status 1 index news
  assert_status 1 index news
  assert_output_has "skipped $PWD/news/c.jsonl, line 4:"
  assert_output_has "from 0 of 3 files"
}

@test "a last line that is still being written is taken when it is complete" {
  write_news
  printf '{"id":"r4","text":"An ot' >>news/c.jsonl
  assert_status 1 index news
  assert_output_has "c.jsonl, line 4:"
  printf 'ter more."}\n' >>news/c.jsonl
  assert_status 0 index news
  assert_output_has "1 added, 0 updated, 5 unchanged"
}

@test "of two articles of one id the same one is kept, in whatever order they come" {
  mkdir one two
  printf '{"id":"x","text":"An otter.","modified":"2025-08-02"}\n' >one/a.jsonl
  printf '{"id":"x","text":"A zebra.","date":"2025-08-01"}\n' >two/a.jsonl
  assert_status 0 index one two
  assert_output_has "1 added"
  assert_output_has "1 article gave way to another of the same id"
  "$LEDE_INDEX" -q --db other two one
  for db in idx other; do
    assert_status 0 "$LEDE_QUERY" --db "$db" otter
    assert_status 1 "$LEDE_QUERY" --db "$db" zebra
  done
  rm one/a.jsonl
  printf 'A walrus\n' >one/b.txt
  assert_status 0 index one
  assert_status 0 "$LEDE_QUERY" --db idx zebra
}

@test "an article that goes from one file to another is one update" {
  write_news
  index -q news
  tail -1 news/c.jsonl >news/d.jsonl
  sed -i '$d' news/c.jsonl
  assert_status 0 index news
  assert_output_has "0 added, 1 updated, 4 unchanged"
}

@test "an interrupted run keeps what is done, and says at once that it is finishing" {
  write_news
  mkfifo slow
  "$LEDE_INDEX" --db idx news - <slow >out 2>err &
  local indexer=$! ended=0
  exec 9>slow
  sleep 2
  kill -INT "$indexer"
  printf '{"id":"p","text":"A piped otter."}\n' >&9
  exec 9>&-
  wait "$indexer" || ended=$?
  [ "$ended" -eq 130 ]
  grep -q "interrupted: what was read is being written" err
  grep -q "3 of 4 files done and kept" err
  assert_status 0 index news
  assert_output_has "5 unchanged, 0 skipped, from 0 of 3 files"
}

@test "other settings than the index has are refused even when there is nothing to do" {
  write_news
  index -q news
  assert_status 3 index --language german news
}
