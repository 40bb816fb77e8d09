"""Joining holds little of an article, so that an archive may have a hundred thousand of them."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from builder.link.collect import Collected, Names
from builder.link.linking import link
from builder.link.sensitive import Sensitivity
from builder.model.annotation import Annotation, Event, Mention, Quotation, Speaker
from builder.model.archive import Reviewed, ReviewedArticle
from builder.model.article import Article, Block
from builder.model.editorial import Editorial
from tests.link.shares_fixture import Shares

T = TypeVar("T")
WORDS = "The council of the town has looked into every one of the claims and found nothing in claim {0} or {1}."
KILOBYTES = 5  # with a third to spare; an object for each name or row would be three times that


def an_article(number: int) -> ReviewedArticle:
    """Eight people of whom one is new, a quotation and three dated sentences."""
    people = [(number * 5 + n * 11) % (number + 90) for n in range(8)]
    names = [f"Ann{chr(97 + n % 26)} Berg{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in people]
    said = WORDS.format(number, number * 3)
    text = ". ".join(names) + ". " + said
    found: list[Annotation] = []
    for n, name in enumerate(names):
        at = text.index(name)
        found.append(Mention(f"m-{n}", at, at + len(name), name, "person", f"person:{name}", name, "e@1", 0.9))
    at, who = text.index(said), Speaker(0, len(names[0]), names[0], names[0], f"person:{names[0]}", "named")
    end = at + len(said)
    found.append(Quotation("q-1", at, end, said, ((at, end),), "direct", who, None, None, "q@1", 0.9))
    both = tuple(f"person:{name}" for name in names[:2])
    for n in range(3):
        title, day = f"{names[n]} opened bridge {number}", f"20{number % 20:02}-03-0{1 + n}"
        found.append(Event(f"e-{n}", 0, end, text, title, day, "t", both, (), "v@1", 0.9))
    article = Article(f"article-{number}", f"Title {number}", text, (Block("paragraph", 0, end),))
    return ReviewedArticle(article, tuple(map(Reviewed, found)))


class Coming(Shares):
    """Shares that are decoded one at a time, as from the cache."""

    def names(self) -> Iterator[Names]:
        return (decoded(one, Names) for one in super().names())

    def all(self) -> Iterator[Collected]:
        return (decoded(one, Collected) for one in super().all())


def decoded(value: T, of: type[T]) -> T:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=of)


def peak(number: int) -> int:
    """The most memory that joining so many articles takes, in bytes."""
    shares = Coming(map(an_article, range(number)), Editorial(), Sensitivity(""))
    tracemalloc.start()
    archive = link(shares, Editorial(), Sensitivity(""))
    for register in (archive.entities, archive.quotations, archive.sources, archive.place):
        assert all(record is not None for record in register.values())
    assert len(archive.chronology) == 3 * number
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_an_article_more_takes_a_few_kilobytes() -> None:
    """What grows with the archive, not what every archive takes: in a process where nothing else has been done."""
    few, many = 200, 600
    each = f"peak({few}); print(peak({few}), peak({many}))"  # the first one fills what is filled once
    command = [sys.executable, "-c", f"from tests.link.test_memory import peak; {each}"]
    least, most = map(int, subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
    assert most - least < (many - few) * KILOBYTES * 1024
