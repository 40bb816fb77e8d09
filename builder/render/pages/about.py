"""How the archive was made: what read it and how well, who checked it, on what terms, and how to object."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from builder.model.annotation import Review
from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render.heads import listed
from builder.render.template import Site
from builder.render.words import N_

ACCURACY = Path(__file__).resolve().parent.parent / "accuracy.toml"
REVIEWS: tuple[Review, ...] = ("machine", "confirmed", "corrected", "added")
DATA = (
    ("articles.jsonl", N_("every article: metadata, text and the SHA-256 of its original")),
    ("annotations.jsonl", N_("every annotation, with offsets into the text")),
    ("entities.json", N_("the register of names")),
    ("quotations.json", N_("the register of quotations")),
    ("sources.json", N_("the register of sources")),
    ("chronology.json", N_("the chronology")),
    ("chronology.ics", N_("happenings known to the day, as iCalendar")),
    ("timeline.json", N_("dated happenings for TimelineJS")),
    ("datapackage.json", N_("the same as tables (CSV), described as a Data Package")),
    ("archive.sqlite", N_("the same as one SQLite file")),
)


class Measure(Struct, frozen=True, forbid_unknown_fields=True):
    """One measured figure: what was measured, the figure as it is to be printed, and on which data."""

    what: str
    figure: str
    data: str


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `about/index.html`."""
    states: Counter[str] = Counter()
    articles = list(listed(archive).values())
    for summary in articles:
        states.update(summary.reviews)
    yield site.page(
        "about/index.html",
        "about.html",
        title=site.words.gettext("About this archive"),
        description=site.words.gettext(
            "How %(archive)s was made: method, measured accuracy, review, rights and corrections.",
            archive=site.config.title,
        ),
        section="about",
        annotators=archive.annotators,
        measures=measures(ACCURACY),
        states=[(state, states[state]) for state in REVIEWS if states[state]],
        publishers=sorted({a.publisher for a in articles if a.publisher}),
        folded=sum(1 for a in articles if a.sensitive),
        data=DATA,
    )


def measures(path: Path) -> tuple[Measure, ...]:
    """The measured figures in a data file, `[[measure]]` by `[[measure]]`; none where nothing was measured."""
    if not path.is_file():
        return ()
    return tuple(msgspec.convert(tomllib.loads(path.read_text("utf-8")).get("measure", []), list[Measure]))
