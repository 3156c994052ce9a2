#!/usr/bin/env python3
"""Compares lede-query with other searchers of full text.

`./run bench searching` installs and builds what this needs, and starts it. All answer the same
questions, which are made from the articles: one process for each question, the contenders in turns;
all questions in one process; and selective questions while the articles become a hundred times as
many. Each answer is the titles and snippets of ten articles, and goes to a pipe or nowhere.
"""

import argparse
import json
import math
import pathlib
import statistics
import subprocess

import corpora
import questions
import search_report
from indexers import available
from measuring import (
    define_places, in_another_process, machine, make_articles, prepared, settle_places, tell,
    write_results,
)
from searchers import (
    ONE_SHOT_PEERS, WARM_PEERS, OneShot, fts5_warm_by_rank, lede_by_threads, lede_counts,
    lede_one_shot, lede_warm, make_index,
)

EMPTY = "true"
# Answers of one process: so many that what its start takes is lost among them.
LEAST_ANSWERS = 500
LEAST_SELECTIVE_ANSWERS = 1000  # these are fast


# ---- one question, one process


def nul_separated(commands):
    """What one_shot_bench reads."""
    return b"".join(
        b"".join(str(word).encode() + b"\0" for word in command) + b"\0" for command in commands
    )


def run_turns(commands, options):
    """Runs commands one after the other. Returns what one_shot_bench says of each."""
    program = [options.programs / "one_shot_bench", "--turns"]
    done = subprocess.run(program, input=nul_separated(commands), capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"failed: one_shot_bench: {done.stderr.decode(errors='replace')}")
    runs = json.loads(done.stdout)
    for command, run in zip(commands, runs):
        if run["status"] not in (0, 1):  # 1 is: nothing found
            raise SystemExit(f"failed with status {run['status']}: {' '.join(map(str, command))}")
    return runs


def one_turn(contenders, folders, asked, options):
    """The runs of each contender by its name, a run for each question, who is first changing."""
    order = []
    for number in range(len(asked)):
        shift = number % len(contenders)
        order += [(each, number) for each in contenders[shift:] + contenders[:shift]]
    commands = [each.command(folders.get(each.name), asked[number]) for each, number in order]
    runs = {each.name: [None] * len(asked) for each in contenders}
    for (each, number), run in zip(order, run_turns(commands, options)):
        runs[each.name][number] = run
    return runs


def medians_by_question(turns, value):
    """Of each question the median of what a function makes of its run in each turn."""
    return [statistics.median(map(value, turns, [number] * len(turns)))
            for number in range(len(turns[0][EMPTY]))]


def of_contender(name, turns):
    return {
        "ms": medians_by_question(turns, lambda turn, number: turn[name][number]["ms"]),
        "above": medians_by_question(
            turns, lambda turn, number: turn[name][number]["ms"] - turn[EMPTY][number]["ms"]),
        "cpu_ms": medians_by_question(turns, lambda turn, number: turn[name][number]["cpu_ms"]),
    }


def measure_one_shot(corpus, asked, options):
    """Milliseconds of each contender and question, and which contender had hits how often."""
    searchers = [lede_one_shot(options), *available(ONE_SHOT_PEERS, options)]
    folders = {each.name: make_index(each.index, corpus, options) for each in searchers}
    found = {
        each.name: sum(each.has_hits(folders[each.name], question) for question in asked)
        for each in searchers
    }
    contenders = [OneShot(EMPTY, None, lambda folder, question: ["true"], None), *searchers]
    one_turn(contenders, folders, asked, options)  # warms the caches
    turns = []
    for number in range(options.rounds):
        turns.append(one_turn(contenders, folders, asked, options))
        tell(f"{corpus.name}: one question, one process: round {number + 1} of {options.rounds}")
    times = {each.name: of_contender(each.name, turns) for each in contenders}
    return {"times": times, "found": found}


# ---- all questions in one process


def times_in_turns(contenders, corpus, asked, least, options):
    """Microseconds a question took of each contender by its name, one for each round.

    A process gives so many answers at least. A first round warms the caches.
    """
    folders = {each.name: make_index(each.index, corpus, options) for each in contenders}
    passes = math.ceil(least / len(asked))
    times = {each.name: {"wall": [], "cpu": []} for each in contenders}
    for number in range(options.rounds + 1):
        for each in contenders:
            took = each.time(folders[each.name], asked, passes, options.work)
            if number == 0:
                continue
            for clock, seconds in zip(("wall", "cpu"), took):
                times[each.name][clock].append(seconds / (passes * len(asked)) * 1e6)
    return times


def measure_warm(corpus, asked, options):
    """Microseconds of each contender, and how often those had hits that only stand here."""
    contenders = [*lede_by_threads(options), *available(WARM_PEERS, options)]
    times = times_in_turns(contenders, corpus, asked, LEAST_ANSWERS, options)
    found = {
        each.name: each.count(make_index(each.index, corpus, options), asked, options.work)
        for each in contenders if each.count
    }
    tell(f"{corpus.name}: all questions in one process: done")
    return {"microseconds": times, "found": found}


# ---- more and more articles


def measure_size(size, asked, options):
    """Microseconds a question takes among so many articles, by contender, and how many it finds."""
    corpus = corpora.JsonLines(make_articles(size, options))
    of_lede = lede_warm(options)
    contenders = [of_lede, *available({"fts5": fts5_warm_by_rank}, options)]
    times = times_in_turns(contenders, corpus, asked, LEAST_SELECTIVE_ANSWERS, options)
    folder = make_index(of_lede.index, corpus, options)
    counts = lede_counts(options, folder, asked, options.work)
    tell(f"{corpus.name}: selective questions: done")
    return {"articles": size, "found": statistics.median(counts), "microseconds": times}


def measure_growth(options):
    """The same questions among more and more articles; the first of them are the same."""
    sizes = [options.growth // fewer for fewer in (100, 10, 1)]
    tell(f"selective questions among {sizes[0]} to {sizes[-1]} articles")
    smallest = make_articles(sizes[0], options)
    asked = asked_of(smallest, questions.SELECTIVE_KINDS, options)
    return {"questions": len(asked), "sizes": [measure_size(size, asked, options) for size in sizes]}


# ---- all of it


def make_questions(path, kinds, count):
    return questions.make_questions(corpora.read_articles(path), kinds, count)


def asked_of(path, kinds, options):
    asked = in_another_process(make_questions, path, kinds, options.questions)
    if not asked:
        raise SystemExit(f"nothing can be asked of {path}")
    return asked


def measure(corpus, options):
    """Everything that is measured on one corpus, as plain values."""
    asked = asked_of(corpus.path, questions.ALL_KINDS, options)
    return {
        "corpus": corpus.facts(),
        "kinds": [question.kind for question in asked],
        "one_shot": measure_one_shot(corpus, asked, options),
        "warm": measure_warm(corpus, asked, options),
    }


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0], prog="./run bench searching")
    parser.add_argument("sources", nargs="*", type=pathlib.Path, metavar="ARTICLES",
                        help="further articles: JSON Lines with title and body (.xz is unpacked), or a "
                        "folder that lede-index can read")
    parser.add_argument("--rounds", type=int, default=3, help="turns of all questions (3)")
    parser.add_argument("--questions", type=int, default=240, help="questions of each corpus (240)")
    parser.add_argument("--articles", type=int, default=20_000,
                        help="generated articles (20000); 0 for none")
    parser.add_argument("--growth", type=int, default=200_000,
                        help="up to how many articles, from a hundredth of them (200000); 0 for none")
    parser.add_argument("--peers", default=",".join(ONE_SHOT_PEERS | WARM_PEERS),
                        help="compare with these only (%(default)s)")
    parser.add_argument("--lede-query", type=pathlib.Path, help="the lede-query to measure")
    define_places(parser, "build/bench/searching")
    options = parser.parse_args()
    if options.rounds < 1 or options.questions < 1:
        parser.error("--rounds and --questions are 1 or more")
    settle_places(options)
    options.lede_query = (options.lede_query or options.programs / "lede-query").resolve()
    return options


def main():
    options = read_options()
    sources = [make_articles(options.articles, options)] if options.articles else []
    sources += [corpora.as_json_lines(source, options.work, options.lede) for source in options.sources]
    results = {
        "machine": machine(),
        "corpora": [measure(prepared(source, math.inf, options), options) for source in sources],
        "growth": measure_growth(options) if options.growth else None,
    }
    tables, picture = search_report.tables(results), search_report.plot(results)
    write_results("searching", results, tables, picture, options)


if __name__ == "__main__":
    main()
