# What a document has against a JSON Schema, one line each:
#
#   jq -r --slurpfile schema FILE -f schema.jq DOCUMENT
#
# Knows the keywords that lede's schemas use, and says so when one comes that it does not know. With
# --arg at PATH (as `#/$defs/hit`) the document is measured by that part of the schema.

def is_of_type($name):
  if $name == "integer" then type == "number" and . == floor else type == $name end;

def known: ["$schema", "$ref", "$defs", "title", "description", "type", "properties", "required",
  "additionalProperties", "items", "enum", "const", "minimum", "pattern", "minLength", "minItems",
  "maxItems", "minProperties", "propertyNames", "anyOf"];

def part($root; $ref): $root | getpath($ref | ltrimstr("#/") | split("/"));

def errors($s; $root; $at):
  . as $value
  | (($s | keys) - known | .[] | "\($at): the schema has \(.), which is not checked"),
    (if $s | has("$ref") then errors(part($root; $s["$ref"]); $root; $at) else empty end),
    (if ($s | has("type")) and ([$s.type] | flatten | any(. as $t | $value | is_of_type($t)) | not)
     then "\($at): \($value | type) is not \($s.type)" else empty end),
    (if ($s | has("const")) and $value != $s.const then "\($at): is not \($s.const)" else empty end),
    (if ($s | has("enum")) and ($s.enum | any(. == $value) | not)
     then "\($at): \($value) is none of \($s.enum)" else empty end),
    (if ($s | has("anyOf")) and ($s.anyOf | any(. as $one | [$value | errors($one; $root; $at)] == []) | not)
     then "\($at): is none of what it may be" else empty end),
    (if type == "number" then (if ($s | has("minimum")) and . < $s.minimum then "\($at): is under \($s.minimum)" else empty end)
     elif type == "string" then
       (if ($s | has("pattern")) and (test($s.pattern) | not) then "\($at): \(.) is not \($s.pattern)" else empty end),
       (if length < ($s.minLength // 0) then "\($at): is too short" else empty end)
     elif type == "array" then
       (if length < ($s.minItems // 0) or length > ($s.maxItems // infinite) then "\($at): has \(length) items" else empty end),
       (if $s | has("items") then range(length) as $i | .[$i] | errors($s.items; $root; "\($at)[\($i)]") else empty end)
     elif type == "object" then
       (($s.required // []) - keys | .[] | "\($at): lacks \(.)"),
       (if length < ($s.minProperties // 0) then "\($at): has too few keys" else empty end),
       (keys[] as $key
        | ($key | if $s | has("propertyNames") then errors($s.propertyNames; $root; "\($at): key \($key)") else empty end),
          (if ($s.properties // {}) | has($key) then .[$key] | errors($s.properties[$key]; $root; "\($at).\($key)")
           elif $s.additionalProperties == false then "\($at): has \($key)"
           elif ($s.additionalProperties | type) == "object"
           then .[$key] | errors($s.additionalProperties; $root; "\($at).\($key)")
           else empty end))
     else empty end);

$schema[0] as $root
| errors(if $ARGS.named.at then part($root; $ARGS.named.at) else $root end; $root; "answer")
