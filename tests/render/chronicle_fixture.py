"""A made-up archive with a chronology of thousands: as many rows, names and articles as years of reporting leave."""

from __future__ import annotations

import random
from datetime import date, timedelta

from builder.config import Config
from builder.model.archive import (
    Archive,
    ArticleSummary,
    ChronologyRecord,
    EntityRecord,
    Evidence,
    LinkedArticle,
    Occurrence,
    ReviewedArticle,
)
from builder.model.article import Article

CONFIG = Config(title="The Long Chronicle", base_url="https://example.org/chronicle")
FIRST = "Ada Bruno Clara Dario Elsa Fabian Greta Hugo Ines Jonas Karla Linus Mira Nils Olga Pavel Rosa Sven Tilda Ugo"
LAST = (
    "Aalto Berg Castro Duval Eklund Fabri Grimm Holm Iversen Jansen Keller Lorca Munk Nowak Ortega Petrov Quist Rossi"
)
VERBS = "signed closed opened visited sued arrested promised rejected inspected sold flooded repaired discussed left"
THINGS = (
    "harbour bridge treaty ferry school hospital dam railway mine archive market contract inquiry strike budget fire "
    "tunnel warehouse forest vote station appeal verdict refinery island lighthouse airport letter council election "
    "pipeline museum vessel cargo fishery tower border camp convoy field garden hall journal kitchen ledger mill"
)
MORE = (
    "after weeks of talks with the unions; despite a warning from the engineers; on behalf of the government; in front "
    "of several hundred witnesses; without naming a reason; as the river kept rising; while the inquiry was still "
    "under way; because the money had run out; to the surprise of the opposition; under the eyes of two observers"
)


def _entities(made: random.Random) -> dict[str, EntityRecord]:
    names = [f"{first} {last}" for first in FIRST.split() for last in LAST.split()]
    chosen = sorted(made.sample(names, 300))
    return {
        name.lower().replace(" ", "-"): EntityRecord(name.lower().replace(" ", "-"), name, "person", ())
        for name in chosen
    }


def _summary(number: int, made: random.Random) -> ArticleSummary:
    title = " ".join(made.choice(THINGS.split()) for _ in range(6)).capitalize()
    day = (date(2015, 1, 1) + timedelta(days=number * 9)).isoformat()
    return ArticleSummary(
        slug=f"report-{number:03}", title=title, dek="", byline="", publisher=f"The {title.split()[1]} Post",
        published=day, language="en", url="", sensitive="", tags=(), original_sha256="0" * 64, words=800,
        counts={"event": 10}, reviews={"machine": 10}, earliest=day,
    )  # fmt: skip


def _row(number: int, made: random.Random, slugs: list[str], people: list[str], undated: bool) -> ChronologyRecord:
    day = (date(2015, 1, 1) + timedelta(days=made.randrange(4000))).isoformat()
    thing, other = made.choice(THINGS.split()), made.choice(THINGS.split())
    title = f"the {made.choice(VERBS.split())} {thing} and the {other} {made.choice(MORE.split('; '))}"
    slug = made.choice(slugs)
    edtf = None if undated else made.choice([day, day, day, day[:7], f"{day}?", f"{day[:7]}/.."])
    open_end = bool(edtf and edtf.endswith(".."))
    return ChronologyRecord(
        id=f"{slug}-event-{number:05x}", title=title, edtf=edtf,
        occurrences=(Occurrence(slug, f"event-{number:05x}", "", title, ""),),
        earliest="" if undated else day, latest="" if undated or open_end else day,
        when=made.choice(["on Monday", "last week", "on Thursday evening", day]),
        why="It cannot be known." if undated else "",
        participants=tuple(made.sample(people, made.randrange(4))),
    )  # fmt: skip


def archive(events: int = 5000, undated: int = 400) -> Archive:
    """`events` happenings over eleven years in 200 articles, `undated` of them without a date; the same every time."""
    made = random.Random(7)
    entities = _entities(made)
    summaries = [_summary(n, made) for n in range(200)]
    slugs, people = [s.slug for s in summaries], list(entities)
    rows = [_row(n, made, slugs, people, n < undated) for n in range(events)]
    rows.sort(key=lambda r: (r.edtf is None, r.earliest, r.id))
    both = (*rows[0].occurrences, Occurrence(slugs[7], "event-also", "", "the harbour closed", ""))
    shared = Evidence(rows[0].edtf, rows[0].participants, ("closed", "harbour"))
    rows[0] = ChronologyRecord(
        id=rows[0].id, title=rows[0].title, edtf=rows[0].edtf, occurrences=both, earliest=rows[0].earliest,
        latest=rows[0].latest, participants=rows[0].participants, evidence=shared,
    )  # fmt: skip
    return Archive(tuple(summaries), entities, {}, {}, (), tuple(rows), _opened)


def _opened(slug: str) -> LinkedArticle:
    return LinkedArticle(ReviewedArticle(Article(slug, slug, "", ()), ()), {}, {}, {}, {}, {}, {})
