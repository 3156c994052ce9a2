"""Articles in the forms that each indexer wants, made before anything is measured."""

import collections
import dataclasses
import itertools
import json
import lzma
import pathlib
import re
import shutil
import struct
import subprocess

FILES_IN_A_FOLDER = 1000
SOME_SKIPPED = 1  # the status of lede-index when it could not read all
ARTICLES_FOR_SHAPE = 20_000
WORD = re.compile(r"\w+(?:['.,]\w+)*")


@dataclasses.dataclass(frozen=True)
class Corpus:
    name: str
    path: pathlib.Path  # JSON Lines
    tenth: pathlib.Path  # the first tenth of them
    packed: pathlib.Path  # for LuceneIndex.java
    dump: pathlib.Path  # the first of them for scriptindex
    files: pathlib.Path  # the same as a folder of text files
    articles: int
    text: int  # bytes of title and body
    sample_text: int  # bytes, in `dump` and in `files`
    shape: dict

    def facts(self):
        return {
            "name": self.name, "articles": self.articles, "text": self.text,
            "sample_text": self.sample_text, **self.shape,
        }


@dataclasses.dataclass(frozen=True)
class JsonLines:
    """A corpus for indexers that read JSON Lines."""

    path: pathlib.Path

    @property
    def name(self):
        return self.path.name.removesuffix(".jsonl")


def read_articles(path):
    """Title and body of each record."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield record.get("title") or "", record.get("body") or record.get("text") or ""


def size_of(article):
    return sum(len(text.encode()) for text in article)


def pack(articles, path):
    """Writes what LuceneIndex.java reads. Returns the number of articles and bytes of text."""
    count = size = 0
    with open(path, "wb") as file:
        for article in articles:
            for text in map(str.encode, article):
                file.write(struct.pack(">i", len(text)) + text)
                size += len(text)
            count += 1
    return count, size


def first_of(articles, size):
    """The first articles, until they hold so many bytes."""
    for article in articles:
        if size <= 0:
            return
        size -= size_of(article)
        yield article


def write_dump(articles, path):
    """Writes what scriptindex reads: a line that goes on begins with `=`."""
    with open(path, "w", encoding="utf-8") as file:
        for article in articles:
            title, body = (text.replace("\n", "\n=") for text in article)
            file.write(f"title={title}\nbody={body}\n\n")


def write_files(articles, folder):
    """A text file for each article. Returns the bytes of text in them."""
    shutil.rmtree(folder, ignore_errors=True)
    size = 0
    for number, (title, body) in enumerate(articles):
        path = folder / str(number // FILES_IN_A_FOLDER) / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{title}\n\n{body}\n", encoding="utf-8")
        size += size_of((title, body))
    return size


def write_tenth(path, count, tenth):
    with open(path, "rb") as whole, open(tenth, "wb") as file:
        file.writelines(itertools.islice(whole, count // 10))


def shape_of(articles):
    """How the words of the first articles are spread: what an index notices of a language."""
    words = collections.Counter()
    distinct = count = 0
    for title, body in itertools.islice(articles, ARTICLES_FOR_SHAPE):
        of_article = WORD.findall(f"{title}\n{body}".lower())
        words.update(of_article)
        distinct += len(set(of_article))
        count += 1
    return {
        "words_per_article": sum(words.values()) / max(count, 1),
        "distinct_words_per_article": distinct / max(count, 1),
        "vocabulary": len(words),
        "once": sum(1 for times in words.values() if times == 1) / max(len(words), 1),
    }


def unpacked(source, folder):
    if source.suffix != ".xz":
        return source
    path = folder / source.stem
    if not path.exists() or path.stat().st_mtime < source.stat().st_mtime:
        with lzma.open(source) as file, open(path, "wb") as copy:
            shutil.copyfileobj(file, copy)
    return path


def as_json_lines(source, work, lede_index):
    """A file of JSON Lines as it is; a folder as lede-index reads it, in a file of that name."""
    if not source.is_dir():
        return source
    path = work / f"{source.resolve().name}.jsonl"
    newest = max(each.stat().st_mtime for each in [lede_index, source, *source.rglob("*")])
    if not path.exists() or path.stat().st_mtime < newest:
        made = path.with_suffix(".part")
        with open(made, "wb") as file:
            status = subprocess.run([lede_index, "parse", source], stdout=file).returncode
        if status not in (0, SOME_SKIPPED):
            raise SystemExit(f"failed: {lede_index} parse {source}")
        made.rename(path)
    return path


def prepare(source, work, sample_size):
    """Makes a Corpus of JSON Lines. All it writes is in the folder `work`."""
    path = unpacked(source.resolve(), work)
    name = path.name.removesuffix(".jsonl")
    folder = work / name
    folder.mkdir(exist_ok=True)
    corpus = {"name": name, "path": path}
    corpus |= {part: folder / part for part in ("packed", "dump", "files")}
    corpus["tenth"] = folder / "tenth.jsonl"
    corpus["articles"], corpus["text"] = pack(read_articles(path), corpus["packed"])
    write_tenth(path, corpus["articles"], corpus["tenth"])
    write_dump(first_of(read_articles(path), sample_size), corpus["dump"])
    corpus["sample_text"] = write_files(first_of(read_articles(path), sample_size), corpus["files"])
    return Corpus(**corpus, shape=shape_of(read_articles(path)))
