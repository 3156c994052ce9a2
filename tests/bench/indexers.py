"""The indexers that are compared: each the command of a whole process."""

import dataclasses
import os
import pathlib
import sqlite3
import subprocess

from measuring import Missing, found, tell


@dataclasses.dataclass(frozen=True)
class Indexer:
    """A contender: its command for a corpus and an empty folder that may take the index."""

    name: str
    command: object  # (corpus, folder) -> list of arguments
    tables: object = None  # (folder) -> sizes by table; None: by file


def lede(options, name="lede", *arguments, path=lambda corpus: corpus.path):
    def command(corpus, folder):
        return [options.lede, "--db", folder / "db", "-q", *arguments, path(corpus)]

    return Indexer(name, command)


def fts5(options):
    program = found(str(options.programs / "fts5_index"), "libsqlite3-dev, and a new build")

    def tables(folder):
        with sqlite3.connect(folder / "index.sqlite") as database:
            rows = database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
            return {name.replace("articles_", ""): size for name, size in rows}

    return Indexer(
        "SQLite FTS5", lambda corpus, folder: [program, folder / "index.sqlite", corpus.path], tables
    )


def lucene_program(options, program, *parts):
    """Compiles a program of ours that uses these parts of Lucene. Returns what starts it."""
    folder = pathlib.Path("/usr/share/java")
    jars = [jar for part in parts for jar in folder.glob(f"lucene-{part}-8.*.jar")]
    if len(jars) < len(parts):
        raise Missing("Lucene is left out: it comes with liblucene8-java")
    java = found("java", "default-jdk-headless")
    compiler = found("javac", "default-jdk-headless")
    classes = options.work / "classes"
    where = ":".join(map(str, [classes, *jars]))
    source = pathlib.Path(__file__).with_name(f"{program}.java")
    subprocess.run([compiler, "-cp", where, "-d", classes, source], check=True)
    # Of Java's collectors this one took the least time for it.
    return [java, "-XX:+UseParallelGC", "-cp", where, program]


def lucene(options, *arguments):
    start = lucene_program(options, "LuceneIndex", "core", "analyzers-common")
    return Indexer(
        "Lucene 8",
        lambda corpus, folder: [*start, folder, corpus.packed, os.cpu_count(), *arguments],
    )


def scriptindex(options):
    program = found("scriptindex", "xapian-omega")
    script = options.work / "scriptindex.script"
    script.write_text("title : field index=S index\nbody : field index\n")
    return Indexer("scriptindex", lambda corpus, folder: [program, folder, script, corpus.dump])


def omindex(options):
    program = found("omindex", "xapian-omega")
    return Indexer(
        "omindex", lambda corpus, folder: [program, "--db", folder, "--url", "/", corpus.files]
    )


def recoll_settings(folder):
    """Where the settings are of Recoll's index in this folder."""
    return folder.with_name(f"{folder.name}-settings")


def recollindex(options):
    program = found("recollindex", "recollcmd")

    def command(corpus, folder):
        settings = recoll_settings(folder)
        settings.mkdir(exist_ok=True)
        # Left to itself it makes way for all other programs, and tells of each file.
        lines = [f"topdirs = {corpus.files}", f"dbdir = {folder}", f"cachedir = {folder}",
                 "noaspell = 1", "idxniceprio = 0", "loglevel = 2"]
        (settings / "recoll.conf").write_text("\n".join(lines) + "\n")
        return [program, "-c", settings, "-z"]

    return Indexer("recollindex", command)


def available(makers, options):
    """What is made of those makers that are wanted and installed; tells which are not."""
    contenders = []
    for name in makers:
        if name not in options.peers.split(","):
            continue
        try:
            contenders.append(makers[name](options))
        except Missing as reason:
            tell(f"{reason}")
    return contenders
