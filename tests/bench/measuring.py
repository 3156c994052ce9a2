"""What all comparisons share: running processes, and saying where and on what."""

import concurrent.futures
import json
import os
import pathlib
import platform
import resource
import shutil
import sqlite3
import subprocess
import sys
import time

import corpora

MB = 10**6


class Missing(Exception):
    """A contender that is not installed, and what would bring it."""


def tell(message):
    print(message, file=sys.stderr, flush=True)


def found(program, package):
    """The path of a program. Raises Missing."""
    path = shutil.which(program)
    if path is None:
        raise Missing(f"{program} is left out: it comes with {package}")
    return path


# ---- processes


def run_process(command, log, reads=os.devnull):
    """Runs a command to its end. Returns wall seconds, CPU seconds and peak memory in bytes.

    Its standard input is the file `reads`, its output goes nowhere and its errors to the file `log`.
    Ends this program when it fails.

    The kernel counts the memory of this process into the peak of its child, so that no indexer seems
    smaller than `memory_floor` of machine(). This process keeps that low.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, str(reads), os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, str(log), flags, 0o644),
    ]
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - started
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}\n{log.read_text(errors='replace')}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


# ---- where and on what


def machine():
    """What the figures hold for. Memory is in bytes."""
    model = [line for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return {
        "cores": os.cpu_count(),
        "processor": model[0].split(":", 1)[1].strip() if model else platform.machine(),
        "sqlite": sqlite3.sqlite_version,
        "memory_floor": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "date": time.strftime("%Y-%m-%d"),
    }


def make_articles(count, options):
    """The file of so many generated articles, JSON Lines. Made once."""
    path = options.work / f"{count}-short-articles.jsonl"
    if not path.exists() or path.stat().st_mtime < (options.programs / "make_articles").stat().st_mtime:
        with open(path, "wb") as file:
            maker = [options.programs / "make_articles", str(count)]
            subprocess.run(maker, stdout=file, check=True)
    return path


def in_another_process(work, *arguments):
    """What a function returns, without the memory it takes: see run_process."""
    with concurrent.futures.ProcessPoolExecutor(1) as process:
        return process.submit(work, *arguments).result()


def prepared(source, sample, options):
    """A corpus in the forms that the indexers want, for some of them only so many bytes of it."""
    tell(f"preparing {source}")
    return in_another_process(corpora.prepare, source, options.work, sample)


def define_places(parser, work):
    """The options that say where programs are and where all goes."""
    parser.add_argument("--programs", type=pathlib.Path, default="build/release/bin",
                        help="the folder of lede's programs and of those that measure")
    parser.add_argument("--work", type=pathlib.Path, default=work,
                        help="the folder for all that is written (%(default)s)")
    parser.add_argument("--lede", type=pathlib.Path, help="the lede-index to measure")


def settle_places(options):
    options.programs = options.programs.resolve()
    options.work = options.work.resolve()
    options.lede = (options.lede or options.programs / "lede-index").resolve()
    options.work.mkdir(parents=True, exist_ok=True)


def write_results(name, results, tables, picture, options):
    """Prints the tables; writes them, the figures and the picture into the work folder."""
    (options.work / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n")
    (options.work / f"{name}.svg").write_text(picture)
    (options.work / f"{name}.md").write_text(tables)
    print(tables, end="")
    tell(f"also written: {options.work}/{name}.json, {name}.md, {name}.svg")
