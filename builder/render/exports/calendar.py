"""`data/chronology.ics`: the happenings known to the day as an iCalendar (RFC 5545), for any calendar program.

A month or a year is no entry of a calendar, and neither is what has no end: they stand in the other files. A day
that is uncertain is tentative and says so. Nothing here comes from the clock: an entry is stamped with the day its
article is from, or with its own.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from builder.model import interval
from builder.model.archive import Archive, ArticleSummary, ChronologyRecord
from builder.model.output import LargeFile
from builder.render import dates, heads
from builder.render.exports import pieces
from builder.render.exports.happenings import address, sources, warning
from builder.render.places import Places

if TYPE_CHECKING:
    from builder.render.template import Site

PATH = "data/chronology.ics"
DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:T[^/?~%]*)?[?~%]?(?:/\d{4}-\d\d-\d\d(?:T[^/?~%]*)?[?~%]?)?")
OCTETS = 75  # a longer line is folded
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:glossator:happening")
# A calendar must hold something; one without entries holds the definition of a time zone.
NOTHING = ("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
           "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE")  # fmt: skip


def render(archive: Archive, site: Site) -> Iterator[LargeFile]:
    """Yields the calendar."""
    make = partial(_entries, archive, Places(archive, site.words), site)
    yield pieces.joined(PATH, partial(_parts, archive, site, make))


def _parts(archive: Archive, site: Site, make: Callable[[Sequence[str]], bytes]) -> Iterator[pieces.Made]:
    yield _lines(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Glossator//Chronology//EN", "CALSCALE:GREGORIAN"))
    yield _lines((f"NAME:{_text(site.config.title)}", f"X-WR-CALNAME:{_text(site.config.title)}"))
    yield from pieces.pieces(pieces.of_records(archive, "chronology"), make)
    if not any(_limits(record.edtf) for record in archive.chronology):
        yield _lines(NOTHING)
    yield _lines(("END:VCALENDAR",))


def _entries(archive: Archive, to: Places, site: Site, ids: Sequence[str]) -> bytes:
    articles, rows = heads.articles(archive), heads.happenings(archive)
    return b"".join(_lines(_entry(rows[id], articles, to, site)) for id in ids)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(map(_folded, lines)).encode()


def _entry(record: ChronologyRecord, articles: Mapping[str, ArticleSummary], to: Places, site: Site) -> Iterator[str]:
    limits = _limits(record.edtf)
    if limits is None:
        return
    first, last = limits
    folded = warning(record, articles)
    told = [dates.readable(record.edtf, site.words), *sources(record, articles, site.words)]
    if record.note and not folded:
        told.append(record.note)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(NAMESPACE, f'{site.config.base_url or site.config.title} {record.id}')}"
    yield f"DTSTAMP:{_stamp(record, articles, first)}"
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{_day(last + timedelta(days=1))}"  # the first day that is no longer part of it
    yield f"SUMMARY:{_text(folded or record.title)}"
    yield f"DESCRIPTION:{_text(chr(10).join(told))}"
    if site.config.base_url:
        yield f"URL:{address(site.config.base_url, to.event(record.id))}"
    if record.edtf and re.search("[?~%]", record.edtf):
        yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _limits(edtf: str | None) -> tuple[date, date] | None:
    """The first and last day of a value that names days."""
    known = interval.bounds(edtf) if edtf and DAYS.fullmatch(edtf) else None
    if known is None or known.first is None or known.last is None or known.first < (1, 1, 1):
        return None
    return date(*known.first), date(*known.last)


def _stamp(record: ChronologyRecord, articles: Mapping[str, ArticleSummary], first: date) -> str:
    """The day the row's first article is from, as far as it is known."""
    place = record.occurrences[0].article if record.occurrences else ""
    printed = articles[place].earliest if place in articles else ""
    day = printed.replace("-", "") if re.fullmatch(r"\d{4}-\d\d-\d\d", printed) else _day(first)
    return f"{day}T000000Z"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(words: str) -> str:
    """Words as a value: marks that separate are escaped, lines end in `\\n`, control characters are left out."""
    escaped = re.sub(r"([\\;,])", r"\\\1", words).replace("\r\n", "\n").replace("\n", "\\n")
    return CONTROL.sub("", escaped.replace("\r", "\\n"))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never inside a character, each further one after a space."""
    left, pieces, room = line.encode(), [], OCTETS
    while len(left) > room:
        cut = room
        while left[cut] & 0xC0 == 0x80:  # inside a character
            cut -= 1
        pieces.append(left[:cut])
        left, room = left[cut:], OCTETS - 1
    return b"\r\n ".join([*pieces, left]).decode() + "\r\n"
