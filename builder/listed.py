"""The names an archive's editors list, which tell the annotators of entities that a text names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from builder.model.annotation import EntityKind

if TYPE_CHECKING:  # no annotation depends on what else an editor's file holds
    from builder.model.editorial import EntityEntry

WORD = re.compile(r"\w+")
RULED = frozenset(("account", "hashtag"))  # kinds that a rule finds wherever they stand
Listing = tuple[str, EntityKind]  # a name as written, and what it names


class Listed:
    """Gives of all names that the editors list those which a text may hold: a reading depends on no others."""

    def __init__(self, entries: Iterable[EntityEntry] = ()) -> None:
        self._by_first: defaultdict[str, list[tuple[str, EntityEntry]]] = defaultdict(list)
        for entry in entries:
            for name in dict.fromkeys((entry.name, *entry.aliases)) if _findable(entry) else ():
                if (first := WORD.search(name)) and any(c.isupper() for c in name):
                    self._by_first[first.group()].append((_straight(name), entry))

    def digest(self) -> str:
        """A hash of all that `inside` depends on, besides the article."""
        names = sorted((name, e.kind, *sorted(e.articles)) for of in self._by_first.values() for name, e in of)
        return sha256(repr(names).encode()).hexdigest()

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def inside(self, text: str, slug: str) -> tuple[Listing, ...]:
        """The listed names in an article's text, in order of the alphabet; none that is listed for two kinds."""
        if not self._by_first:
            return ()
        plain = _straight(text)
        kinds: defaultdict[str, set[EntityKind]] = defaultdict(set)
        for name, entry in self._among(set(WORD.findall(text)) & self._by_first.keys()):
            if (not entry.articles or slug in entry.articles) and name in plain:
                kinds[name].add(entry.kind)
        return tuple((name, kind) for name, found in sorted(kinds.items()) if len(found) == 1 for kind in found)

    def _among(self, words: Iterable[str]) -> Iterator[tuple[str, EntityEntry]]:
        for word in words:
            yield from self._by_first[word]


def _straight(text: str) -> str:
    return text.replace("’", "'")


def _findable(entry: EntityEntry) -> bool:
    return not entry.reject and entry.kind not in RULED
