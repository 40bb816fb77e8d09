"""The shared chronology: every event the articles report, and the editors' own rows.

An editor's row stands for the events it names; what rows the program itself brings together, and on what
evidence, is decided in `happenings`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import combinations

from builder.anchor import match
from builder.link.rows import Rows
from builder.link.telling import At
from builder.model import interval
from builder.model.annotation import Event
from builder.model.archive import ChronologyRecord, Occurrence, ReviewedArticle
from builder.model.counted import counts_from_happening
from builder.model.editorial import Apart, ChronologyEntry, EventReference
from builder.problems import Problem, Problems

UNDATED = "No publication date is known to count “{}” from."
Sentences = tuple[str, str, dict[tuple[int, int], str]]  # slug, text, event places -> annotation id
RENAME = "Give this entry another “id”."
NO_DATE = "The editor gives no date."
VAGUE = "“{}” names no day, month or year."
COUNTED = "The article gives no date from which “{}” could be counted."


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
    earliest, latest = _limits(event.edtf) if event.edtf else ("", "")
    why = "" if event.edtf else _why(when, published)
    return ChronologyRecord(
        id=f"{article}-{event.id}",
        title=event.title,
        edtf=event.edtf,
        occurrences=(occurrence,),
        earliest=earliest,
        latest=latest,
        when=when,
        why=why,
        participants=participants,
        quotations=quotations,
        review=occurrence.review,
    )


@lru_cache(maxsize=10_000)
def _limits(edtf: str) -> tuple[str, str]:
    known = interval.bounds(edtf)
    return (known.earliest, known.latest) if known else ("", "")


def _why(when: str, published: str | None) -> str:
    if counts_from_happening(when):
        return COUNTED.format(when)
    return (VAGUE if published else UNDATED).format(when)


def sentences(reviewed: ReviewedArticle) -> Sentences:
    """An article's text and its events by the place of their sentence, for editors' references."""
    events = {
        (r.annotation.start, r.annotation.end): r.annotation.id
        for r in reviewed.annotations
        if isinstance(r.annotation, Event)
    }
    return reviewed.article.slug, reviewed.article.text, events


def editors_rows(
    entries: Collection[ChronologyEntry],
    rows: Rows,
    texts: Iterable[Sentences],
    entities: Collection[str],
) -> list[ChronologyRecord]:
    """Gives the editors' rows and takes from `rows` those they stand for.

    `texts` are those of the articles that entries name. Raises Problems for what fits no event or no entity.
    """
    places = {slug: (text, events) for slug, text, events in texts}
    problems: list[Problem] = []
    taken = rows.taken({entry.id for entry in entries})
    standing: dict[At, str] = {}
    made = []
    for entry in entries:
        if entry.id in taken:
            problems.append(Problem(entry.where, f"the id “{entry.id}” is that of a row read from an article", RENAME))
        problems.extend(
            Problem(entry.where, f"there is no entity “{id}”", "“participants” lists ids of the entity register.")
            for id in entry.participants
            if id not in entities
        )
        found = _events(entry.events, places, problems)
        for reference, at in found:
            if at in standing:
                what = f"“{reference.quote.exact[:60]}” stands in the entry at {standing[at]} already"
                problems.append(Problem(reference.where, what, "Name a sentence in one entry only."))
            standing.setdefault(at, entry.where)
        if len(found) == len(entry.events):
            made.append(_editors_row(entry, [rows.pop(at) for _, at in found if at in rows]))
    if problems:
        raise Problems(problems)
    return made


def kept_apart(entries: Iterable[Apart], texts: Iterable[Sentences]) -> set[tuple[At, At]]:
    """Pairs of events that editors keep separate, each in order; (at, at) for one kept from all others."""
    places = {slug: (text, events) for slug, text, events in texts}
    problems: list[Problem] = []
    pairs: set[tuple[At, At]] = set()
    for entry in entries:
        found = sorted(at for _, at in _events(entry.events, places, problems))
        pairs.update(combinations(found, 2) if len(entry.events) > 1 else ((at, at) for at in found))
    if problems:
        raise Problems(problems)
    return pairs


def _events(
    references: Iterable[EventReference],
    places: dict[str, tuple[str, dict[tuple[int, int], str]]],
    problems: list[Problem],
) -> list[tuple[EventReference, At]]:
    """The events that editors name, with those references that fit none or several told as problems."""
    known = []
    for reference in references:
        text, events = places.get(reference.article, ("", {}))
        found = [events[p] for p in match(text, reference.quote) if p in events]
        if len(found) == 1:
            known.append((reference, (reference.article, found[0])))
        else:
            what = f"“{reference.quote.exact[:60]}” is not the sentence of one event of “{reference.article}”"
            problems.append(Problem(reference.where, what, "Quote all of the event's words as the page shows them."))
    return known


def _editors_row(entry: ChronologyEntry, merged: list[ChronologyRecord]) -> ChronologyRecord:
    """The entry as a row; what it leaves out is that of the rows it stands for, where they agree."""
    dates = list(dict.fromkeys(r.edtf for r in merged))
    edtf = entry.edtf or (dates[0] if len(dates) == 1 else None)
    known = interval.bounds(edtf) if edtf else None
    why = merged[0].why if len(merged) == 1 else NO_DATE
    return ChronologyRecord(
        id=entry.id or merged[0].id,
        title=entry.title or merged[0].title,
        edtf=edtf,
        occurrences=tuple(o for r in merged for o in r.occurrences),
        earliest=known.earliest if known else "",
        latest=known.latest if known else "",
        when="; ".join(dict.fromkeys(r.when for r in merged if r.when)),
        why="" if edtf else why,
        participants=tuple(dict.fromkeys([*entry.participants, *(p for r in merged for p in r.participants)])),
        quotations=tuple(dict.fromkeys(q for r in merged for q in r.quotations)),
        review="corrected" if merged else "added",
        note=entry.note,
        sensitive=entry.sensitive or ("" if entry.title else next((r.sensitive for r in merged if r.sensitive), "")),
        citations=entry.citations,
    )
