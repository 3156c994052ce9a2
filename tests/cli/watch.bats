# lede-index watch: what changes is in the index a moment later, whatever happens meanwhile.
# Every wait ends when what it waits for is there; only a failure takes as long as it may.

bats_require_minimum_version 1.5.0
load helpers

readonly PATIENCE=60  # seconds, for a machine with much else to do

teardown() {
  if [ -n "${watcher:-}" ]; then kill -KILL "$watcher" 2>/dev/null || true; fi
}

# eventually COMMAND...: tries again until it succeeds.
eventually() {
  local end=$((SECONDS + PATIENCE))
  until "$@" >last_try 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "never: $*"
      cat last_try said
      return 1
    fi
    sleep 0.05
  done
}

# watch OPTIONS...: watches news/ in the background until its first update is done.
watch() {
  "$LEDE_INDEX" watch --db idx "$@" news >reports 2>said 3>&- &
  watcher=$!
}
watch_until_ready() {
  watch "$@"
  eventually grep -q "watching" said
}

# ended_with STATUS: the watch ends, and how.
ended_with() {
  local status=0
  wait "$watcher" || status=$?
  watcher=
  [ "$status" -eq "$1" ] || { echo "ended with $status"; cat said; return 1; }
}

finds() { "$LEDE_QUERY" --db idx --jsonl "$1"; }
misses() { run "$LEDE_QUERY" --db idx "$1"; [ "$status" -eq 1 ]; }
# What an index holds, in an order of its own: ids, and texts as hits show them.
contents() { "$LEDE_QUERY" --db "$1" --limit 5000 --jsonl storm | jq -c '[.id, .title, .snippets]' | sort; }

@test "what is written, changed, moved and removed is in the index a moment later" {
  mkdir -p news/deep
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  watch_until_ready
  finds zebras
  printf 'A loud harbour\n\nNothing but walruses today.\n' >news/b.txt
  eventually finds walruses
  printf 'A loud harbour\n\nNothing but otters today.\n' >news/b.txt
  eventually misses walruses
  finds otters
  mkdir -p news/new/deeper
  printf 'A third harbour\n\nNothing but herons today.\n' >news/new/deeper/c.txt
  eventually finds herons
  mv news/new news/deep/old
  has_moved() { finds herons | grep -q deep/old/deeper/c.txt; }
  eventually has_moved
  rm news/deep/old/deeper/c.txt
  eventually misses herons
  rm -r news/deep
  printf 'A last harbour\n\nNothing but gulls today.\n' >news/d.txt
  eventually finds gulls
  grep -q '1 added' said
  grep -q '1 removed' said
  kill -TERM "$watcher"
  ended_with 143
}

@test "a storm of files leaves the index that a new one would be" {
  mkdir -p news/first
  printf 'Storm\n\nBefore the storm.\n' >news/before.txt
  watch_until_ready
  for number in $(seq 2000); do
    printf 'Storm %s\n\nStorm number %s.\n' "$number" "$number" >"news/first/$number.txt"
  done
  mv news/first news/second
  rm news/second/1?.txt
  "$LEDE_INDEX" -q --db fresh news
  contents fresh >expected
  [ "$(wc -l <expected)" -eq 1991 ]
  equals_fresh() { contents idx | diff -q expected -; }
  eventually equals_fresh
}

@test "an unmounted folder is not taken for deleted articles" {
  mkdir news
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  watch_until_ready
  mv news away
  eventually grep -q "the articles of 1 file are kept" said
  finds zebras
  mv away news
  printf 'A loud harbour\n\nNothing but walruses today.\n' >news/b.txt
  eventually finds walruses
  finds zebras
}

@test "while another process writes the index, the watch waits and loses nothing" {
  mkdir news
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  watch_until_ready
  mkfifo records
  "$LEDE_INDEX" -q --db idx - <records 3>&- &
  local writer=$!
  exec 9>records
  printf '{"id":"slow","text":"An albatross."}\n' >&9
  head -c 3000000 /dev/zero | tr '\0' '\n' >&9  # what is read in pieces: the first has arrived
  printf 'A loud harbour\n\nNothing but walruses today.\n' >news/b.txt
  eventually grep -q "it is tried again" said
  exec 9>&-
  wait "$writer"
  eventually finds walruses
  finds albatross
  kill -0 "$watcher"
}

@test "between two updates other commands may write the index" {
  mkdir news other
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  printf 'Another harbour\n\nNothing but penguins today.\n' >other/p.txt
  watch_until_ready
  "$LEDE_INDEX" -q --db idx --lock-wait 60 other
  printf 'A loud harbour\n\nNothing but walruses today.\n' >news/b.txt
  eventually finds walruses
  finds penguins
  finds zebras
}

@test "SIGINT and SIGTERM end a watch that waits, with their status" {
  mkdir news
  watch_until_ready
  kill -TERM "$watcher"
  ended_with 143
  watch_until_ready
  kill -INT "$watcher"
  ended_with 130
}

@test "SIGHUP has the watch look at everything again" {
  mkdir news
  watch_until_ready --json
  eventually grep -q '"version":1' reports
  kill -HUP "$watcher"
  two_reports() { [ "$(wc -l <reports)" -ge 2 ]; }
  eventually two_reports
  kill -0 "$watcher"
}

@test "with --json each update is one report on a line" {
  mkdir news
  watch_until_ready --json
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  eventually grep -q '"added":1' reports
  jq -es 'all(.version == 1) and (map(.added) | add) == 1' reports
}

@test "with -q nothing is said" {
  mkdir news
  watch -q
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  eventually finds zebras
  kill -TERM "$watcher"
  ended_with 143
  [ ! -s said ]
  [ ! -s reports ]
}

@test "a service manager hears when the watch is ready, what it did and that it ends" {
  mkdir news
  # A listener that writes down each datagram, in the shape of Type=notify.
  perl -MIO::Socket::UNIX -e '
    my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM(), Local => "notify") or die;
    $| = 1;
    my $message;
    while (defined $socket->recv($message, 4096)) {
      print "$message\n";
      last if $message =~ /STOPPING/;
    }' >heard 3>&- &
  local manager=$!
  eventually test -S notify
  NOTIFY_SOCKET=$PWD/notify watch
  eventually grep -qx READY=1 heard
  printf 'A quiet harbour\n\nNothing but zebras today.\n' >news/a.txt
  eventually grep -q '^STATUS=1 added' heard
  kill -TERM "$watcher"
  ended_with 143
  wait "$manager"
  grep -qx STOPPING=1 heard
}

@test "what cannot be watched is refused" {
  assert_status 2 "$LEDE_INDEX" watch --db idx
  assert_status 2 "$LEDE_INDEX" watch --db idx -
  assert_output_has "standard input cannot be watched"
  assert_status 2 "$LEDE_INDEX" watch --db idx --dry-run .
  assert_status 2 "$LEDE_INDEX" watch --db idx --engine bulk .
  mkdir other
  touch other/file
  assert_status 3 "$LEDE_INDEX" watch --db other .
}

@test "the unit file is one that systemd reads" {
  command -v systemd-analyze || skip "systemd is not here"
  sed "s#^ExecStart=[^ ]*#ExecStart=$LEDE_INDEX#" "$SOURCE/docs/lede-watch@.service" >lede-watch@.service
  run systemd-analyze verify "$PWD/lede-watch@.service"
  [[ $output != *"lede-watch"*[Uu]nknown* ]]
}
