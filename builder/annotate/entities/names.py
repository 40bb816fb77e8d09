"""What the steps hand on: a name in the text, and the text as the steps look at it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from builder.annotate.document import Document
from builder.annotate.engine import prepare
from builder.annotate.entities import sport
from builder.model.annotation import EntityKind

WORD = re.compile(r"(?<![\w@#-])\w+(?![\w-])")
SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"')\]]*\s+|[\"'(\[*•–—-]\s?|\n\s*)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at [start, end) of the document's text; `confidence` from 0 to 1 by how it was found.

    `listed` tells that it is there by the editors' list alone.
    """

    start: int
    end: int
    kind: EntityKind
    confidence: float
    listed: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A document and its text as the model read it: straight marks, handles masked, same offsets.

    `counts` tells how often each word stands in the text, capitals kept apart; `sport` whether it reports matches.
    """

    document: Document
    text: str
    counts: Counter[str]
    sport: bool

    @classmethod
    def of(cls, document: Document) -> View:
        text = prepare(document.text)
        return cls(document, text, Counter(WORD.findall(text)), sport.is_report(text))

    def surface(self, name: Name) -> str:
        """The name's words with single spaces, so that equal names are equal strings."""
        return " ".join(self.text[name.start : name.end].split())

    def left(self, at: int, width: int = 40) -> str:
        """What stands before `at` in its line."""
        window = self.text[max(0, at - width) : at]
        return window[window.rfind("\n") + 1 :]

    def right(self, at: int, width: int = 30) -> str:
        """What stands after `at` in its line."""
        return self.text[at : at + width].partition("\n")[0]

    def is_proper(self, at: int) -> bool:
        """Tells whether the model's tagger takes the word that begins at `at` for a name."""
        paragraphs = self.document.paragraphs
        paragraph = paragraphs[bisect_right(paragraphs, at, key=lambda p: p.start) - 1]
        span = paragraph.doc.char_span(at - paragraph.start, at - paragraph.start + 1, alignment_mode="expand")
        return span is not None and span[0].pos_ == "PROPN"

    def opens_sentence(self, at: int) -> bool:
        """Tells whether a word at `at` is capitalised by its place."""
        return at == 0 or SENTENCE_START.search(self.text[max(0, at - 8) : at]) is not None


def overlaps(name: Name, others: Iterable[Name]) -> bool:
    """Tells whether the name shares a character with one of the others."""
    return any(name.start < o.end and o.start < name.end for o in others)


def longest(names: Iterable[Name]) -> list[Name]:
    """Gives names that do not overlap, in text order: the longer wins, then the surer, then the earlier."""
    taken: set[int] = set()
    kept = []
    for name in sorted(names, key=lambda n: (n.start - n.end, -n.confidence, n.start, n.kind)):
        place = range(name.start, name.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)
