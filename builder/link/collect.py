"""What joining needs of an article, gathered while the article is open: who is named, what is said, what happened.

An article's text stays where it is, and so do the words around every name: they are opened when a page shows them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TypeVar

import msgspec
from msgspec import Struct

from builder.link import people, quotations, telling
from builder.link.quotations import Saying
from builder.link.sensitive import Folding
from builder.model.annotation import (
    Annotation,
    Citation,
    EntityKind,
    Event,
    Mention,
    Quotation,
    Relation,
    Review,
    TimeExpression,
    kind_of,
)
from builder.model.archive import ArticleSummary, Occurrence, Reviewed, ReviewedArticle
from builder.model.article import Article
from builder.model.interval import bounds

CONTEXT = 70  # code points on either side of a mention in a register
A = TypeVar("A", Citation, Relation, Event)
_encode = msgspec.msgpack.Encoder(order="deterministic").encode  # sets too
SAID = ""  # in the place of an entity's id: the places of quotations and citations, which sources show


class Named(Struct, frozen=True):
    """One entity of an article: how it is written and how often, what kinds it was taken for, what is told of it.

    `names` are its full names and then its other forms, in the order of the text. `digest` stands for its places.
    """

    id: str  # in the document
    kind: EntityKind  # what it was taken for most often
    names: tuple[str, ...]
    written: dict[str, int]
    kinds: dict[EntityKind, int]
    reviews: tuple[Review, ...]
    places: int
    digest: bytes
    about: tuple[people.Around, ...] = ()  # of people only, and of those of whom something is told


class Happening(Struct, frozen=True):
    """An event with the words of its time expression, the warning it stands behind, and what may be compared of it."""

    event: Event
    occurrence: Occurrence
    when: str
    warning: str = ""
    heard: telling.Heard | None = None


class Names(Struct, frozen=True):
    """Whom an article names, and what listings tell of it. `digest` stands for all of the reviewed article.

    `rows` stands for what decides records: while it stays, no record is joined otherwise, and only the article's own
    text, what is counted in it, and the words around its names and quotations may have changed.
    """

    summary: ArticleSummary
    named: tuple[Named, ...]
    annotators: tuple[str, ...]
    digest: bytes
    rows: bytes = b""


class Collected(Struct, frozen=True):
    """What an article says and tells: its share of the other registers.

    No occurrence has the words around it, no annotation its place in the text: records hold neither.

    `around` has, by annotation id, a digest of the place of each quotation and citation with those words.
    """

    slug: str
    quotations: tuple[Saying, ...]
    happenings: tuple[Happening, ...]
    citations: tuple[tuple[Citation, Occurrence], ...]
    warnings: dict[str, str]  # annotation id of a quotation -> the warning it stands behind
    around: dict[str, bytes] = {}
    relations: tuple[tuple[Relation, Occurrence], ...] = ()  # none from what stands behind a warning


class Share(Struct, frozen=True):
    """All that an article gives the registers, in the parts that are opened apart."""

    names: Names
    collected: Collected
    places: dict[str, tuple[Occurrence, ...]]  # a document's entity id -> where it is named; SAID -> see there


def collect(reviewed: ReviewedArticle, folding: Folding) -> Share:
    """Gives what the registers need of one article, and where it names each of its entities."""
    article = reviewed.article
    by_type: dict[str, list[Reviewed]] = {}
    for item in reviewed.annotations:
        by_type.setdefault(kind_of(item.annotation), []).append(item)
    quoted = by_type.get("quotation", ())
    warnings = _warnings(quoted, folding)
    folded = [(r.annotation.start, r.annotation.end) for r in quoted if r.annotation.id in warnings]
    pairs = [(r.annotation, occurrence(article, r, folded)) for r in reviewed.annotations]
    summary = _summary(reviewed, by_type)
    groups = _groups((a, o) for a, o in pairs if isinstance(a, Mention))
    named = tuple(_named(id, group, summary) for id, group in groups.items())
    said = tuple(_said(a, o, warnings) for a, o in pairs if isinstance(a, Quotation | Citation))
    pairs = [(a, _alone(o)) for a, o in pairs]
    collected = Collected(
        slug=article.slug,
        quotations=tuple(_saying(a, o) for a, o in pairs if isinstance(a, Quotation)),
        happenings=tuple(_happenings(pairs, summary.published, warnings)),
        citations=tuple((_unplaced(a), o) for a, o in pairs if isinstance(a, Citation)),
        warnings=warnings,
        around={place.annotation: _digest(place) for place in said},
        relations=tuple((_unplaced(a), o) for a, o in pairs if isinstance(a, Relation) and not _within(a, folded)),
    )
    names = Names(summary, named, tuple(sorted({a.annotator for a, _ in pairs})), _digest(reviewed))
    return Share(
        names=msgspec.structs.replace(names, rows=_rows(names, collected)),
        collected=collected,
        places={id: tuple(o for _, o in group) for id, group in groups.items()} | {SAID: said},
    )


def _said(annotation: Annotation, place: Occurrence, warnings: dict[str, str]) -> Occurrence:
    """The place as the registers of sources show it: what stands behind a warning is not printed once more."""
    return msgspec.structs.replace(place, exact="") if annotation.id in warnings else place


def _alone(place: Occurrence) -> Occurrence:
    """The place without the words around it: a word that changes beside it changes no record."""
    return msgspec.structs.replace(place, before="", after="")


def _digest(value: object) -> bytes:
    return blake2b(_encode(value), digest_size=16).digest()


def _rows(names: Names, collected: Collected) -> bytes:
    """A digest without all that may change while records are joined as they are."""
    counted = msgspec.structs.replace(names.summary, words=0, original_sha256="")
    named = [msgspec.structs.replace(one, digest=b"") for one in names.named]
    return _digest((counted, named, names.annotators, msgspec.structs.replace(collected, around={})))


def _unplaced(annotation: A) -> A:
    return msgspec.structs.replace(annotation, start=0, end=0)


def _saying(quotation: Quotation, place: Occurrence) -> Saying:
    """The quotation without its place in the text, and with the words by which it is compared."""
    speaker, via = (s and msgspec.structs.replace(s, start=0, end=0) for s in (quotation.speaker, quotation.via))
    bare = msgspec.structs.replace(quotation, start=0, end=0, spans=(), cue=None, speaker=speaker, via=via)
    return msgspec.structs.replace(quotations.saying(quotation, place), quotation=bare)


def _groups(mentions: Iterable[tuple[Mention, Occurrence]]) -> dict[str, list[tuple[Mention, Occurrence]]]:
    found: dict[str, list[tuple[Mention, Occurrence]]] = {}
    for mention, place in mentions:
        found.setdefault(mention.entity, []).append((mention, place))
    return found


def _named(id: str, group: list[tuple[Mention, Occurrence]], summary: ArticleSummary) -> Named:
    written, kinds = Counter[str](), Counter[EntityKind]()
    for mention, _ in group:
        written[mention.name if mention.label != "account" else mention.exact] += 1
        written[mention.exact] += 1
        kinds[mention.label] += 1
    year = int(summary.earliest[:4]) if summary.earliest[:4].isdigit() else None
    kind = kinds.most_common(1)[0][0]
    return Named(
        id=id,
        kind=kind,
        names=tuple(dict.fromkeys([m.name for m, _ in group] + [m.exact for m, _ in group])),
        written=dict(written),
        kinds=dict(kinds),
        reviews=tuple(sorted({o.review for _, o in group})),
        places=len(group),
        digest=_digest([o for _, o in group]),
        about=people.told((o for _, o in group), year) if kind == "person" else (),
    )


def _happenings(
    pairs: Sequence[tuple[Annotation, Occurrence]], published: str | None, warnings: dict[str, str]
) -> Iterable[Happening]:
    times = {a.id: a.exact for a, _ in pairs if isinstance(a, TimeExpression)}
    mentions = sorted((a for a, _ in pairs if isinstance(a, Mention)), key=lambda m: m.start)
    said = [a for a, _ in pairs if isinstance(a, Quotation)]
    starts = [m.start for m in mentions]
    for event, found in pairs:
        if isinstance(event, Event):
            place = Occurrence(found.article, event.id, review=found.review)  # a row has a headline of its own
            when = times.get(event.time, "")
            inside = mentions[bisect_left(starts, event.start) : bisect_left(starts, event.end)]
            reaching = [q for q in said if q.start < event.end and event.start < q.end]
            warning = next((warnings[q.id] for q in reaching if q.id in warnings), "")
            heard = telling.hear(event, when, published, inside, reaching)
            yield Happening(_unplaced(event), place, when, warning, heard)


def _warnings(quoted: Iterable[Reviewed], folding: Folding) -> dict[str, str]:
    """Annotation id -> warning; what shares words with a folded quotation would print them: it is folded too."""
    said = [(r.annotation, folding.of_quotation(r)) for r in quoted]
    folded = [(a, warning) for a, warning in said if warning]
    shared = ((a, w) for a, own in said if not own for b, w in folded if a.start < b.end and b.start < a.end)
    return {a.id: warning for a, warning in (*shared, *folded)}


def _within(relation: Relation, folded: Iterable[tuple[int, int]]) -> bool:
    return any(relation.start < end and start < relation.end for start, end in folded)


def occurrence(article: Article, reviewed: Reviewed, folded: Iterable[tuple[int, int]] = ()) -> Occurrence:
    """One place of a record, with the words around it inside its paragraph, cut at words.

    The words around it never reach into a passage that is `folded` behind a warning.
    """
    a, text = reviewed.annotation, article.text
    blank = text.rfind("\n\n", 0, a.start)
    first = 0 if blank == -1 else blank + 2
    last = text.find("\n\n", a.end)
    last = len(text) if last == -1 else last
    for start, end in folded:
        if start < a.start:
            first = max(first, min(end, a.start))
        if end > a.end:
            last = min(last, max(start, a.end))
    before, after = text[max(first, a.start - CONTEXT) : a.start], text[a.end : min(last, a.end + CONTEXT)]
    if a.start - CONTEXT > first and " " in before:
        before = "…" + before.split(" ", 1)[1]
    if a.end + CONTEXT < last and " " in after:
        after = after.rsplit(" ", 1)[0] + "…"
    return Occurrence(article.slug, a.id, before, a.exact, after, reviewed.review)


def _summary(reviewed: ReviewedArticle, by_type: dict[str, list[Reviewed]]) -> ArticleSummary:
    a = reviewed.article
    reviews: dict[str, int] = {}
    for item in reviewed.annotations:
        reviews[item.review] = reviews.get(item.review, 0) + 1
    known = bounds(a.published) if a.published else None
    return ArticleSummary(
        slug=a.slug, title=a.title, dek=a.dek, byline=a.byline, publisher=a.publisher, published=a.published,
        language=a.language, url=a.url, sensitive=a.sensitive, tags=a.tags, original_sha256=a.original_sha256,
        words=len(a.text.split()), counts={k: len(v) for k, v in sorted(by_type.items())},
        reviews=dict(sorted(reviews.items())), earliest=known.earliest if known else "",
    )  # fmt: skip
