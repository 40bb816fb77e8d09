"""Lists: what words say of one name they say of the names joined to it, "co-founders Ann Reyes and Paul Weaver"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.annotate.relations.lexicon import any_noun
from builder.annotate.relations.patterns import Stated, fits
from builder.model.annotation import Mention

PLURAL = re.compile(rf"\b(?:{any_noun()})s\b", re.I)
JOINED = re.compile(r",? and (?:the )?|, (?:the )?")
LAST = re.compile(r",? and (?:the )?")
CLOSES = re.compile(r"[,.;:)]|$")


def joined(text: str, mentions: Sequence[Mention], stated: Stated) -> Iterator[Stated]:
    """Yields the relation for every other name of the list that its subject or object stands in.

    Its words go up to the name, or from it, so that no two relations have the same ones. Of subjects the noun must say
    that they are several; any other list must end with its clause, else its last name may begin another.
    """
    at = {m.id: i for i, m in enumerate(mentions)}
    plural = PLURAL.search(text, stated.start, stated.end) is not None
    if plural or text[stated.start : stated.end].endswith(" by"):
        yield from _subjects(text, mentions, stated, at[stated.subject.id], plural)
    if stated.object is not None and stated.object.start >= stated.end:
        for other in _after(text, mentions, at[stated.object.id], closed=True):
            if fits(stated.kind, "", stated.subject, other) and other.label == stated.object.label:
                yield stated._replace(end=_before(text, other), object=other, words=other.exact)


def _subjects(text: str, mentions: Sequence[Mention], stated: Stated, at: int, plural: bool) -> Iterator[Stated]:
    if stated.subject.start >= stated.end or not plural:
        for other in _after(text, mentions, at, closed=not plural):
            if other.label == stated.subject.label:
                yield stated._replace(end=_before(text, other), subject=other)
    elif stated.subject.end <= stated.start:
        for other in _ahead(text, mentions, at):
            if other.label == stated.subject.label:
                yield stated._replace(start=_past(text, other), subject=other)


def _past(text: str, name: Mention) -> int:
    """Where the words after a name begin, without its comma."""
    return name.end + len(text[name.end : name.end + 2]) - len(text[name.end : name.end + 2].lstrip(", "))


def _before(text: str, name: Mention) -> int:
    """Where the words before a name end, without its article."""
    return len(text[: name.start].removesuffix("the ").rstrip(' ",'))


def _after(text: str, mentions: Sequence[Mention], at: int, closed: bool) -> list[Mention]:
    """The names that go on a list after the one at `at`; none when its last is not joined by "and"."""
    found: list[Mention] = []
    for one, two in zip(mentions[at:], mentions[at + 1 :], strict=False):
        gap = text[one.end : two.start]
        if not JOINED.fullmatch(gap):
            break
        found.append(two)
        if LAST.fullmatch(gap):
            return found if not closed or CLOSES.match(text, two.end) else []
    return []


def _ahead(text: str, mentions: Sequence[Mention], at: int) -> list[Mention]:
    """The names of a list that ends with the one at `at`, last one first."""
    found: list[Mention] = []
    for i in range(at, 0, -1):
        gap = text[mentions[i - 1].end : mentions[i].start]
        if not (JOINED if found else LAST).fullmatch(gap):
            break
        found.append(mentions[i - 1])
    return found
