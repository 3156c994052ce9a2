"""Questions that a corpus can answer, made from its own articles."""

import collections
import dataclasses
import random
import re

TRIES_FOR_ONE = 50

# What is asked for has no accents and no signs, so that every contender reads it alike.
WORD = re.compile(r"(?<![\w'-])[a-z]{4,}(?![\w'-])")
PHRASE = re.compile(r"(?<![\w'-])[a-z]{4,}(?: [a-z]{2,})? [a-z]{4,}(?![\w'-])")

# Some contenders leave out some of these, others take them at their word.
COMMON = frozenset(
    "about after also although among another because been before being between both came come could "
    "does doing down during each either even from further have having here hers herself himself into "
    "itself just like made make many might more most much must myself never only other ours over said "
    "same says shall should since some still such take than that their theirs them themselves then "
    "there these they this those through under until upon very want well were what when where whether "
    "which while whom whose will with within without would your yours yourself".split()
)


@dataclasses.dataclass(frozen=True)
class Question:
    """What an article must have: all of the words; side by side in a phrase; in the title."""

    kind: str  # what the tables call it
    words: tuple[str, ...]
    is_phrase: bool = False
    is_title: bool = False


def words_of(text):
    """The words of a text that can be asked for."""
    return [word for word in WORD.findall(text.lower()) if word not in COMMON]


def phrases_of(text):
    """Two or three words side by side in a text, the first and the last of which mean something."""
    phrases = [phrase.split() for phrase in PHRASE.findall(text.lower())]
    return [phrase for phrase in phrases if phrase[0] not in COMMON and phrase[-1] not in COMMON]


class Articles:
    """Articles, and how many of them have a word."""

    def __init__(self, articles):
        self.all = list(articles)
        self.having = collections.Counter()
        for title, body in self.all:
            self.having.update(set(words_of(f"{title}\n{body}")))

    def had_by(self, least, most):
        """The words that as many articles have, shares of all; always in the same order."""
        bounds = least * len(self.all), max(1, most * len(self.all))
        return sorted(word for word, times in self.having.items() if bounds[0] <= times <= bounds[1])


# ---- a maker for each kind: of articles and chance, it returns what makes a question or None


def one_word_of(kind, words):
    return lambda chance: Question(kind, (chance.choice(words),)) if words else None


def frequent_word(articles):
    return one_word_of("a frequent word", articles.had_by(0.05, 0.5))


def middling_word(articles):
    return one_word_of("a word of middling frequency", articles.had_by(0.001, 0.01))


def rare_word(articles):
    return one_word_of("a rare word", articles.had_by(0, 0))


def words_of_one_article(kind, number, articles):
    def make(chance):
        words = sorted(set(words_of(chance.choice(articles.all)[1])))
        return Question(kind, tuple(chance.sample(words, number))) if len(words) >= number else None

    return make


def two_words(articles):
    return words_of_one_article("two words of one article", 2, articles)


def three_words(articles):
    return words_of_one_article("three words of one article", 3, articles)


def phrase(articles):
    def make(chance):
        phrases = phrases_of(chance.choice(articles.all)[1])
        return Question("a phrase", tuple(chance.choice(phrases)), is_phrase=True) if phrases else None

    return make


def title_word(articles):
    def make(chance):
        words = words_of(chance.choice(articles.all)[0])
        return Question("a word of a title", (chance.choice(words),), is_title=True) if words else None

    return make


ALL_KINDS = (frequent_word, middling_word, two_words, three_words, phrase, title_word)
SELECTIVE_KINDS = (rare_word, two_words, phrase)


def make_questions(articles, kinds, count, seed=1):
    """So many different questions, or as many as there are, in equal shares of each kind, mixed."""
    articles = Articles(articles)
    chance = random.Random(seed)
    questions = {}
    for number, kind in enumerate(kinds):
        make = kind(articles)
        wanted = len(questions) + (count + number) // len(kinds)
        for _ in range(TRIES_FOR_ONE * count):
            if len(questions) >= wanted:
                break
            question = make(chance)
            if question:
                questions[question] = None
    questions = list(questions)
    chance.shuffle(questions)
    return questions
