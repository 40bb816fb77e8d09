"""Where each record of a register that fills several pages stands: the names of `links`, knowing the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from builder.model.archive import Archive
from builder.render import links, speakers, years
from builder.render.answers import ahead
from builder.render.derived import Stream
from builder.render.paging import Page
from builder.render.words import Words


class Places:
    """Stands in for `links` as `to` in templates, where a register may be split."""

    article = staticmethod(links.article)
    entity = staticmethod(links.entity)
    source = staticmethod(links.source)

    def __init__(self, archive: Archive, words: Words) -> None:
        self._quotations = archive.derive("places of quotations", str, Stream(partial(_of_quotations, archive, words)))
        self._events = archive.derive("places of events", str, Stream(partial(_of_events, archive, words)))

    def ahead(self, quotations: Iterable[str], events: Iterable[str]) -> None:
        """Has places at hand that will be asked for one by one."""
        ahead(self._quotations, quotations)
        ahead(self._events, events)

    def quotation(self, record_id: str) -> str:
        """A quotation's place, on whichever page of the register it is."""
        return self._quotations.get(record_id, links.quotation(record_id))

    def event(self, record_id: str) -> str:
        """A happening's place, on whichever page of the chronology it is."""
        return self._events.get(record_id, links.event(record_id))


def _of_quotations(archive: Archive, words: Words) -> Iterator[tuple[str, str]]:
    return _on(speakers.register(archive, words).pages)


def _of_events(archive: Archive, words: Words) -> Iterator[tuple[str, str]]:
    return _on(years.pages(archive, words))


def _on(pages: Mapping[str, Page[str]]) -> Iterator[tuple[str, str]]:
    return ((id, f"{p.folder}index.html#{id}") for p in pages.values() for g in p.groups for id in g.items)
