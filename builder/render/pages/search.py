"""The search page: the only one with a script; without it, it leads to the registers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render import dates, searchable
from builder.render.derived import through
from builder.render.heads import listed, names
from builder.render.paging import sort_key
from builder.render.template import Site

NAMES = 300  # offered as one types; others can be typed in full


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `search/index.html`; the index it searches is made by `builder.render.searching`."""
    articles = list(listed(archive).values())
    years = {searchable.year(a) for a in articles}
    years.update(_year(e) for _, e in through(archive.chronology, _Dated))
    publishers = {a.publisher: None for a in articles if a.publisher}
    gettext = site.words.gettext
    yield site.page(
        "search/index.html",
        "search.html",
        title=gettext("Search"),
        description=gettext("Search every article, name, quotation and date of the archive; or go by the registers."),
        section="search",
        filters=[
            ("kind", gettext("Kind"), searchable.kinds(archive, site.words)),
            ("year", gettext("Year"), sorted((y for y in years if y), reverse=True)),
            ("publisher", gettext("Publisher"), sorted(publishers, key=sort_key)),
        ],
        names=_names(archive),
        archive=archive,
    )


class _Dated(Struct):
    """Of a happening, its date."""

    edtf: str | None


def _year(record: _Dated) -> str:
    found = dates.year(record.edtf)
    return found if found.isdigit() else ""


def _names(archive: Archive) -> list[str]:
    """The names in most articles, A–Z; none that is folded."""
    shown = [e for e in names(archive).values() if not e.sensitive]
    most = sorted(shown, key=lambda e: (-len(e.articles), e.id))[:NAMES]
    return sorted(dict.fromkeys(e.name for e in most), key=sort_key)
