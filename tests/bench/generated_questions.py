#!/usr/bin/env python3
"""Throws generated questions at an index through `lede-query --batch -` and reports what broke.

generated_questions.py INDEX [--count N] [--seed N] [--jobs N] [--slow-ms MS] [--slowest N] [--questions-only]

Questions are made from the words that the index holds and from the whole query language: operators,
quotes, brackets, fields, wildcards, typos, NEAR, exact words, weights, dates, hostile bytes, nesting
and very long ones. The same seed and index give the same questions. A question may be refused, but
each must have an answer of one line in its place, in order, within --slow-ms of the processor's time: what took
longer by the clock is asked again alone, to tell a slow question from a busy machine.

Ends with 1 when lede-query ended otherwise than it should, an answer is missing or broken, or one took
longer. $LEDE_QUERY names the tool.
"""

import argparse
import collections
import heapq
import json
import os
import random
import subprocess
import sys
import threading
import time

TOOL = os.environ.get("LEDE_QUERY", "lede-query")
FIELDS = ["title", "headline", "lede", "tag", "author", "by", "source", "section", "language", "id", "url",
          "host", "path", "date", "nosuch"]
DATES = ["1987", "1987-03", "1987-03-05", "2024..2025", "1987-03..", "..1987", "yesterday", "7d..", "1987-13",
         "99999999999", "-1", "2024-02-30", "0000", "1987..1986"]
SIGNS = ["*", "?", "~", "^", "=", "+", "-", "\"", "(", ")", ":", "..", "'", "\\", "/", "&", "|", "!", "#", "<",
         ">", "“", "”", "„", "«", "’", ",", ";", ".", "…"]
HOSTILE = [b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[31m", b"\xe2\x80\xae",
           b"\xcc\x81" * 50, b"\xe6\x9d\xb1\xe4\xba\xac", b"\xe0\xb8\xa0\xe0\xb8\xb2", b"\xef\xbb\xbf", b"\x7f",
           b"\xc2\x85", b"\xf0\x9f\x98\x80", b"\xe2\x80\x8b", b"\x0b\x0c", b"a" * 300, b"\xc3\xa9" * 200]
COMMON = "the of and to a in said that for it on by be is from with its an not or what".split()


GIVE_UP = 600  # so many times --slow-ms: that is a question that hangs, on however busy a machine


def words_of(index):
    """Words of the index, as its articles have them; frequent ones come often."""
    asked = [TOOL, "--db", index, "--jsonl", "-n", "400", "--snippet-length", "2000", "--match", "any", "--zero-ok",
             " OR ".join("+" + word for word in COMMON)]
    lines = subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout.splitlines()
    words = []
    for line in lines:
        for snippet in json.loads(line)["snippets"]:
            words += [word.strip(".,;:!?\"'()<>") for word in snippet["text"].split()]
    return [word for word in words if word] or COMMON


class Grammar:
    """Makes questions, as bytes without line ends and tabs."""

    def __init__(self, words, seed):
        self.words, self.random = words, random.Random(seed)
        self.kinds = [
            (30, self.plain), (14, self.operators), (10, self.nested), (8, self.phrase), (8, self.fielded),
            (8, self.wildcard), (5, self.typo), (5, self.near), (4, self.exact), (4, self.weighted),
            (5, self.dated), (4, self.hostile), (4, self.mutilated), (3, self.signs), (1.2, self.long),
            (0.6, self.deep), (0.4, self.huge)]
        self.weights = [weight for weight, _ in self.kinds]

    def word(self):
        pick = self.random.random()
        if pick < .12:
            return self.random.choice(COMMON)
        if pick < .16:
            return "".join(self.random.choices("abcdefghijklmnopqrstuvwxyz", k=self.random.randint(1, 12)))
        word = self.random.choice(self.words)
        return self.random.choice([str.upper, str.title, str.lower])(word) if pick > .8 else word

    def some(self, low, high):
        return [self.word() for _ in range(self.random.randint(low, high))]

    def plain(self):
        return " ".join(self.some(1, 6))

    def operators(self):
        parts = self.some(1, 6)
        question = parts[0]
        for part in parts[1:]:
            question += self.random.choice([" AND ", " OR ", " NOT ", " AND NOT ", " +", " -", " ", " OR -"]) + part
        return question

    def nested(self, depth=0):
        if depth > 4 or self.random.random() < .3:
            return self.random.choice([self.plain, self.phrase, self.fielded, self.wildcard])()
        between = self.random.choice([" AND ", " OR ", " NOT ", " ", " +", " -"])
        return between.join("(" + self.nested(depth + 1) + ")" for _ in range(self.random.randint(1, 3)))

    def phrase(self):
        start = self.random.randrange(len(self.words))
        inside = self.words[start:start + self.random.randint(1, 8)] if self.random.random() < .7 else self.some(1, 5)
        return self.random.choice(["\"%s\"", "“%s”", "\"%s", "+\"%s\" a", "b -\"%s\""]) % " ".join(inside)

    def fielded(self):
        field, value = self.random.choice(FIELDS), self.random.choice([self.word, self.phrase, self.plain])()
        return self.random.choice(["%s:%s", "%s:(%s)", "%s:\"%s\"", "-%s:%s x", "%s: %s"]) % (field, value)

    def wildcard(self):
        word = self.word()
        cut = self.random.randint(0, min(len(word), 5))
        forms = [word[:cut] + "*", "*" + word[-cut:], word[:cut] + "*" + word[cut + 2:], word[:cut] + "?" + word[cut + 1:],
                 "title:" + word[:cut] + "*", "?" * cut + "*", word[:cut] + "*" + word[-1:] + "*"]
        return " ".join([self.random.choice(forms)] + self.some(0, 2))

    def typo(self):
        letters = list(self.word())
        if len(letters) > 2:
            letters.pop(self.random.randrange(len(letters)))
        return "".join(letters) + self.random.choice(["~", "~1", "~2", "~3", "~x"]) + " " + self.plain()

    def near(self):
        operator = self.random.choice([" NEAR ", " NEAR/%d " % self.random.randint(0, 200), " NEAR/x "])
        return operator.join(self.some(1, 4))

    def exact(self):
        return self.random.choice(["=%s", "=\"%s\"", "title:=%s", "-=%s a"]) % self.random.choice([self.word, self.plain])()

    def weighted(self):
        return " ".join(word + self.random.choice(["^2", "^0.5", "^", "^-1", "^1e9", ""]) for word in self.some(1, 4))

    def dated(self):
        return "date:" + self.random.choice(DATES) + " " + " ".join(self.some(0, 3))

    def hostile(self):
        parts = [part.encode() for part in self.some(1, 4)] + self.random.choices(HOSTILE, k=self.random.randint(1, 4))
        self.random.shuffle(parts)
        return self.random.choice([b" ", b"", b" AND ", b"\"", b":"]).join(parts)

    def mutilated(self):
        question = bytearray(as_bytes(self.random.choice([self.nested, self.operators, self.fielded])()))
        for _ in range(self.random.randint(1, 5)):
            place = self.random.randrange(len(question) + 1)
            question[place:place + self.random.randint(0, 2)] = bytes([self.random.randrange(256)])
        return bytes(question)

    def signs(self):
        return "".join(self.random.choice([self.random.choice(SIGNS), " ", self.word()])
                       for _ in range(self.random.randint(1, 30)))

    def long(self):
        return self.random.choice([" ", " OR ", " AND ", " -", "* OR ", "~ "]).join(self.some(40, 500))

    def deep(self):
        depth = self.random.randint(5, 200)
        opening = self.random.choice(["(", "(a OR ", "(-", "title:("])
        return opening * depth + self.word() + ")" * self.random.choice([depth, depth, depth - 1, 0])

    def huge(self):
        return self.random.choice([self.word(), "(", "\"", "*", "+", "-a ", "é"]) * self.random.randint(1000, 9000)

    def question(self):
        kind = self.random.choices(self.kinds, self.weights)[0][1]
        text = as_bytes(kind())
        for end in (b"\n", b"\t", b"\r"):
            text = text.replace(end, b" ")
        return text if text.strip(b" \x0b\x0c") else b"the"


def as_bytes(question):
    return question if isinstance(question, bytes) else question.encode("utf-8", "surrogatepass")


def batch_command(index):
    return [TOOL, "--db", index, "--json", "-n", "5", "--zero-ok", "--batch", "-"]


def ask(index, questions, slow_seconds, jobs):
    """Yields (number, question, answer) as answers come; answer is None for a line that is none."""
    command = batch_command(index) + ["--timeout", str(slow_seconds * GIVE_UP), "--jobs", str(jobs)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    asked = collections.deque()

    def feed():
        try:
            for number, question in enumerate(questions, 1):
                asked.append(question)
                process.stdin.write(b"%d\t%s\n" % (number, question))
            process.stdin.close()
        except BrokenPipeError:
            pass  # how it ended is said below

    feeder = threading.Thread(target=feed)
    feeder.start()
    number = 0
    for number, line in enumerate(process.stdout, 1):
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        yield number, asked.popleft(), answer
    feeder.join()
    yield number, b"", process.wait()


def processor_ms(index, question, slow_ms):
    """What a process takes of the processor for this question alone, its start included: the least of three, or the
    first that is not slow."""
    least = float("inf")
    for _ in range(3):
        process = subprocess.Popen(batch_command(index), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        process.stdin.write(question + b"\n")
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        least = min(least, (usage.ru_utime + usage.ru_stime) * 1000)
        if least <= slow_ms:
            break
    return least


class Times:
    """How long questions took by the clock: all of the times, and which were slow or the slowest."""

    def __init__(self, slow_ms, slowest):
        self.slow_ms, self.slowest = slow_ms, slowest
        self.all, self.slow, self.heap = [], [], []

    def add(self, took, number, question):
        self.all.append(took)
        if took > self.slow_ms:
            self.slow.append((took, number, question))
        heapq.heappush(self.heap, (took, number, question))
        if len(self.heap) > self.slowest:
            heapq.heappop(self.heap)

    def percentiles(self):
        ordered = sorted(self.all)
        at = lambda share: ordered[min(int(len(ordered) * share), len(ordered) - 1)]
        return f"median {at(.5):.2f} ms, 99 % within {at(.99):.2f} ms, 99.9 % within {at(.999):.2f} ms"


def report(index, times):
    """Prints them by the clock, and returns how many were slow by the processor's time."""
    print(times.percentiles() + "; the slowest by the clock:")
    for took, number, question in sorted(times.heap, reverse=True):
        print(f"{took:9.1f} ms  {number}  {question[:300]!r}")
    measured = sorted(((processor_ms(index, question, times.slow_ms), number, question) for _, number, question in times.slow),
                      reverse=True)
    slow = [one for one in measured if one[0] > times.slow_ms]
    print(f"{len(times.slow)} took more than {times.slow_ms:g} ms by the clock, {len(slow)} of the processor's time"
          + (":" if slow else ""))
    for took, number, question in slow[:max(times.slowest, 1)]:
        print(f"{took:9.1f} ms  {number}  {question[:300]!r}")
    return len(slow)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--slow-ms", type=float, default=100)
    parser.add_argument("--slowest", type=int, default=10)
    parser.add_argument("--questions-only", action="store_true", help="print the questions and ask none")
    options = parser.parse_args()

    grammar = Grammar(words_of(options.index), options.seed)
    questions = (grammar.question() for _ in range(options.count))
    if options.questions_only:
        for question in questions:
            sys.stdout.buffer.write(question + b"\n")
        return 0

    started, refused, problems, status, last = time.monotonic(), 0, [], None, 0
    times = Times(options.slow_ms, options.slowest)
    for number, question, answer in ask(options.index, questions, options.slow_ms / 1000, options.jobs):
        last = number
        if isinstance(answer, int):
            status = answer
        elif answer is None or answer.get("query", {}).get("id") != str(number):
            problems.append(f"no answer to question {number}: {question[:300]!r}")
        elif "error" in answer:
            refused += 1
            if "took longer" in answer["error"]["message"]:
                problems.append(f"question {number} was given up: {question[:300]!r}")
        else:
            times.add(answer["took_ms"], number, question)
    seconds = time.monotonic() - started
    print(f"{last} questions in {seconds:.1f} s, {refused} refused, {len(times.all)} answered")
    slow = report(options.index, times) if times.all else 0
    if slow:
        problems.append(f"{slow} took more than {options.slow_ms:g} ms of the processor's time")
    if last != options.count:
        problems.append(f"{options.count - last} questions have no answer")
    if status not in (0, 2):  # 2: some could not be read
        problems.append(f"lede-query ended with status {status}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
