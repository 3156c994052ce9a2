# Files made to break their reader, read by the real binary in little memory, stack and time.

bats_require_minimum_version 1.5.0
load helpers

# bounded COMMAND...: runs it in 1.5 GiB of memory, 512 KiB of stack and 60 seconds.
bounded() {
  timeout 60 bash -c 'ulimit -v 1572864; ulimit -s 512; exec "$@"' bounded "$@"
}

# assert_survives FILE...: each is read or skipped by name, and the good file beside it goes in.
assert_survives() {
  printf 'Ferry\n\nIt sank.\n' >good.txt
  run bounded "$LEDE_INDEX" --db idx good.txt "$@"
  if [ "$status" -gt 1 ]; then
    printf 'status %s\n%s\n' "$status" "$output"
    return 1
  fi
  [ "$("$LEDE_QUERY" --db idx --json sank | jq -r '.hits[0].title')" = Ferry ]
}

# repeated COUNT TEXT
repeated() {
  yes "$2" | head -n "$1" | tr -d '\n'
}

# zipped FILE NAME...: a zip of the named files of this folder.
zipped() {
  command -v zip >/dev/null || skip "zip is not installed"
  zip -q -X "$@"
}

# a_docx FILE: with the standard input for its document.
a_docx() {
  mkdir -p word
  cat >word/document.xml
  zipped "$1" word/document.xml
}

# an_odt FILE: with the standard input for its content.
an_odt() {
  cat >content.xml
  zipped "$1" content.xml
}

# an_epub FILE: with the package document content.opf and the pages that are named.
an_epub() {
  local file=$1
  shift
  mkdir -p META-INF
  printf '<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>' \
    >META-INF/container.xml
  zipped "$file" META-INF/container.xml content.opf "$@"
}

# entity_bomb ROOT ELEMENT: XML whose text is 10^19 bytes when its entities are replaced.
entity_bomb() {
  printf '<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">'
  for level in $(seq 19); do
    printf '<!ENTITY e%d "%s">' "$level" "$(repeated 10 "&e$((level - 1));")"
  done
  printf ']><%s><%s>&e19;</%s></%s>' "$1" "$2" "$2" "$1"
}

@test "elements nested 100,000 deep" {
  repeated 100000 '<p>' | a_docx a.docx
  repeated 100000 '<p>' | an_odt a.odt
  printf '<package><metadata/><manifest><item id="a" href="a.html"/></manifest><spine><itemref idref="a"/></spine></package>' \
    >content.opf
  { repeated 100000 '<div>' && printf 'text'; } >a.html
  an_epub a.epub a.html
  repeated 100000 '<package>' >content.opf
  an_epub b.epub
  repeated 100000 '[' >a.json
  { printf '{"text":' && repeated 100000 '{"a":'; } >b.json
  assert_survives a.docx a.odt a.epub b.epub a.json b.json
}

@test "entities that grow without end" {
  entity_bomb document p | a_docx a.docx
  entity_bomb document-content p | an_odt a.odt
  entity_bomb package metadata >content.opf
  an_epub a.epub
  assert_survives a.docx a.odt a.epub
}

@test "entities that name a file" {
  printf 'walrus' >secret
  printf '<!DOCTYPE x [<!ENTITY f SYSTEM "file://%s/secret">]><document><p><t>&f; seal</t></p></document>' "$PWD" |
    a_docx a.docx
  printf '<!DOCTYPE x [<!ENTITY f SYSTEM "secret">]><x><p>&f; seal</p></x>' | an_odt a.odt
  assert_survives a.docx a.odt
  assert_status 1 "$LEDE_QUERY" --db idx walrus
  [ "$("$LEDE_QUERY" --db idx --json seal | jq '.hits | length')" -eq 2 ]
}

@test "a document that unpacks to 300 MB" {
  { printf '<document><p><t>' && head -c 300000000 /dev/zero | tr '\0' ' '; } | a_docx a.docx
  head -c 300000000 /dev/zero | tr '\0' 'x' | an_odt a.odt
  assert_survives a.docx a.odt
  assert_output_has "a.docx: it unpacks to more than 100 times its size"
  assert_output_has "a.odt: it unpacks to more than 100 times its size"
}

@test "a spine of 300,000 documents that are not there, and one that names a page as often" {
  {
    printf '<package><metadata/><manifest>'
    seq 300000 | sed 's/.*/<item id="i&" href="&.html"\/>/'
    printf '</manifest><spine>'
    seq 300000 | sed 's/.*/<itemref idref="i&"\/>/'
    printf '</spine></package>'
  } >content.opf
  an_epub a.epub
  {
    printf '<package><metadata/><manifest><item id="a" href="a.html"/></manifest><spine>'
    repeated 300000 '<itemref idref="a"/>'
    printf '</spine></package>'
  } >content.opf
  printf '<p>%s</p>' "$(repeated 1000 'ferry ')" >a.html
  an_epub b.epub a.html
  assert_survives a.epub b.epub
  assert_output_has "a.epub: the documents of its spine are not in it"
}

@test "a page that is its own table of contents, all of links and headings" {
  {
    printf '<package><metadata><type>magazine</type></metadata><manifest>'
    printf '<item id="n" href="a.html" properties="nav"/><item id="a" href="a.html"/>'
    printf '</manifest><spine><itemref idref="a"/></spine></package>'
  } >content.opf
  { printf '<html><nav xmlns:e="e" e:type="toc"><ol>' && repeated 100000 '<li><a href="a.html">x</a><h1>'; } >a.html
  an_epub a.epub a.html
  assert_survives a.epub
}

@test "zips that are cut off or no zips at all" {
  printf '<document><p><t>text</t></p></document>' | a_docx whole.docx
  for size in 4 30 60 100 200; do head -c "$size" whole.docx >"cut-$size.docx"; done
  { printf 'PK\3\4' && head -c 100000 /dev/urandom; } >noise.epub
  assert_survives cut-*.docx noise.epub
}

@test "a PDF whose pages are each other's, and one that is noise" {
  printf '%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999999 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n' >a.pdf
  { printf '%%PDF-1.7\n' && head -c 300000 /dev/urandom; } >b.pdf
  assert_survives a.pdf b.pdf
}

@test "a million records, a million keys, and a record without end" {
  { printf '[' && repeated 999999 '1,' && printf '1]'; } >a.json
  { printf '{"text":"ferry"' && seq 300000 | sed 's/.*/,"k&":&/' && printf '}'; } >b.json
  { printf '{"text":"' && head -c 100000000 /dev/zero | tr '\0' 'x'; } >c.json
  head -c 100000000 /dev/zero | tr '\0' 'x' >d.txt
  { printf '<REUTERS NEWID="1">' && repeated 300000 '<TEXT><TITLE>'; } >e.sgm
  assert_survives a.json b.json c.json d.txt e.sgm
}
