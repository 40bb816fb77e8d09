"""Where each record of a register that fills several pages stands: the names of `links`, knowing the pages."""

from __future__ import annotations

from functools import cached_property

from builder.model.archive import Archive
from builder.render import links, speakers, years
from builder.render.words import Words


class Places:
    """Stands in for `links` as `to` in templates, where a register may be split."""

    article = staticmethod(links.article)
    entity = staticmethod(links.entity)
    source = staticmethod(links.source)

    def __init__(self, archive: Archive, words: Words) -> None:
        self._archive = archive
        self._words = words

    def quotation(self, record_id: str) -> str:
        """A quotation's place, on whichever page of the register it is."""
        return self._quotations.get(record_id, links.quotation(record_id))

    def event(self, record_id: str) -> str:
        """A happening's place, on whichever page of the chronology it is."""
        return self._events.get(record_id, links.event(record_id))

    @cached_property
    def _quotations(self) -> dict[str, str]:
        pages = speakers.pages(self._archive, self._words)
        return {q.id: f"{p.folder}index.html#{q.id}" for p in pages for g in p.groups for q in g.items}

    @cached_property
    def _events(self) -> dict[str, str]:
        pages = years.pages(self._archive, self._words)
        return {r.id: f"{p.folder}index.html#{r.id}" for p in pages for g in p.groups for r in g.items}
