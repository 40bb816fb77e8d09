"""The registers while they are joined: names first, then article by article what is said and told, then what is one.

Of an article only numbers are held. What its records show waits aside until they are made.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, structs

from builder.link import quotations, variants
from builder.link.articles import Articles
from builder.link.editors import Editors
from builder.link.entities import EntityRegister
from builder.link.entity_records import Named
from builder.link.given import Shares
from builder.link.happenings import Candidates
from builder.link.made import Made
from builder.link.quotation_records import QuotationRecords
from builder.link.quotations import Said
from builder.link.relations import RelationRegister
from builder.link.rows import Rows
from builder.link.sensitive import Folding
from builder.link.sources import SourceRegister
from builder.link.telling import At, Told
from builder.model.editorial import SourceEntry


class Annotated(Struct, frozen=True, array_like=True, gc=False):
    """What an article annotates, by the annotations' ids; sources by the ids of their records."""

    warnings: dict[str, str]
    quotations: tuple[str, ...]
    events: tuple[str, ...]
    speakers: dict[str, str]
    vias: dict[str, str]
    citations: dict[str, str]


class Joined:
    """What the articles have in common; filled by `Taking` article by article, then by `group`."""

    def __init__(self, shares: Shares, editors: Editors, entries: Iterable[SourceEntry], folding: Folding) -> None:
        """Joins names."""
        self.articles = Articles(shares.aside)
        register = EntityRegister(editors)
        for one in shares.names():
            self.articles.add(one)
            register.add(one)
        self.bases, ids = register.records(folding.of_entity)
        self.entities = Made([e.id for e in self.bases], self.bases.__getitem__)
        self.alike = register.alike({e.id: e for e in self.bases}, ids)
        self.publishers = {
            name: _publisher(name, editors) or ids.get(register.named("organization", name))
            for name in dict.fromkeys(self.articles.publishers)
        }
        self.named = Named(register.parts, self.articles.slugs, shares.places)
        self.sources = SourceRegister(entries, self.entities, shares.said, shares.aside)
        self.quotations = QuotationRecords(self.entities, shares.aside)
        self.rows = Rows(self.articles, self.entities.number, shares.aside)
        self.stated = RelationRegister()
        self.annotated = shares.aside(Annotated)  # by article
        self.said: list[Said] = []
        self.told = Candidates(shares.aside)

    def group(self) -> None:
        """Brings together what is said."""
        groups = variants.join(quotations.group(self.said))
        self.said.clear()
        self.quotations.join(groups)
        self.rows.quotation = self.quotations.id

    def candidates(self) -> dict[At, Told]:
        """The events that others may tell of too, by their place."""
        found = sorted(self.told.found(), key=lambda told: told.at)
        return {told.at: self._with_records(told) for told in found if told.at in self.rows}

    def _with_records(self, told: Told) -> Told:
        said = {self.quotations.id(int(number)): parts for number, parts in told.said.items()}
        return structs.replace(told, said=said)


def _publisher(name: str, editors: Editors) -> str | None:
    entry = editors.find([name], "organization", "")
    return entry.id if entry and not entry.reject else None
