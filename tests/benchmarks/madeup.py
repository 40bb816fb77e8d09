"""Annotations that nobody read: found by plain search, kept where readings are, so that what follows is measured.

Names are those that a corpus says stand in an article. What stands in quotation marks before “said” is a quotation, a
sentence that begins with a day an event, a link a citation: about as many as in real articles, in no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from builder import config
from builder.anchor import identify
from builder.cache import Cache, opened
from builder.model.annotation import Annotation, Citation, EntityKind, Event, Mention, Quotation, Speaker, Timex
from builder.model.annotation import TimeExpression as Time
from builder.model.article import Article
from builder.model.slug import slugify
from builder.pipeline import WORK
from builder.read.gather import gather, opened_article
from builder.reading import Reader
from tests.benchmarks.corpus import MONTHS, Made

BY = "made-up@1"
BATCH = 500  # readings kept in one transaction
KINDS: dict[str, EntityKind] = {
    "people": "person",
    "organizations": "organization",
    "orgs": "organization",
    "places": "place",
}
SAID = re.compile(r"(“[^”\n]+”) said ")
DATED = re.compile(rf"\bOn (\d+) ({'|'.join(MONTHS)}) (\d{{4}})[^.\n]*\.")
Names = Mapping[str, EntityKind]
NONE: Names = {}


def note(articles: Iterable[Made], file: Path) -> None:
    """Writes the names that stand in articles, by slug, where `fill` can read them."""
    file.write_bytes(msgspec.json.encode({article.slug: names(article) for article in articles}))


def names(article: Made) -> dict[str, EntityKind]:
    """The names that stand in an article, with their kinds; topics are none."""
    return {name: KINDS[key] for key, listed in article.links.items() if key in KINDS for name in listed}


def fill(root: Path, file: Path, slug: str = "", added: Names = NONE) -> int:
    """Keeps a made-up reading of every article of the archive that has none, and says of how many.

    `file` is from `note`; names were `added` to the article `slug`. What is new is converted on the way.
    """
    settings = config.load(root)
    known = msgspec.json.decode(file.read_bytes(), type=dict[str, dict[str, EntityKind]])
    known.setdefault(slug, {}).update(added)
    with opened(root / WORK) as cache:
        reader = Reader(settings, cache)
        new = {reader.address(one): one for one in gather(root, settings.language, cache)}
        new = {address: one for address, one in new.items() if not cache.readings.has(address)}
        made = (
            (address, reader.made, _encoded(opened_article(one, root, settings.language, cache), known[one.slug]))
            for address, one in new.items()
        )
        _keep(cache, made)
    return len(new)


def _keep(cache: Cache, readings: Iterable[tuple[str, str, bytes]]) -> None:
    waiting: list[tuple[str, str, bytes]] = []
    for one in readings:
        waiting.append(one)
        if len(waiting) >= BATCH:
            cache.readings.keep_all(waiting)
            waiting.clear()
    cache.readings.keep_all(waiting)


def _encoded(article: Article, known: Names) -> bytes:
    return msgspec.msgpack.encode(annotations(article, known))


def annotations(article: Article, known: Names) -> tuple[Annotation, ...]:
    """In text order."""
    text = article.text
    mentions = list(_mentions(text, known))
    found: list[Annotation] = [*mentions, *_quotations(text, mentions), *_events(text, mentions)]
    for mark in article.marks:
        if mark.kind == "link" and mark.url:
            span = mark.start, mark.end
            found.append(Citation(identify(text, "citation", *span), *span, text[slice(*span)], mark.url, BY, 1.0))
    return tuple(sorted(found, key=lambda a: (a.start, -a.end, a.id)))


def _mentions(text: str, known: Names) -> Iterator[Mention]:
    words = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    for m in re.finditer(rf"\b(?:{words})\b", text) if known else ():
        kind, id = known[m[0]], identify(text, "entity", *m.span())
        yield Mention(id, *m.span(), m[0], kind, f"{kind}:{slugify(m[0])}", m[0], BY, 0.8)


def _quotations(text: str, mentions: list[Mention]) -> Iterator[Quotation]:
    by_start = {mention.start: mention for mention in mentions}
    for m in SAID.finditer(text):
        who, span = by_start.get(m.end()), m.span(1)
        speaker = Speaker(who.start, who.end, who.exact, who.name, who.entity, "named") if who else None
        yield Quotation(
            identify(text, "quotation", *span), *span, m[1], (span,), "direct", speaker, None, None, BY, 0.9
        )


def _events(text: str, mentions: list[Mention]) -> Iterator[Time | Event]:
    for m in DATED.finditer(text):
        day = f"{m[3]}-{MONTHS.index(m[2]) + 1:02}-{int(m[1]):02}"
        start, end = m.start(1), m.end(3)
        time = Time(identify(text, "time", start, end), start, end, text[start:end], Timex("DATE", day), day, BY, 0.9)
        there = tuple(dict.fromkeys(one.entity for one in mentions if m.start() <= one.start < m.end()))
        yield time
        yield Event(identify(text, "event", *m.span()), *m.span(), m[0], m[0][:80], day, time.id, there, (), BY, 0.7)
