"""The shared chronology: by year and month, what is undated apart, where articles disagree side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from builder.model.archive import Archive, ArticleSummary, ChronologyRecord, EntityRecord
from builder.model.output import OutputFile
from builder.render import dates, evidence, years
from builder.render.derived import together
from builder.render.heads import headed
from builder.render.pages.shelf import Shelf, known, shelf
from builder.render.paging import Page, contents, filled, keys
from builder.render.places import Places
from builder.render.strip import strip
from builder.render.template import Site
from builder.render.unit import Only, Unit, files, of_kind
from builder.render.words import Words

Named = TypeVar("Named", ArticleSummary, EntityRecord)
CHOICES = 20  # articles and names to choose from without a script; the style sheet has a rule for each


class Choices(Struct, frozen=True):
    """What a page can be narrowed to: those in most rows, numbered from 1 for the style sheet."""

    articles: tuple[ArticleSummary, ...]
    entities: tuple[EntityRecord, ...]
    more: bool  # there are others, which have pages of their own

    def classes(self, record: ChronologyRecord) -> str:
        """The classes by which a row is found: a1, e3, and how sure it is."""
        places = {o.article for o in record.occurrences}
        found = [f"a{n}" for n, a in enumerate(self.articles, 1) if a.slug in places]
        found += [f"e{n}" for n, e in enumerate(self.entities, 1) if e.id in record.participants]
        return " ".join([dates.certainty(record.edtf), record.review, *found])


class Outline(Struct, frozen=True):
    """What every page of the chronology tells of the others; `undated` counts what stands at `undated_at`."""

    pages: tuple[Page[str], ...]
    years: tuple[tuple[str, str, int], ...]
    undated: int
    undated_at: str


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for each page of the chronology."""
    words = site.words
    heads, on, to, pages = headed(archive), shelf(archive), Places(archive, words), years.pages(archive, words)
    outline = archive.derive("outline of the chronology", Outline, lambda: {"": _outline(pages.values(), words)})
    for folder in of_kind("chronology", pages, only):
        yield Unit(f"chronology {folder}", partial(_file, folder, pages, outline, heads, site, on, to))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the chronology's pages."""
    yield from files(units(archive, site))


def _outline(pages: Collection[Page[str]], words: Words) -> Outline:
    undated = [(page, group) for page in pages if (group := years.undated_on(page))]
    at = f"{undated[0][0].folder}index.html#{years.UNDATED}" if undated else ""
    number = sum(len(group.items) for _, group in undated)
    return Outline(contents(pages), years.navigation(pages, words), number, at)


def _file(
    folder: str,
    pages: Mapping[str, Page[str]],
    outlines: Mapping[str, Outline],
    archive: Archive,
    site: Site,
    on: Shelf,
    to: Places,
) -> list[OutputFile]:
    found, outline, words = pages[folder], outlines[""], site.words
    page = filled(found, together(on.events, keys(found)).__getitem__)
    made = site.page(
        f"{folder}index.html",
        "chronology.html",
        title=words.gettext("Chronology") + (f": {page.label}" if page.number > 1 else ""),
        description=_description(archive, outline.undated, words),
        section="chronology",
        to=to,
        on=on,
        page=page,
        pages=outline.pages,
        years=years.years(page, words),
        undated=years.undated_on(page),
        undated_at=outline.undated_at,
        undated_count=outline.undated,
        strip=strip(archive.chronology, words) if page.number == 1 else "",
        year_links=outline.years,
        choices=choices([r for g in page.groups for r in g.items], archive, on),
        certainty=dates.certainty,
        evidence=lambda record: evidence.told(record, archive.entities, words),
        why=lambda record: years.why(record, on.articles, words),
        known=known,
        archive=archive,
    )
    return [made]


def choices(rows: Sequence[ChronologyRecord], archive: Archive, on: Shelf) -> Choices:
    """What the page's rows can be narrowed to; a choice that would leave everything or one thing is none."""
    articles = Counter(slug for r in rows for slug in {o.article: None for o in r.occurrences})
    entities = Counter(id_ for r in rows for id_ in r.participants)
    return Choices(
        tuple(_most(articles, on.articles)),
        tuple(_most(entities, archive.entities)),
        len(articles) > CHOICES or len(entities) > CHOICES,
    )


def _most(counts: Counter[str], records: Mapping[str, Named]) -> Iterator[Named]:
    """Those of the most rows; what is folded is not offered."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from islice((r for id_, _ in ordered if (r := records.get(id_)) and not r.sensitive), CHOICES)


def _description(archive: Archive, undated: int, words: Words) -> str:
    number = len(archive.chronology) - undated
    dated = words.ngettext("%(num)s dated happening", "%(num)s dated happenings", number)
    told = words.ngettext(
        "%(happenings)s from %(num)s article",
        "%(happenings)s from %(num)s articles",
        len(archive.articles),
        happenings=dated,
    )
    return words.gettext("%(told)s, and %(num)s without a date.", told=told, num=undated) if undated else f"{told}."
