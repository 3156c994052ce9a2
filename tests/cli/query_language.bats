bats_require_minimum_version 1.5.0
load helpers

setup_file() {
  cd "$BATS_FILE_TMPDIR" || return 1
  cat >articles.jsonl <<'END'
{"id":"opec","title":"OPEC cuts output","text":"Crude oil prices rose after the cartel met in Vienna.","author":"Ann Smith","source":"Reuters","section":"Markets","tags":["energy"],"language":"en","date":"2025-08-29","url":"https://www.wire.example/opec_(1)"}
{"id":"ball","title":"The opera ball","text":"Vienna danced all night. The price of oil for the lamps was paid by the city.","author":"Bob Crude","source":"New York Times","section":"Culture","tags":["dance"],"language":"en","date":"2025-07-02","url":"https://times.example/ball"}
{"id":"virus","title":"Virus","text":"COVID-19 cases fell. Doctors speak of gas, and of to be or not to be.","description":"Colds in summer","language":"de","date":"2024"}
END
  "$LEDE_INDEX" -q --db idx articles.jsonl
}

query() { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" "$@"; }

# finds QUESTION ID...: these articles answer it, in any order, none is shown for want of better.
finds() {
  local question=$1
  shift
  local found
  found=$(query --match all --jsonl -- "$question" | jq -r .id | sort | tr '\n' ' ')
  if [ "$found" != "$(printf '%s\n' "$@" | sort | tr '\n' ' ' | sed 's/^ $//')" ]; then
    printf '%s\n  found:    %s\n  expected: %s\n' "$question" "$found" "$*"
    return 1
  fi
}

# refuses QUESTION: with status 2 and the lines on standard input, which end in an empty line.
refuses() {
  run --separate-stderr query -- "$1"
  [ "$status" -eq 2 ]
  [ -z "$output" ]
  diff -u - <(printf '%s\n' "$stderr")
}

# The examples of docs/query-language.md.
@test "words side by side must all be there" {
  finds 'vienna' opec ball
  finds 'Crude PRICES' opec ball
  finds 'crude cartel' opec
}

@test "an article that has only some of the words is shown when none has them all" {
  run --separate-stderr query --jsonl 'cartel lamps'
  [ "$(jq -r .id <<<"$output" | sort | tr '\n' ' ')" = 'ball opec ' ]
  [ "$stderr" = 'lede-query: no article has all the words; showing the best partial matches' ]
  run --separate-stderr query --jsonl 'cartel AND lamps'
  [ "$status" -eq 1 ]
}

@test "a phrase has its words side by side and in order" {
  finds '"crude oil"' opec
  finds '“crude oil”' opec
  finds '"oil crude"'
  finds '"price of oil"' ball
  finds '"to be or not to be"' virus
}

@test "a phrase never runs from one field into the next" {
  finds '"cuts output"' opec
  finds '"output crude"'
  finds '"the city dance"'
  finds '"dance bob"'
}

@test "a word of several parts is a phrase" {
  finds 'COVID-19' virus
  finds '19-COVID'
}

@test "AND, OR, NOT and brackets" {
  finds 'cartel AND vienna' opec
  finds 'cartel OR lamps' opec ball
  finds 'vienna NOT lamps' opec
  finds 'vienna AND NOT lamps' opec
  finds 'cartel OR gas cases' opec virus
  finds 'vienna (cartel OR lamps)' opec ball
  finds '(cartel OR lamps) NOT (crude OR gas)'
  finds 'cartel or lamps'
}

@test "plus and minus" {
  finds 'vienna -lamps' opec
  finds 'vienna -"crude oil"' ball
  finds 'vienna -author:crude' opec
  finds '+the vienna' opec ball
  [ "$(query --match any --count '+lamps cartel')" -eq 1 ]
}

@test "a sign inside a word or before a space is punctuation" {
  finds 'vienna - lamps' ball
  finds 'log(vienna + lamps)'
  finds 'covid-19' virus
}

@test "common words are left out, unless they are all there is" {
  finds 'what is the price of oil in Vienna?' opec ball
  finds 'to be' virus
}

@test "fields" {
  finds 'title:opera' ball
  finds 'title:vienna'
  finds 'author:crude' ball
  finds 'by:"Ann Smith"' opec
  finds 'tag:energy' opec
  finds 'title:(output OPEC)' opec
  finds 'title:(virus OR ball)' virus ball
  finds 'source:"New York Times"' ball
  finds 'section:markets vienna' opec
  finds 'section:mark*' opec
  finds 'source:Reut*' opec
  finds 'source:Reutes~' opec
  finds 'vienna title:(opera -virus)' ball
}

@test "values that are taken whole" {
  finds 'language:de' virus
  finds 'lang:EN -id:opec' ball
  finds 'id:opec' opec
  finds 'url:https://times.example/ball' ball
  finds 'url:"https://www.wire.example/opec_(1)"' opec
  finds 'host:wire.example' opec
  finds "path:$BATS_FILE_TMPDIR/articles.jsonl" opec ball virus
  finds "path:$BATS_FILE_TMPDIR cartel" opec
  cd "$BATS_FILE_TMPDIR" && finds 'path:articles.jsonl gas' virus
}

@test "values that are like a pattern" {
  finds 'host:*.example' opec ball
  finds 'host:wire*' opec
  finds 'url:*/ball' ball
  finds 'id:op*' opec
  finds 'id:*' opec ball virus
  finds 'id:*x*'
  finds 'path:*.jsonl gas' virus
  finds 'path:*/articles.* cartel' opec
  finds 'id:"op*"'
  [ "$(query --json 'id:op* cartel' | jq -r .query.parsed)" = 'id:op* AND cartel' ]
  cd "$BATS_FILE_TMPDIR" && finds 'path:art*s.jsonl gas' virus
}

@test "operators as other tools have them" {
  finds 'cartel && vienna' opec
  finds 'cartel || lamps' opec ball
  finds 'crude NEAR rose' opec
  refuses 'crude !oil' <<'END'
lede-query: a ! before a word at column 7
hint: write -word to leave it out, or "!word" for text
  crude !oil
        ^
END
}

@test "dates by year, month and day" {
  finds 'date:2025' opec ball
  finds 'date:2025-08' opec
  finds 'date:2025-07-02' ball
  finds 'date:2024-01'
}

@test "ordinary sentences need no care" {
  finds "where's Vienna; what of oil, & gas/jazz?"
  finds 'Is Vienna located at 10:30?'
  finds 'see http://www.wire.example/ for shock: waves'
  finds '[lamps,city]' ball
}

@test "the answer says how the question was understood" {
  understood() { query --json -- "$1" | jq -r .query.parsed; }
  [ "$(understood "the price of OIL")" = "price AND oil" ]
  [ "$(understood 'oil -(gas OR lamps)')" = 'oil AND NOT (gas OR lamps)' ]
  [ "$(understood 'headline:OPEC "Crude oil"')" = 'title:opec AND "crude oil"' ]
}

@test "an unknown field is named with its place" {
  refuses 'oil foo:bar' <<'END'
lede-query: unknown field 'foo' at column 5
hint: the fields are title, lede, tag, author, source, section, language, id, url, host, path, date; to look for the text itself put it in quotes: "foo:bar"
  oil foo:bar
      ^
END
  finds '"shock:waves"'
}

@test "body is no field" {
  refuses 'body:oil' <<'END'
lede-query: every word searches the body already, so there is no such field at column 1
hint: leave the field's name out
  body:oil
  ^
END
}

@test "a quote or a bracket without its partner is shown" {
  refuses 'price of "crude oil' <<'END'
lede-query: no closing quote for the one at column 10
hint: add one, or remove it
  price of "crude oil
           ^
END
  refuses 'price (crude oil' <<'END'
lede-query: no closing bracket for the one at column 7
hint: add one, or remove it
  price (crude oil
        ^
END
  refuses 'price) crude' <<'END'
lede-query: no opening bracket for the one at column 6
hint: remove it, or put ( before it
  price) crude
       ^
END
}

@test "an operator without its words is shown" {
  refuses 'oil AND' <<'END'
lede-query: there is nothing after the AND at column 5
hint: AND, OR and NOT stand between words; to look for the word itself write it small
  oil AND
      ^
END
  refuses 'oil ()' <<'END'
lede-query: there is nothing between the brackets at column 5
hint: remove them, or put words between them
  oil ()
      ^
END
}

@test "a question that only leaves out is refused" {
  refuses '-oil' <<'END'
lede-query: nothing is asked for, only left out, at column 2
hint: add what to look for, as in: oil -gas
  -oil
   ^
END
}

@test "patterns stand for the words of the index" {
  finds 'vie*a' opec ball
  finds 'v?enna' opec ball
  finds '*artel' opec
  finds '?artel' opec
  finds 'danc*' ball
  finds '*ing'
  finds 'title:op*' opec ball
  finds 'crude -*tel' ball
  finds 'what is oil?' opec ball
}

@test "a word may have typing errors" {
  finds 'cratel~' opec
  finds 'cratel~0'
  finds 'viennaa~1 -lamps' opec
  finds 'title:opac~' opec
}

@test "words as they are written" {
  finds 'price' opec ball
  finds '=prices' opec
  finds '=PRICE' ball
  finds '="crude oil prices"' opec
  finds '="crude oil price"'
  finds 'vienna -=price' opec
}

@test "words near each other" {
  finds 'crude NEAR/2 prices' opec
  finds 'crude NEAR/1 prices'
  finds 'title:(opec NEAR/2 output)' opec
  finds '(cartel OR lamps) NEAR/3 (vienna OR oil)' opec ball
  finds 'crude NEAR/8 prices NEAR/8 cartel' opec
}

@test "a word that weighs more puts its articles first" {
  [ "$(query --match any --format ids 'vienna lamps^3 cartel' | head -1)" = ball ]
  [ "$(query --match any --format ids 'vienna lamps cartel^3' | head -1)" = opec ]
}

@test "dates as ranges, in words, and by today" {
  finds 'date:2025-07..2025-08' opec ball
  finds 'date:2024..' opec ball virus
  finds 'date:..2024' virus
  finds 'date:"29 August 2025"' opec
  finds 'date:2025-07-01/P2M' opec ball
  finds 'date:2025-Q3' opec ball
  local TZ
  for TZ in UTC Pacific/Kiritimati America/Anchorage; do
    export TZ
    [ "$(query --now 2025-08-30 --format ids date:yesterday)" = opec ]
    [ "$(query --now 2025-08-30 --format ids date:7d..)" = opec ]
    [ "$(query --now 2025-08-30 --format ids date:last-month)" = ball ]
    [ "$(query --now '2025-08-30T12:00' --format ids 'date:"last year"')" = virus ]
  done
}

@test "every example on the page of the language finds something" {
  local examples count=0
  examples=$(sed -n 's/^| .* | `\(.*\)` |$/\1/p' "$SOURCE/docs/query-language.md")
  cd "$BATS_FILE_TMPDIR"
  while IFS= read -r example; do
    assert_status 0 query --now 2025-09-03 -- "$example"
    count=$((count + 1))
  done <<<"$examples"
  [ "$count" -gt 40 ]
}

@test "a question with a misspelt word is answered with another one" {
  run --separate-stderr query 'cratel viena'
  [ "$status" -eq 1 ]
  [ "${stderr_lines[0]}" = 'lede-query: nothing found' ]
  [ "${stderr_lines[1]}" = 'lede-query: did you mean: cartel vienna' ]
  [ "$(query --json 'title:opac -lamps' | jq -r .query.suggestion)" = 'title:opec -lamps' ]
  [ "$(query --json 'cartel' | jq -r .query.suggestion)" = null ]
  [ "$(query --json 'zzzzz' | jq -r .query.suggestion)" = null ]
  [ "$(query --json 'foos:bar' 2>/dev/null | jq -r .query.suggestion)" = '' ]
  [ "$(query --json 'id:opek' | jq -r .query.suggestion)" = null ]
}

@test "a sign where it means nothing is shown" {
  refuses '"crude oil"* gas' <<'END'
lede-query: a * behind a phrase at column 12
hint: remove it; for words near each other write a NEAR/5 b
  "crude oil"* gas
             ^
END
  assert_status 2 query -- 'word~7'
  assert_output_has 'too many typing errors, at column 6'
  assert_status 2 query -- 'a NEAR/0 b'
  assert_output_has 'no such distance, the number at column 8'
}

@test "a date that is none is refused with the forms it takes" {
  assert_status 2 query 'oil date:soon'
  assert_output_has "'soon' is not a date, at column 10"
  assert_output_has 'date:2025-08'
  assert_status 2 query date:7d
  assert_output_has 'since then is 7d..'
  assert_status 2 query --now soon oil
  assert_output_has "'soon' is not a date"
}

@test "a place in a long question is shown with what is around it" {
  local long
  long=$(printf 'w%.0s ' {1..100})
  assert_status 2 query "$long foo:bar $long"
  assert_output_has '  ... w w w w w w w w w w w w w w  foo:bar w w w'
}

@test "escape sequences in a question do not reach the terminal" {
  assert_status 2 query $'\x1b[31m"oil'
  [[ $output != *$'\x1b'* ]]
}

@test "questions have limits" {
  assert_status 2 query "$(printf 'w%.0s ' {1..257})"
  assert_output_has 'more than 256 words'
  assert_status 2 query "\"$(printf 'w%.0s ' {1..33})\""
  assert_output_has 'more than 32 words in the phrase'
  assert_status 2 query "$(printf '(%.0s' {1..1000})"
  assert_output_has 'more than 32 brackets'
  assert_status 2 query "$(head -c 9000 /dev/zero | tr '\0' a)"
  assert_output_has '8192 is the limit'
}

@test "a question of 256 words takes no time" {
  run timeout 2 "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --match any "$(printf 'w%s ' {1..256})"
  [ "$status" -eq 1 ]
}

@test "a batch numbers questions by their lines and takes CRLF and empty lines" {
  printf 'oil\r\n\nx y\tgas\n   \nlast' >questions
  run --separate-stderr query --batch questions --json
  [ "$(jq -c '[.query.id, .query.text, .total.value]' <<<"$output" | tr '\n' ' ')" = \
    '["1","oil",2] ["x y","gas",1] ["5","last",0] ' ]
}

@test "an unreadable question in a batch is answered with its error, and the batch goes on" {
  printf 'oil\na\tfoo:bar\ngas\n' >questions
  run --separate-stderr query --batch questions --json
  [ "$status" -eq 2 ]
  [ "$stderr" = "lede-query: line 2: unknown field 'foo' at column 1" ]
  [ "${#lines[@]}" -eq 3 ]
  [ "$(jq -c '[.version, .query.id, .query.text, .error.message]' <<<"${lines[1]}")" = \
    "[1,\"a\",\"foo:bar\",\"unknown field 'foo' at column 1\"]" ]
  [ "$(jq -r .query.text <<<"${lines[2]}")" = gas ]
  [ "$(query --batch questions --count 2>/dev/null | tr '\n' ' ')" = $'1\t2 a\terror 3\t1 ' ]
}

@test "a batch is a conversation through two pipes" {
  coproc QUERY { "$LEDE_QUERY" --db "$BATS_FILE_TMPDIR/idx" --json --batch - 2>/dev/null; }
  local answer question
  for question in vienna nothere '"unclosed' gas; do
    printf '%s\n' "$question" >&"${QUERY[1]}"
    IFS= read -r -t 10 answer <&"${QUERY[0]}"
    [ "$(jq -r .query.text <<<"$answer")" = "$question" ]
  done
  local pid=$QUERY_PID
  exec {QUERY[1]}>&-
  wait "$pid" || [ $? -eq 2 ]
}

@test "a batch sees what was indexed since it began" {
  cp -r "$BATS_FILE_TMPDIR/idx" idx
  coproc QUERY { "$LEDE_QUERY" --db idx --count --batch -; }
  local answer
  printf 'zebra\n' >&"${QUERY[1]}"
  read -r -t 10 answer <&"${QUERY[0]}"
  [ "$answer" = $'1\t0' ]
  for id in 1 2 3; do
    printf '{"id":"z%s","text":"a zebra"}\n' "$id" | "$LEDE_INDEX" -q --db idx -
  done
  printf 'zebra\n' >&"${QUERY[1]}"
  read -r -t 10 answer <&"${QUERY[0]}"
  [ "$answer" = $'2\t3' ]
  exec {QUERY[1]}>&-
}

@test "the status of a batch tells whether anything was found" {
  printf 'zebra\noil\n' | assert_status 0 query --batch -
  printf 'zebra\n' | assert_status 1 query --batch -
  printf 'zebra\n' | assert_status 0 query --zero-ok --batch -
  printf '' | assert_status 1 query --batch -
  assert_status 5 query --batch no-such-file
  assert_output_has 'no-such-file: no such file or directory'
}

@test "words, --batch and --show exclude each other, as --json and --jsonl do" {
  assert_status 2 query --batch - oil
  assert_status 2 query --show opec oil
  assert_status 2 query --show opec --batch -
  assert_status 2 query --json --jsonl oil
  assert_status 2 query --json --format text oil
}

@test "several arguments are one question" {
  run --separate-stderr query --json crude oil
  [ "$(jq -r .query.text <<<"$output")" = 'crude oil' ]
}
