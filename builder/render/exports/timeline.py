"""`data/timeline.json`: the dated happenings for TimelineJS 3 (https://timeline.knightlab.com/docs/json-format.html).

TimelineJS knows no uncertain dates: such a row is drawn where it can begin, and `display_date` says what is known.
Headlines and texts are HTML there, so the archive's words are escaped, and nothing in them is made a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from builder.model.archive import Archive, ArticleSummary, ChronologyRecord
from builder.model.output import LargeFile
from builder.render import dates, heads
from builder.render.exports import pieces
from builder.render.exports.encode import Record, around, items
from builder.render.exports.happenings import address, sources, warning
from builder.render.places import Places
from builder.render.words import Words

if TYPE_CHECKING:
    from builder.render.template import Site

PATH = "data/timeline.json"
POINT = re.compile(r"(-?\d{4,})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?:T.*)?")


def render(archive: Archive, site: Site) -> Iterator[LargeFile]:
    """Yields the timeline; undated happenings have no place on one."""
    title = {"headline": escape(site.config.title), "text": escape(site.config.description)}
    make = partial(_slides, archive, Places(archive, site.words), site)
    runs = pieces.of_dated(archive)
    yield pieces.array(PATH, lambda: pieces.pieces(runs, make), *around({"title": {"text": title}}, "events"))


def _slides(archive: Archive, to: Places, site: Site, ids: Sequence[str]) -> bytes:
    articles, rows = heads.articles(archive), heads.happenings(archive)
    return items(_slide(rows[id], articles, to, site) for id in ids)


def _slide(record: ChronologyRecord, articles: Mapping[str, ArticleSummary], to: Places, site: Site) -> Record:
    folded = warning(record, articles)
    slide: Record = {"unique_id": record.id, **_dates(record, site.words)}
    lines = [escape(line) for line in sources(record, articles, site.words)]
    if record.note and not folded:
        lines.append(escape(record.note))
    if site.config.base_url:
        where, label = (
            address(site.config.base_url, to.event(record.id)),
            escape(site.words.gettext("in the chronology")),
        )
        lines.append(f'<a href="{escape(where)}">{label}</a>')
    slide["text"] = {"headline": escape(folded or record.title), "text": "".join(f"<p>{line}</p>" for line in lines)}
    return {**slide, "autolink": False}


def _dates(record: ChronologyRecord, words: Words) -> Record:
    """Beginning and end as finely as they are known; what begins nobody knows when stands at its end."""
    edtf = record.edtf or ""
    first, _, last = re.sub("[?~%]", "", edtf).partition("/")
    start = _point(first) or _point(record.earliest) or _point(last) or _point(record.latest)
    end = _point(last) if last else {} if _point(first) else _point(record.latest)
    found: Record = {"start_date": start}
    if end and end != start:
        found["end_date"] = end
    if dates.certainty(edtf) != "certain" or start.get("year", 1) < 1 or not _point(first):
        found["display_date"] = dates.readable(edtf, words)
    return found


def _point(value: str) -> dict[str, int]:
    """The parts of a plain date; nothing for other forms."""
    match = POINT.fullmatch(value)
    return {k: int(v) for k, v in zip(("year", "month", "day"), match.groups(), strict=True) if v} if match else {}
