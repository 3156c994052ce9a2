#!/usr/bin/env python3
"""Compares lede-index with other indexers of full text.

`./run bench indexing` installs and builds what this needs, and starts it. Each indexer is a whole
process that begins with nothing and ends with an index of stems, positions and stored text; they
take turns, so that whatever else the machine does falls on all of them alike. "Text" is the title
and the body of the articles in UTF-8; MB are 10^6 bytes.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import platform
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

import corpora
import report

MB = 10**6


class Missing(Exception):
    """An indexer that is not installed, and what would bring it."""


# ---- measuring


@dataclasses.dataclass(frozen=True)
class Run:
    """What one process took, and what it left behind."""

    wall: float  # seconds
    cpu: float  # seconds, of all threads and children
    memory: int  # bytes, the peak
    sizes: dict[str, int]  # bytes, by table or file

    @property
    def size(self):
        return sum(self.sizes.values())


@dataclasses.dataclass(frozen=True)
class Indexer:
    """A contender: its command for a corpus and an empty folder that may take the index."""

    name: str
    command: object  # (corpus, folder) -> list of arguments
    tables: object = None  # (folder) -> sizes by table; None: by file


def run_process(command, folder):
    """Runs a command to its end. Returns wall seconds, CPU seconds and peak memory in bytes.

    The kernel counts the memory of this process into the peak of its child, so that no indexer seems
    smaller than `memory_floor` of machine(). This process keeps that low.
    """
    log = folder.with_suffix(".log")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, str(log), flags, 0o644),
    ]
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - started
    if status != 0:
        sys.exit(f"indexing.py: failed: {' '.join(command)}\n{log.read_text(errors='replace')}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def sizes_by_file(folder):
    """Bytes by name of file; files that only differ in what comes before the dot are one."""
    sizes = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.suffix if path.name.startswith("_") else path.name
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
    return sizes


def run_fresh(indexer, corpus, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.sync()  # so that nobody waits for what another one wrote
    measured = run_process([str(word) for word in indexer.command(corpus, folder)], folder)
    sizes = (indexer.tables or sizes_by_file)(folder)
    shutil.rmtree(folder)
    return Run(*measured, sizes)


def take_turns(indexers, corpus, rounds, folder):
    """Runs of each indexer by its name, in rounds: A B C, A B C, ..."""
    runs = {indexer.name: [] for indexer in indexers}
    for turn in range(rounds):
        for indexer in indexers:
            run = run_fresh(indexer, corpus, folder / "index")
            runs[indexer.name].append(run)
            tell(f"{corpus.name}, round {turn + 1} of {rounds}: {indexer.name}: {run.wall:.1f} s")
    return runs


def seconds_to_write(size, path):
    """How long the disk takes for as many bytes, synced: what no index of that size can beat."""
    block = os.urandom(MB)
    started = time.perf_counter()
    with open(path, "wb", buffering=0) as file:
        for start in range(0, size, MB):
            file.write(block[: size - start])
        os.fsync(file.fileno())
    seconds = time.perf_counter() - started
    path.unlink()
    return seconds


def tell(message):
    print(message, file=sys.stderr, flush=True)


# ---- the indexers


def found(program, package):
    path = shutil.which(program)
    if path is None:
        raise Missing(f"{program} is left out: it comes with {package}")
    return path


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


def lucene(options):
    jars = pathlib.Path("/usr/share/java")
    parts = [jar for part in ("core", "analyzers-common") for jar in jars.glob(f"lucene-{part}-8.*.jar")]
    if len(parts) < 2:
        raise Missing("Lucene is left out: it comes with liblucene8-java")
    java = found("java", "default-jdk-headless")
    compiler = found("javac", "default-jdk-headless")
    classes = options.work / "classes"
    where = ":".join(map(str, [classes, *parts]))
    source = pathlib.Path(__file__).with_name("LuceneIndex.java")
    subprocess.run([compiler, "-cp", where, "-d", classes, source], check=True)
    # Of Java's collectors this one took the least time for it.
    start = [java, "-XX:+UseParallelGC", "-cp", where, "LuceneIndex"]
    return Indexer("Lucene 8", lambda corpus, folder: [*start, folder, corpus.packed, os.cpu_count()])


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


def recollindex(options):
    program = found("recollindex", "recollcmd")

    def command(corpus, folder):
        settings = options.work / "recoll"
        settings.mkdir(exist_ok=True)
        # Left to itself it makes way for all other programs, and tells of each file.
        lines = [f"topdirs = {corpus.files}", f"dbdir = {folder}", f"cachedir = {folder}",
                 "noaspell = 1", "idxniceprio = 0", "loglevel = 2"]
        (settings / "recoll.conf").write_text("\n".join(lines) + "\n")
        return [program, "-c", settings, "-z"]

    return Indexer("recollindex", command)


PEERS = {"fts5": fts5, "lucene": lucene}
SLOW_PEERS = {"scriptindex": scriptindex, "omindex": omindex, "recollindex": recollindex}


def available(makers, options):
    """The indexers that are wanted and installed; tells which are not."""
    indexers = []
    for name in makers:
        if name not in options.peers.split(","):
            continue
        try:
            indexers.append(makers[name](options))
        except Missing as reason:
            tell(f"{reason}")
    return indexers


def lede_variants(options):
    """lede with other settings, so far as the binary has them, and on a tenth of the articles."""
    told = subprocess.run([options.lede, "--help"], capture_output=True, text=True, check=True)
    variants = [lede(options, "lede, a tenth", path=lambda corpus: corpus.tenth)]
    for option, value in (("--memory", "256M"), ("--memory", "128M"), ("--positions", "none")):
        if option in told.stdout:
            variants.append(lede(options, f"lede {option} {value}", option, value))
        else:
            tell(f"{option} {value} is left out: this lede-index has no such option")
    return variants


def limits(options):
    """What takes part of the work of an index only."""
    return [
        Indexer("read the bytes (cat)", lambda corpus, folder: ["cat", corpus.path]),
        Indexer(
            "read the articles (lede-index parse)",
            lambda corpus, folder: [options.lede, "parse", corpus.path],
        ),
    ]


# ---- all of it


def measure(corpus, options):
    """Everything that is measured on one corpus, as plain values."""
    fast = [lede(options), *available(PEERS, options)]
    others = [*lede_variants(options), *limits(options)]
    runs = take_turns([*fast, *others], corpus, options.rounds, options.work)
    slow = take_turns(available(SLOW_PEERS, options), corpus, 1, options.work)
    size = statistics.median(run.size for run in runs["lede"])
    writing = [seconds_to_write(int(size), options.work / "written") for _ in range(options.rounds)]
    return {
        "corpus": corpus.facts(),
        "fast": [indexer.name for indexer in fast],
        "slow": list(slow),
        "runs": {name: [as_values(run) for run in each] for name, each in (runs | slow).items()},
        "seconds_to_write": writing,
    }


def as_values(run):
    return dataclasses.asdict(run) | {"size": run.size}


def machine():
    model = [line for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return {
        "cores": os.cpu_count(),
        "processor": model[0].split(":", 1)[1].strip() if model else platform.machine(),
        "sqlite": sqlite3.sqlite_version,
        "memory_floor": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "date": time.strftime("%Y-%m-%d"),
    }


def make_articles(options):
    path = options.work / f"{options.articles}-short-articles.jsonl"
    if not path.exists() or path.stat().st_mtime < (options.programs / "make_articles").stat().st_mtime:
        with open(path, "wb") as file:
            maker = [options.programs / "make_articles", str(options.articles)]
            subprocess.run(maker, stdout=file, check=True)
    return path


def prepared(source, options):
    """A corpus in the forms that the indexers want. Made in a process of its own: see run_process."""
    tell(f"preparing {source}")
    with concurrent.futures.ProcessPoolExecutor(1) as process:
        return process.submit(corpora.prepare, source, options.work, options.sample * MB).result()


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0], prog="./run bench indexing")
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="ARTICLES.jsonl",
                        help="further articles, JSON Lines with title and body; .xz is unpacked")
    parser.add_argument("--rounds", type=int, default=5,
                        help="turns of the fast indexers (5); 0 only describes the articles")
    parser.add_argument("--articles", type=int, default=200_000,
                        help="generated articles (200000); 0 for none")
    parser.add_argument("--sample", type=int, default=10, metavar="MB",
                        help="how much text the slow indexers get (10)")
    parser.add_argument("--peers", default=",".join([*PEERS, *SLOW_PEERS]),
                        help="compare with these only (%(default)s)")
    parser.add_argument("--programs", type=pathlib.Path, default="build/release/bin",
                        help="the folder of make_articles and fts5_index")
    parser.add_argument("--lede", type=pathlib.Path, help="the lede-index to measure")
    parser.add_argument("--work", type=pathlib.Path, default="build/bench",
                        help="the folder for all that is written")
    options = parser.parse_args()
    options.programs = options.programs.resolve()
    options.work = options.work.resolve()
    options.lede = (options.lede or options.programs / "lede-index").resolve()
    return options


def main():
    options = read_options()
    options.work.mkdir(parents=True, exist_ok=True)
    sources = [make_articles(options)] if options.articles else []
    all_corpora = [prepared(source, options) for source in sources + options.files]
    if options.rounds == 0:
        print(report.articles_table([corpus.facts() for corpus in all_corpora]), end="")
        return
    results = {"machine": machine(), "corpora": [measure(corpus, options) for corpus in all_corpora]}
    (options.work / "indexing.json").write_text(json.dumps(results, indent=1) + "\n")
    (options.work / "indexing.svg").write_text(report.plot(results))
    (options.work / "indexing.md").write_text(report.tables(results))
    print(report.tables(results), end="")
    tell(f"also written: {options.work}/indexing.json, indexing.md, indexing.svg")


if __name__ == "__main__":
    main()
