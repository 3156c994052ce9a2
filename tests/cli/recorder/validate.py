"""Validates recorded answers of lede-query: validate.py ANSWERS_FOLDER SCHEMA_FOLDER

Files of the folder are named KIND.ANYTHING and hold one JSON document a line. A line without an end
is what was left of an answer that nobody read. Prints what is wrong, and ends with 1 if anything is.
"""

import json
import pathlib
import re
import sys

import jsonschema


def schemas(folder):
    answer = json.loads((folder / "answer.schema.json").read_text())
    article = json.loads((folder / "article.schema.json").read_text())
    hit = {"$schema": answer["$schema"], "$ref": "#/$defs/hit", "$defs": answer["$defs"]}
    return {"answer": answer, "hit": hit, "article": article}


def validators(folder):
    made = {}
    for kind, schema in schemas(folder).items():
        jsonschema.Draft202012Validator.check_schema(schema)
        made[kind] = jsonschema.Draft202012Validator(schema)
    return made


def lines_of(file):
    return [line for line in file.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]


def without_time(line):
    return re.sub(rb'"took_ms":[0-9.e+-]+', b'"took_ms":0', line)


def problems(validator, line):
    try:
        document = json.loads(line.decode("utf-8"))
    except ValueError as error:
        return [f"no JSON: {error}"]
    return [f"{list(error.absolute_path)}: {error.message[:300]}" for error in validator.iter_errors(document)]


def main(answers, docs):
    known = validators(pathlib.Path(docs))
    seen, wrong = set(), 0
    for file in sorted(pathlib.Path(answers).glob("*.*")):
        kind = file.name.split(".")[0]
        for line in lines_of(file):
            key = (kind, without_time(line))
            if key in seen:
                continue
            seen.add(key)
            for problem in problems(known[kind], line):
                wrong += 1
                if wrong <= 10:
                    print(f"{kind} {problem}\n  {line[:200].decode('utf-8', 'replace')}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
