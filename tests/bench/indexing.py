#!/usr/bin/env python3
"""Compares lede-index with other indexers of full text.

`./run bench indexing` installs and builds what this needs, and starts it. Each indexer is a whole
process that begins with nothing and ends with an index of stems, positions and stored text; they
take turns, so that whatever else the machine does falls on all of them alike. "Text" is the title
and the body of the articles in UTF-8; MB are 10^6 bytes.
"""

import argparse
import dataclasses
import os
import pathlib
import shutil
import statistics
import subprocess
import time

import report
from indexers import (
    Indexer, available, fts5, lede, lucene, omindex, recollindex, scriptindex,
)
from measuring import (
    MB, define_places, machine, make_articles, prepared, run_process, settle_places, tell,
    write_results,
)

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
    measured = run_process([str(word) for word in indexer.command(corpus, folder)],
                           folder.with_suffix(".log"))
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


# ---- the indexers


PEERS = {"fts5": fts5, "lucene": lucene}
SLOW_PEERS = {"scriptindex": scriptindex, "omindex": omindex, "recollindex": recollindex}


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
    define_places(parser, "build/bench")
    options = parser.parse_args()
    settle_places(options)
    return options


def main():
    options = read_options()
    sources = [make_articles(options.articles, options)] if options.articles else []
    all_corpora = [prepared(source, options.sample * MB, options) for source in sources + options.files]
    if options.rounds == 0:
        print(report.articles_table([corpus.facts() for corpus in all_corpora]), end="")
        return
    results = {"machine": machine(), "corpora": [measure(corpus, options) for corpus in all_corpora]}
    write_results("indexing", results, report.tables(results), report.plot(results), options)


if __name__ == "__main__":
    main()
