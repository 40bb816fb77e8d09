"""The shared chronology: every event the articles report, and the editors' own rows.

Rows are never merged by likeness of words or of quotations: two articles that report alike may report
two happenings. An editor's row stands for the events it names.
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.anchor import match
from builder.model import interval
from builder.model.annotation import Event
from builder.model.archive import ChronologyRecord, EntityRecord, Occurrence, ReviewedArticle
from builder.model.editorial import ChronologyEntry
from builder.problems import Problem, Problems

UNDATED = "No publication date is known to count “{}” from."
Sentences = tuple[str, str, dict[tuple[int, int], str]]  # slug, text, event places -> annotation id
VAGUE = "“{}” names no day, month or year."


def row(
    article: str,
    event: Event,
    occurrence: Occurrence,
    when: str,
    published: str | None,
    participants: tuple[str, ...],
    quotations: tuple[str, ...],
) -> ChronologyRecord:
    """The row of one event as one article reports it."""
    known = interval.bounds(event.edtf) if event.edtf else None
    why = "" if event.edtf else (VAGUE if published else UNDATED).format(when)
    return ChronologyRecord(
        id=f"{article}-{event.id}",
        title=event.title,
        edtf=event.edtf,
        occurrences=(occurrence,),
        earliest=known.earliest if known else "",
        latest=known.latest if known else "",
        when=when,
        why=why,
        participants=participants,
        quotations=quotations,
        review=occurrence.review,
    )


def sentences(reviewed: ReviewedArticle) -> Sentences:
    """An article's text and its events by the place of their sentence, for editors' references."""
    events = {
        (r.annotation.start, r.annotation.end): r.annotation.id
        for r in reviewed.annotations
        if isinstance(r.annotation, Event)
    }
    return reviewed.article.slug, reviewed.article.text, events


def editors_rows(
    entries: Iterable[ChronologyEntry],
    rows: dict[tuple[str, str], ChronologyRecord],
    texts: Iterable[Sentences],
    entities: dict[str, EntityRecord],
) -> list[ChronologyRecord]:
    """Gives the editors' rows and takes from `rows` those they stand for.

    `rows` are keyed by article and annotation id; `texts` are those of the articles that entries name.
    Raises Problems for what fits no event or no entity.
    """
    places = {slug: (text, events) for slug, text, events in texts}
    problems: list[Problem] = []
    made = []
    for entry in entries:
        problems.extend(
            Problem(entry.where, f"there is no entity “{id}”", "“participants” lists ids of the entity register.")
            for id in entry.participants
            if id not in entities
        )
        merged = []
        for reference in entry.events:
            text, events = places.get(reference.article, ("", {}))
            found = [events[p] for p in match(text, reference.quote) if p in events]
            if len(found) != 1:
                what = f"“{reference.quote.exact[:60]}” is not the sentence of one event of “{reference.article}”"
                problems.append(
                    Problem(reference.where, what, "Quote the event's whole sentence as the page shows it.")
                )
            elif (reference.article, found[0]) in rows:
                merged.append(rows.pop((reference.article, found[0])))
        made.append(_editors_row(entry, merged))
    if problems:
        raise Problems(problems)
    return made


def _editors_row(entry: ChronologyEntry, merged: list[ChronologyRecord]) -> ChronologyRecord:
    known = interval.bounds(entry.edtf) if entry.edtf else None
    return ChronologyRecord(
        id=entry.id,
        title=entry.title,
        edtf=entry.edtf,
        occurrences=tuple(o for r in merged for o in r.occurrences),
        earliest=known.earliest if known else "",
        latest=known.latest if known else "",
        when="; ".join(dict.fromkeys(r.when for r in merged if r.when)),
        why="" if entry.edtf else "The editor gives no date.",
        participants=tuple(dict.fromkeys([*entry.participants, *(p for r in merged for p in r.participants)])),
        quotations=tuple(dict.fromkeys(q for r in merged for q in r.quotations)),
        review="corrected" if merged else "added",
        note=entry.note,
        sensitive=entry.sensitive,
        citations=entry.citations,
    )


def ordered(rows: Iterable[ChronologyRecord]) -> tuple[ChronologyRecord, ...]:
    """By earliest possible day, the narrower value first; undated last."""
    return tuple(sorted(rows, key=lambda r: (interval.order(r.edtf), r.id)))
