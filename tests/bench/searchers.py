"""The searchers that are compared: each asks its own index, in its own words."""

import dataclasses
import json
import os
import re
import shutil
import subprocess

import indexers
from indexers import lucene_program, recoll_settings
from measuring import found, run_process

HITS = 10
TITLE_WEIGHT = 3
SNIPPET_TOKENS = 40  # FTS5 counts them; as many characters as lede's snippets have


# ---- how each of them writes a question


def joined(question, between=" "):
    return between.join(question.words)


def written(question, quoted='"{}"', title="title:{}"):
    """A question as nearly everybody writes it."""
    text = quoted.format(joined(question)) if question.is_phrase else joined(question)
    return title.format(text) if question.is_title else text


def for_lede(question):
    return written(question)


def for_fts5(question):
    return written(question, title="title : {}")


def for_xapian(question):
    return written(question)


def for_lucene(question):
    return written(question)


def for_recoll(question):
    """The text files that it has indexed have no title."""
    return written(question, title="{}")


# ---- indexes


@dataclasses.dataclass(frozen=True)
class Index:
    """How an index comes to be, from the commands of its indexer and what finishes it."""

    name: str
    indexer: indexers.Indexer
    finish: object = None  # (folder) -> command

    def commands(self, corpus, folder):
        yield self.indexer.command(corpus, folder)
        if self.finish:
            yield self.finish(folder)


def lede_index(options):
    return Index("lede", indexers.lede(options))


def fts5_index(options):
    shell = found("sqlite3", "sqlite3")
    merge = "INSERT INTO articles(articles) VALUES('optimize')"
    return Index("fts5", indexers.fts5(options), lambda folder: [shell, fts5_file(folder), merge])


def lucene_index(options):
    return Index("lucene", indexers.lucene(options, "for-highlights"))


def xapian_index(options):
    return Index("xapian", indexers.scriptindex(options))


def recoll_index(options):
    return Index("recoll", indexers.recollindex(options))


def fts5_file(folder):
    return folder / "index.sqlite"


def is_fresh(stamp, sources):
    return stamp.exists() and all(stamp.stat().st_mtime > os.stat(path).st_mtime for path in sources)


def make_index(index, corpus, options):
    """The folder of an index of a corpus: an earlier one, when neither corpus nor indexer is newer."""
    folder = options.work / corpus.name / f"{index.name}-index"
    stamp = folder.with_suffix(".made")
    folder.mkdir(parents=True, exist_ok=True)
    program = index.indexer.command(corpus, folder)[0]
    if is_fresh(stamp, [corpus.path, program]):
        return folder
    shutil.rmtree(folder)
    folder.mkdir()
    for command in index.commands(corpus, folder):
        run_process([str(word) for word in command], folder.with_suffix(".log"))
    stamp.touch()
    return folder


# ---- one question, one process


@dataclasses.dataclass(frozen=True)
class OneShot:
    """A process that answers a question."""

    name: str
    index: Index
    command: object  # (folder, question) -> arguments
    has_hits: object  # (folder, question) -> bool; asked once, and not measured


def output_of(command, statuses=(0,)):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode not in statuses:
        raise SystemExit(f"failed: {' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def lede_one_shot(options):
    def command(folder, question):
        return [options.lede_query, "--db", folder / "db", "-n", HITS, for_lede(question)]

    def has_hits(folder, question):
        # Those that have only some of the words are no hits: the others do not show such.
        count = [options.lede_query, "--db", folder / "db", "-c", "--match", "all", for_lede(question)]
        return int(output_of(count, statuses=(0, 1))) > 0

    return OneShot("lede-query", lede_index(options), command, has_hits)


def sql_text(text):
    return "'" + text.replace("'", "''") + "'"


def select_by_bm25(question):
    """Computes a snippet for each row before it sorts them."""
    return (
        f"SELECT title, snippet(articles, -1, '[', ']', '...', {SNIPPET_TOKENS}) FROM articles"
        f" WHERE articles MATCH {sql_text(for_fts5(question))}"
        f" ORDER BY bm25(articles, {TITLE_WEIGHT}.0, 1.0) LIMIT {HITS};"
    )


def select_by_rank(question):
    """The same, sorted inside FTS5: snippets of the first rows only."""
    return (
        f"SELECT title, snippet(articles, -1, '[', ']', '...', {SNIPPET_TOKENS}) FROM articles"
        f" WHERE articles MATCH {sql_text(for_fts5(question))}"
        f" AND rank MATCH 'bm25({TITLE_WEIGHT}.0, 1.0)' ORDER BY rank LIMIT {HITS};"
    )


def select_count(question):
    return f"SELECT count(*) FROM articles WHERE articles MATCH {sql_text(for_fts5(question))};"


def fts5_one_shot(options, name, select):
    shell = found("sqlite3", "sqlite3")
    index = fts5_index(options)

    def has_hits(folder, question):
        return int(output_of([shell, fts5_file(folder), select_count(question)])) > 0

    return OneShot(
        name, index, lambda folder, question: [shell, fts5_file(folder), select(question)], has_hits
    )


def fts5_by_bm25(options):
    return fts5_one_shot(options, "FTS5 by bm25()", select_by_bm25)


def fts5_by_rank(options):
    return fts5_one_shot(options, "FTS5 by rank", select_by_rank)


def recoll_one_shot(options):
    program = found("recollq", "recollcmd")

    def command(folder, question):
        # Without `-p` this -A prints no passages (Recoll 1.34.3).
        start = [program, "-c", recoll_settings(folder), "-A", "-p", 1, "-n", HITS]
        return [*start, for_recoll(question)]

    def has_hits(folder, question):
        counted = re.search(r"^(\d+) results", output_of(command(folder, question)), re.MULTILINE)
        return counted is not None and int(counted[1]) > 0

    return OneShot("recollq -A", recoll_index(options), command, has_hits)


def quest_one_shot(options):
    program = found("quest", "xapian-tools")

    def command(folder, question):
        settings = ["--default-op=and", "--prefix=title:S", f"--msize={HITS}"]
        return [program, f"--db={folder}", *settings, for_xapian(question)]

    def has_hits(folder, question):
        return re.search(r"^\d+: \[", output_of(command(folder, question)), re.MULTILINE) is not None

    return OneShot("quest", xapian_index(options), command, has_hits)


ONE_SHOT_PEERS = {
    "fts5-bm25": fts5_by_bm25, "fts5": fts5_by_rank, "recoll": recoll_one_shot,
    "quest": quest_one_shot,
}


# ---- all questions in one process


@dataclasses.dataclass(frozen=True)
class Warm:
    """A process that answers many questions."""

    name: str
    index: Index
    time: object  # (folder, questions, passes, where to write) -> seconds, CPU seconds
    count: object = None  # (folder, questions, where to write) -> questions that had hits


def written_lines(lines, path):
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def lede_warm(options, threads=None):
    settings = ["-j", str(threads)] if threads else []
    name = f"lede-query -j {threads}" if threads else "lede-query"

    def time(folder, questions, passes, work):
        lines = [for_lede(question) for question in questions] * passes
        batch = written_lines(lines, work / "questions.txt")
        command = [options.lede_query, "--db", folder / "db", "--json", "-n", HITS, *settings]
        command += ["--zero-ok", "--batch", batch]
        return run_process([str(word) for word in command], work / "log")[:2]

    return Warm(name, lede_index(options), time)


def lede_by_threads(options):
    """lede as it is, and by one and two threads where the binary can do that."""
    told = output_of([options.lede_query, "--help"])
    has_threads = re.search(r"(^|\s)-j\b", told) is not None
    return [lede_warm(options, threads) for threads in ([1, 2] if has_threads else [None])]


def fts5_warm(options, name, select):
    shell = found("sqlite3", "sqlite3")
    index = fts5_index(options)

    def time(folder, questions, passes, work):
        # A cache of 256 MiB instead of 2.
        lines = ["PRAGMA cache_size = -262144;", *[select(question) for question in questions] * passes]
        statements = written_lines(lines, work / "questions.sql")
        return run_process([shell, str(fts5_file(folder))], work / "log", reads=statements)[:2]

    return Warm(name, index, time)


def fts5_warm_by_bm25(options):
    return fts5_warm(options, "FTS5 by bm25()", select_by_bm25)


def fts5_warm_by_rank(options):
    return fts5_warm(options, "FTS5 by rank", select_by_rank)


def lucene_warm(options):
    index = lucene_index(options)
    start = lucene_program(options, "LuceneSearch", "core", "analyzers-common", "queryparser",
                           "queries", "memory", "highlighter")

    def answer(folder, questions, passes, work):
        lines = written_lines([for_lucene(question) for question in questions], work / "questions.txt")
        return json.loads(output_of([*start, folder, lines, passes, os.devnull]))

    def time(folder, questions, passes, work):
        answered = answer(folder, questions, passes, work)
        return answered["seconds"], answered["cpu_seconds"]

    def count(folder, questions, work):
        return answer(folder, questions, 0, work)["found"]

    return Warm("Lucene 8", index, time, count)


WARM_PEERS = {
    "fts5-bm25": fts5_warm_by_bm25, "fts5": fts5_warm_by_rank, "lucene": lucene_warm,
}


# ---- how much there is to find


def lede_counts(options, folder, questions, work):
    """How many articles each question finds, none where they have some of the words only."""
    batch = written_lines(map(for_lede, questions), work / "questions.txt")
    command = [options.lede_query, "--db", folder / "db", "-c", "--match", "all", "--zero-ok"]
    counted = output_of([*command, "--batch", batch])
    return [int(line.split("\t")[1]) for line in counted.splitlines()]
