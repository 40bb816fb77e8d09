"""The chronology by year and month, in pages: what is known only by year stands before its months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from builder.model.archive import Archive, ChronologyRecord
from builder.render.dates import MONTHS
from builder.render.paging import Group, Page, paged

LIMIT = 500  # rows a page: more is more tab stops than anyone walks through
FOLDER = "chronology/"
Certainty = Literal["certain", "uncertain", "open", "undated"]


class Year(Struct, frozen=True):
    """A year's heading and its months; `id` is empty where the year began on the page before."""

    id: str
    label: str
    months: tuple[Group[ChronologyRecord], ...]


def is_dated(record: ChronologyRecord) -> bool:
    """True if the record has a day, however vague, to be put in order by."""
    return bool(record.edtf and (record.earliest or record.latest))


def certainty(edtf: str | None) -> Certainty:
    """How much an EDTF value leaves open: a missing end is open; `?`, `~`, `%`, `X` or a choice is uncertain."""
    if not edtf:
        return "undated"
    if ".." in edtf.strip("[]{}") or edtf.startswith(("..", "/")) or edtf.endswith("/"):
        return "open"
    return "uncertain" if re.search(r"[?~%X\[{]", edtf) else "certain"


def pages(archive: Archive) -> tuple[Page[ChronologyRecord], ...]:
    """Dated happenings in pages of whole months; the undated stand on the first one, apart."""
    return paged(months(archive.chronology), LIMIT, FOLDER)


def undated(archive: Archive) -> tuple[ChronologyRecord, ...]:
    """Happenings for which no date can be known, as the register gives them."""
    return tuple(r for r in archive.chronology if not is_dated(r))


def months(records: Iterable[ChronologyRecord]) -> Iterator[Group[ChronologyRecord]]:
    """One group a month; within it the order given."""
    found: dict[tuple[int, int], list[ChronologyRecord]] = {}
    for record in records:
        if is_dated(record):
            found.setdefault(_month(record), []).append(record)
    for (year, month), rows in sorted(found.items()):
        id_ = f"{_year_id(year)}-{month:02}" if month else f"{_year_id(year)}-whole"
        label = f"{MONTHS[month - 1]} {year_label(year)}" if month else f"{year_label(year)}, month not known"
        yield Group(id_, label, tuple(rows))


def years(page: Page[ChronologyRecord]) -> tuple[Year, ...]:
    """A page's months under their years."""
    found: dict[int, list[Group[ChronologyRecord]]] = {}
    for group in page.groups:
        found.setdefault(_month(group.items[0])[0], []).append(group)
    return tuple(Year(_year_id(year), year_label(year), tuple(groups)) for year, groups in found.items())


def navigation(pages_: Sequence[Page[ChronologyRecord]]) -> tuple[tuple[str, str, int], ...]:
    """Every year as (path with fragment, label, number of rows); a year on two pages is linked where it begins."""
    starts: dict[int, str] = {}
    counts: dict[int, int] = {}
    for page in pages_:
        for group in page.groups:
            year = _month(group.items[0])[0]
            starts.setdefault(year, f"{page.folder}index.html#{_year_id(year)}")
            counts[year] = counts.get(year, 0) + len(group.items)
    return tuple((starts[year], year_label(year), counts[year]) for year in sorted(starts))


def year_label(year: int) -> str:
    """A year as people write it; astronomical year 0 is 1 BC."""
    return str(year) if year > 0 else f"{1 - year} BC"


def _year_id(year: int) -> str:
    return f"y{year:04}" if year >= 0 else f"y-{-year:04}"


def _month(record: ChronologyRecord) -> tuple[int, int]:
    """Year and month a row stands under; month 0 where the date names none."""
    day = record.earliest or record.latest
    year = int(day[:-6])
    named = re.match(r"[\[{]?(?:\.\.)?/?-?\d{4}-(0[1-9]|1[0-2])", record.edtf or "")
    return year, int(day[-5:-3]) if named else 0
