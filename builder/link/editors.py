"""What the editors' file says of entities: its entries, found by any of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from builder.link.names import fold
from builder.model.editorial import EntityEntry
from builder.problems import Problem, Problems


class Editors:
    """The editors' entries, found by any of their names; raises Problems where two claim one name."""

    def __init__(self, entries: Iterable[EntityEntry], slugs: Iterable[str]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._names: dict[str, list[EntityEntry]] = defaultdict(list)
        known, problems = set(slugs), list[Problem]()
        for entry in self.entries.values():
            for name in dict.fromkeys(fold(n) for n in (entry.name, *entry.aliases)):
                problems.extend(self._clash(name, entry))
                self._names[name].append(entry)
            problems.extend(
                Problem(entry.where, f"there is no article “{slug}”", "“articles” lists the slugs it is limited to.")
                for slug in entry.articles
                if slug not in known
            )
            problems.extend(
                Problem(entry.where, f"the parent “{parent}” is no entity of this file", "Name an “id” of this file.")
                for parent in entry.parents
                if parent not in self.entries
            )
        if problems:
            raise Problems(problems)

    def _clash(self, name: str, entry: EntityEntry) -> list[Problem]:
        for other in self._names[name]:
            apart = entry.articles and other.articles and not set(entry.articles) & set(other.articles)
            different = entry.kind and other.kind and entry.kind != other.kind
            if not apart and not different:
                hint = "Take the name out of one of them, or limit each with “articles: [slug, …]”."
                return [Problem(entry.where, f"“{name}” already names “{other.name}” ({other.where})", hint)]
        return []

    def find(self, names: Iterable[str], kind: str, article: str) -> EntityEntry | None:
        """The entry one of the names belongs to; its kind decides only between entries of the same name."""
        for name in names:
            fits = [e for e in self._names.get(fold(name), ()) if not e.articles or article in e.articles]
            fits.sort(key=lambda e: (not e.articles, e.kind != kind))
            if fits:
                return fits[0]
        return None
