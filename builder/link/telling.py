"""What an event tells, as far as words can be compared: its days, its names in order, its act, its content words.

Words in quotation marks are left out, and so is every name that stands only there: that two articles quote the
same words shows that they quote, not that they tell of one happening.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from builder.link import wording
from builder.model import interval
from builder.model.annotation import EntityKind, Event, Mention, Quotation

DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:T[^/]*)?(?:/\d{4}-\d\d-\d\d(?:T[^/]*)?)?")
QUOTED = re.compile(r"[“„«][^”»]*[”»]?|\"[^\"]*\"?")
BROAD: tuple[EntityKind, ...] = ("place", "group", "hashtag")  # where or among whom, not who
SURE = 0.55  # below it, an event's date is only carried over from the sentence before
At = tuple[str, str]  # article slug and annotation id


class Told(Struct, frozen=True):
    """One event of one article. Days are proleptic ordinals; names are entity ids of the archive.

    `published` are the first and last day its article can be from, None where not known.
    `order` are all names of the headline, `names` those of them that are no place or people; `broad` are places
    and peoples named anywhere in the sentence.
    `said` maps each quotation record whose indirect words reach into the sentence to what stands in them.
    """

    at: At
    first: int
    last: int
    published: tuple[int, int] | None
    order: tuple[str, ...]
    names: frozenset[str]
    broad: frozenset[str]
    words: frozenset[str]
    figures: frozenset[str]
    turns: tuple[frozenset[str], frozenset[str]]  # of the sentence, of the headline
    act: str
    passive: bool
    said: dict[str, frozenset[str]]


class Heard(Struct, frozen=True):
    """The part of `Told` that one article decides alone, with entities and quotations as the document calls them.

    `names` are those named in the sentence outside quotation marks, each with its place in the headline, or -1.
    `said` are indirect quotations that reach into the sentence: annotation id, entities in it, its stems and figures.
    """

    first: int
    last: int
    published: tuple[int, int] | None
    names: tuple[tuple[str, int], ...]
    words: frozenset[str]
    figures: frozenset[str]
    turns: tuple[frozenset[str], frozenset[str]]
    act: str
    passive: bool
    said: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]


Register = Callable[[str], tuple[str, EntityKind] | None]  # a document's entity id -> record id and kind


def hear(
    event: Event, when: str, published: str | None, mentions: Iterable[Mention], quotations: Iterable[Quotation]
) -> Heard | None:
    """Gives what can be compared; None where the date is not sure to the day.

    `mentions` are those in the sentence; `quotations` are those that reach into it.
    """
    limits = days(event.edtf)
    if limits is None or event.confidence < SURE:
        return None
    own = _own_words(event, (q for q in quotations if q.form == "direct"))
    inside = [m for m in mentions if own[m.start - event.start : m.end - event.start] == m.exact]
    parts = [when, *(m.exact for m in mentions)]
    sentence = wording.tokens(_without(own, parts))
    kept = set(sentence)
    headline = [word for word in wording.tokens(_without(event.title, parts)) if word in kept]
    return Heard(
        first=limits[0],
        last=limits[1],
        published=_span(published),
        names=tuple((m.entity, _place(m.exact, event.title)) for m in inside),
        words=wording.content(headline),
        figures=wording.figures(headline),
        turns=(wording.turns(sentence), wording.DIRECTIONS.intersection(headline)),
        act=wording.act(headline),
        passive=wording.is_passive(headline),
        said=tuple(_said(q, inside) for q in quotations if q.form == "indirect"),
    )


def _said(quotation: Quotation, inside: Iterable[Mention]) -> tuple[str, tuple[str, ...], frozenset[str]]:
    within = [m.entity for m in inside if quotation.start <= m.start and m.end <= quotation.end]
    words = wording.tokens(quotation.exact)
    return quotation.id, tuple(within), wording.content(words) | wording.figures(words)


def tell(at: At, heard: Heard, register: Register, quotation: Callable[[str], str]) -> Told:
    """Gives what an event tells; `quotation` gives the record of one of its article's quotations."""
    known = {id: found for id, _ in heard.names if (found := register(id))}
    order = sorted((place, known[id][0]) for id, place in heard.names if place >= 0 and id in known)
    broad = frozenset(id for id, kind in known.values() if kind in BROAD)
    return Told(
        at=at,
        first=heard.first,
        last=heard.last,
        published=heard.published,
        order=tuple(dict.fromkeys(id for _, id in order)),
        names=frozenset(id for _, id in order if id not in broad),
        broad=broad,
        words=heard.words,
        figures=heard.figures,
        turns=heard.turns,
        act=heard.act,
        passive=heard.passive,
        said={
            quotation(id): words | {known[e][0] for e in entities if e in known} for id, entities, words in heard.said
        },
    )


def _own_words(event: Event, direct: Iterable[Quotation]) -> str:
    """The sentence with what stands in quotation marks blanked out, of the same length."""
    words = event.exact
    for quotation in direct:
        for start, end in quotation.spans:
            first, last = max(0, start - event.start), max(0, end - event.start)
            words = words[:first] + " " * len(words[first:last]) + words[last:]
    return QUOTED.sub(lambda found: " " * len(found.group()), words)


def days(edtf: str | None) -> tuple[int, int] | None:
    """The first and last day of a date that is certain and known to the day, as ordinals."""
    return _span(edtf) if edtf and DAYS.fullmatch(edtf) else None


def _span(edtf: str | None) -> tuple[int, int] | None:
    known = interval.bounds(edtf) if edtf else None
    if known is None or known.first is None or known.last is None or known.first[0] < 1 or known.last[0] > 9999:
        return None
    return date(*known.first).toordinal(), date(*known.last).toordinal()


def _without(words: str, parts: Iterable[str]) -> str:
    """The words with each of the parts blanked out, the longest first."""
    for part in sorted({" ".join(p.split()) for p in parts if p.strip()}, key=lambda p: (-len(p), p)):
        at = _whole(part, words, 0)
        while at >= 0:
            words = f"{words[:at]} {words[at + len(part) :]}"
            at = _whole(part, words, at + 1)
    return words


def _place(part: str, words: str) -> int:
    return _whole(" ".join(part.split()), words, 0)


def _whole(part: str, words: str, start: int) -> int:
    """Where the part stands as whole words from `start` on, else -1; a pattern for each part would cost more."""
    at = words.find(part, start) if part else -1
    while at >= 0:
        end = at + len(part)
        if not (at and _in_word(words[at - 1])) and not (end < len(words) and _in_word(words[end])):
            return at
        at = words.find(part, at + 1)
    return -1


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"
