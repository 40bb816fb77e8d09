"""Made articles for measuring: the same for the same seed and number, about 459 words and ten links each.

Words and names are drawn by Zipf's law, as in real news: a few stand everywhere, most in one or two articles.
None of it means anything; sentences have quotations, dates and names, so that there is something to read.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

WORDS = 459
LINKS = {"people": 3, "organizations": 2, "places": 2, "topics": 3}
LISTS = dict(line.split(": ", 1) for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines())
COMMON, STARTS, MIDDLES, ENDS, BODIES, SUBJECTS, MONTHS = (words.split() for words in LISTS.values())
FIRST, LAST = datetime.date(1994, 1, 1).toordinal(), datetime.date(2023, 12, 31).toordinal()


class Made(NamedTuple):
    """One article; `links` has names by kind, `body` is Markdown."""

    slug: str
    title: str
    published: str
    links: dict[str, list[str]]
    body: str


class Drawn:
    """Draws from items: the second half as often as the first, the third a third as often."""

    def __init__(self, items: Sequence[str]) -> None:
        self.items = items
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def some(self, by: random.Random, number: int) -> list[str]:
        return by.choices(self.items, cum_weights=self._weights, k=number)

    def different(self, by: random.Random, number: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            found |= dict.fromkeys(self.some(by, number))
        return list(found)[:number]


class World:
    """The words and names that all articles of a corpus share."""

    def __init__(self, articles: int, seed: int) -> None:
        by = random.Random(f"world {seed}")
        words = [self._word(by, by.randint(1, 3)) for _ in range(16_000)]
        self.words = Drawn([*COMMON, *dict.fromkeys(words)])
        number = max(40, articles // 12)
        people = dict.fromkeys(f"{self._name(by)} {self._name(by)}" for _ in range(2 * number))
        bodies = dict.fromkeys(f"{self._name(by)} {by.choice(BODIES)}" for _ in range(number))
        places = dict.fromkeys(self._name(by) for _ in range(number // 2))
        self.named = {
            "people": Drawn(list(people)),
            "organizations": Drawn(list(bodies)),
            "places": Drawn(list(places)),
            "topics": Drawn(SUBJECTS),
        }

    def _word(self, by: random.Random, syllables: int) -> str:
        return "".join(by.choice(STARTS) + by.choice(MIDDLES) + by.choice(ENDS).strip("-") for _ in range(syllables))

    def _name(self, by: random.Random) -> str:
        return self._word(by, by.randint(2, 3)).capitalize()


def made(number: int, seed: int = 1) -> Iterator[Made]:
    """Yields the articles, oldest first."""
    world = World(number, seed)
    for at in range(number):
        by = random.Random(f"article {seed} {at}")
        links = {kind: world.named[kind].different(by, count) for kind, count in LINKS.items()}
        title = " ".join(world.words.some(by, by.randint(4, 8))).capitalize()
        day = datetime.date.fromordinal(FIRST + (LAST - FIRST) * at // max(1, number - 1))
        yield Made(f"made-{at:07}", title, day.isoformat(), links, _body(world, by, links, day))


def _body(world: World, by: random.Random, links: dict[str, list[str]], day: datetime.date) -> str:
    waiting = [name for kind, names in links.items() if kind != "topics" for name in names]
    waiting += by.choices(waiting, k=len(waiting))
    paragraphs: list[str] = []
    words = 0
    while words < WORDS:
        sentences = [_sentence(world, by, waiting) for _ in range(by.randint(2, 5))]
        if len(paragraphs) % 3 == 1:
            sentences.append(f"“{_sentence(world, by, [])}” said {by.choice(links['people'])}.")
        if len(paragraphs) % 4 == 2:
            sentences.append(_dated(world, by, links, day))
        paragraphs.append(" ".join(sentences))
        words += len(paragraphs[-1].split())
    paragraphs.insert(2, "## " + " ".join(world.words.some(by, 4)).capitalize())
    return "\n\n".join(paragraphs) + "\n"


def _sentence(world: World, by: random.Random, waiting: list[str]) -> str:
    words = world.words.some(by, by.randint(8, 22))
    if waiting:
        words.insert(by.randrange(len(words)), waiting.pop())
    at = by.randrange(len(words))
    if by.random() < 0.1:
        words[at] = f"*{words[at]}*"
    elif by.random() < 0.05:
        words[at] = f"[{words[at]}](https://paper-{by.randrange(200)}.example/{by.randrange(10**6)})"
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]]) + "."


def _dated(world: World, by: random.Random, links: dict[str, list[str]], day: datetime.date) -> str:
    then = day - datetime.timedelta(days=by.randrange(900))
    when = f"On {then.day} {MONTHS[then.month - 1]} {then.year}"
    words = " ".join(world.words.some(by, 8))
    return f"{when} the {by.choice(links['organizations'])} met in {by.choice(links['places'])} {words}."


def outside(folder: Path) -> Iterator[Made]:
    """Yields someone else's articles: Markdown whose YAML front matter has a title, a date, and lists of names."""
    for file in sorted(folder.rglob("*.md")):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        known: dict[str, Any] = yaml.load(front, yaml.CSafeLoader)
        links = {key: [str(v) for v in values] for key, values in known.items() if isinstance(values, list)}
        day = str(known.get("published") or known["date"])
        yield Made(file.stem, str(known["title"]), day, links, body.lstrip())
