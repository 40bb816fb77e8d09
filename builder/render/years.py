"""The chronology by year and month, in pages: what is known only by year stands before its months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from msgspec import Struct

from builder.model.archive import Archive, ArticleSummary, ChronologyRecord
from builder.model.counted import counts_from_happening
from builder.render.derived import by_key, places, through
from builder.render.paging import Group, Page, filled, paged
from builder.render.words import Words

# A page's links, and so its tab stops: a reader can still walk through them, and with real headlines
# a page is less than 20 KB on the way.
LIMIT = 400
ROW = 4  # links that a row counts for at least, so that no page has more than a hundred rows
YEARS = 60  # years that each page leads to one by one; where there are more, it leads to decades or centuries
FOLDER = "chronology/"
UNDATED = "undated"
MONTH = re.compile(r"y(-?\d+)-(?:\d\d|whole)")  # a group's id; with a number after it where the group goes on

T = TypeVar("T")


class Year(Struct, frozen=True):
    """A year's heading and its months; `id` is empty where the year began on the page before."""

    id: str
    label: str
    months: tuple[Group[ChronologyRecord], ...]


class Row(Struct):
    """Of a happening, what tells where it stands and how much room it takes."""

    edtf: str | None
    earliest: str
    latest: str
    occurrences: tuple[Any, ...]
    participants: tuple[Any, ...]
    quotations: tuple[Any, ...]
    citations: tuple[Any, ...]
    disagrees: tuple[Any, ...]


class Day(Struct):
    """Of a happening, whether it has a day."""

    edtf: str | None
    earliest: str
    latest: str


Item = tuple[int, str, int]  # how many happenings the register has before this one, its id, and the links it takes


def is_dated(record: ChronologyRecord | Row | Day) -> bool:
    """True if the record has a day, however vague, to be put in order by."""
    return bool(record.edtf and (record.earliest or record.latest))


def pages(archive: Archive, words: Words) -> Mapping[str, Page[str]]:
    """The ids of dated happenings in pages of whole months, by folder; after them what is undated, apart."""

    def made() -> dict[str, Page[str]]:
        found = paged(months(_items(archive), words), LIMIT, FOLDER, itemgetter(2))
        return {page.folder: filled(page, itemgetter(1)) for page in found}

    return archive.derive("pages of the chronology", Page[str], made)


def dated(archive: Archive) -> Iterator[str]:
    """Yields the ids of happenings that have a day, in their order."""
    without = {id for id, row in through(archive.chronology, Day) if not is_dated(row)}
    return (id for id in by_key(archive.chronology) if id not in without)


def _items(archive: Archive) -> dict[tuple[int, int] | None, list[Item]]:
    """The happenings by year and month, None for those without, in their order."""
    order = places(archive.chronology)
    found: dict[tuple[int, int] | None, list[Item]] = {}
    for id, row in through(archive.chronology, Row):
        found.setdefault(month_of(row), []).append((order[id], id, links(row)))
    for items in found.values():
        items.sort()
    return found


def links(record: Row) -> int:
    """How much of a page a row takes, in links: headline, address, names, quotations, what it rests on."""
    places = len(record.occurrences) if len(record.occurrences) != 1 else 0
    others = len(record.participants) + len(record.quotations) + len(record.citations) + 2 * len(record.disagrees)
    return max(ROW, 2 + places + others)


def undated_on(page: Page[T]) -> Group[T] | None:
    """What is undated on a page; None where nothing is."""
    return next((group for group in page.groups if _year(group) is None), None)


def why(record: ChronologyRecord, articles: Mapping[str, ArticleSummary], words: Words) -> str:
    """Why a row has no date, as far as it is known; empty where it has one."""
    if record.edtf or not record.why:
        return ""
    if len(record.occurrences) != 1:  # only an editor merges what has no date
        return words.gettext("The editor gives no date.")
    if counts_from_happening(record.when):
        return words.gettext("The article gives no date from which “%(words)s” could be counted.", words=record.when)
    told = articles.get(record.occurrences[0].article)
    if told is None or not told.published:
        return words.gettext("No publication date is known to count “%(words)s” from.", words=record.when)
    return words.gettext("“%(words)s” names no day, month or year.", words=record.when)


def months(found: Mapping[tuple[int, int] | None, Iterable[T]], words: Words) -> Iterator[Group[T]]:
    """One group a month, the last one for what has no date."""
    for year, month in sorted(filter(None, found)):
        id_ = f"{_year_id(year)}-{month:02}" if month else f"{_year_id(year)}-whole"
        yield Group(id_, _month_label(year, month, words), tuple(found[year, month]))
    if None in found:
        yield Group(UNDATED, words.gettext("Without a date"), tuple(found[None]))


def _month_label(year: int, month: int, words: Words) -> str:
    if not month:
        return words.gettext("%(year)s, month not known", year=year_label(year, words))
    return words.gettext("%(month)s %(year)s", month=words.month(month), year=year_label(year, words))


def years(page: Page[ChronologyRecord], words: Words) -> tuple[Year, ...]:
    """A page's months under their years."""
    found: dict[int, list[Group[ChronologyRecord]]] = {}
    for group in page.groups:
        year = _year(group)
        if year is not None:
            found.setdefault(year, []).append(group)
    return tuple(Year(_year_id(year), year_label(year, words), tuple(groups)) for year, groups in found.items())


def navigation(pages_: Iterable[Page[T]], words: Words) -> tuple[tuple[str, str, int], ...]:
    """Every year as (path with fragment, label, number of rows); a year on two pages is linked where it begins.

    Where years are many, every decade or century, linked where its first year begins.
    """
    starts: dict[int, str] = {}
    counts: dict[int, int] = {}
    for page in pages_:
        for group, year in ((g, year) for g in page.groups if (year := _year(g)) is not None):
            starts.setdefault(year, f"{page.folder}index.html#{_year_id(year)}")
            counts[year] = counts.get(year, 0) + len(group.items)
    together = _together(sorted(starts), words)
    return tuple((starts[of[0]], label, sum(counts[year] for year in of)) for label, of in together.items())


def _together(years_: Sequence[int], words: Words) -> dict[str, list[int]]:
    """Years under their label: their own, or that of their decade or century where there are too many."""
    found: dict[str, list[int]] = {}
    for span in (1, 10, 100):
        found = {}
        for year in years_:
            found.setdefault(_span_label(year, span, words), []).append(year)
        if len(found) <= YEARS:
            break
    return found


def _span_label(year: int, span: int, words: Words) -> str:
    if span == 1:
        return year_label(year, words)
    first = (year if year > 0 else 1 - year) // span * span
    label = words.gettext("%(decade)ss", decade=first) if first else f"1–{span - 1}"
    return label if year > 0 else words.gettext("%(year)s BC", year=label)


def year_label(year: int, words: Words) -> str:
    """A year as people write it; astronomical year 0 is 1 BC."""
    return str(year) if year > 0 else words.gettext("%(year)s BC", year=1 - year)


def _year_id(year: int) -> str:
    return f"y{year:04}" if year >= 0 else f"y-{-year:04}"


def _year(group: Group[T]) -> int | None:
    """The year whose month a group is; None for what is undated."""
    found = MONTH.match(group.id)
    return int(found[1]) if found else None


def month_of(record: Row | ChronologyRecord) -> tuple[int, int] | None:
    """Year and month a row stands under; month 0 where the date names none, None for what has no date."""
    if not is_dated(record):
        return None
    day = record.earliest or record.latest
    year = int(day[:-6])
    named = re.match(r"[\[{]?(?:\.\.)?/?-?\d{4}-(0[1-9]|1[0-2])", record.edtf or "")
    return year, int(day[-5:-3]) if named else 0
