"""What a page looks up is noted, so that it is made again only when something it saw has changed.

Registers answer as dictionaries do. While a unit of output is made, every key it asks for is written down, present
or not; going through a whole register, or counting it, is noted as such. The digest of what was asked for tells
later whether the unit would still see the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from typing import Any, Protocol, TypeVar

import msgspec

from builder.digests import ANY, LISTED, SIZE, Digests
from builder.model.archive import Archive
from builder.render.answers import Content, Digest, Opened, Register, Rows
from builder.render.derived import ByKey
from builder.render.reads import Noting, Reads, digest

T = TypeVar("T")
LISTS = tuple[str, ...]  # what records are that name keys of other registers


class Standing(Protocol):
    """Where derived registers stand."""

    def register(self, name: str, of: Any, /) -> Mapping[str, Any] | None:
        """One by name, of records of that type; None where it does not stand."""

    def keep(self, name: str, make: Callable[[], Mapping[str, Any]], of: Any, /) -> Mapping[str, Any]:
        """Works one out and keeps it, so that it need not be held, and gives it as it stands."""


class Lookups(Noting):
    """The registers of one build by name, and what the unit at work has asked them.

    `standing` gives those derived ones that stand as they were worked out for an earlier build, and keeps others.
    """

    def __init__(self, standing: Standing | None = None) -> None:
        super().__init__()
        self._standing = standing
        self._changed: dict[str, frozenset[str]] | None = None
        self._registers: dict[str, Register[Any] | Rows[Any] | Opened[Any]] = {}
        self._derived: dict[str, Mapping[str, Any]] = {}
        self._lists: dict[str, Register[LISTS]] = {}
        self._naming: dict[tuple[str, str], list[str]] = {}

    def knows(self, changed: Mapping[str, Collection[str]] | None) -> None:
        """Takes in which records are not as they were: keys by register, and ALL with them; None where nobody knows."""
        self._changed = None if changed is None else {name: frozenset(keys) for name, keys in changed.items()}
        self._naming.clear()

    @property
    def changed(self) -> Mapping[str, frozenset[str]] | None:
        """What it `knows`."""
        return self._changed

    def register(self, name: str, records: Mapping[str, T], of: Digest = digest) -> Register[T]:
        """A register that notes; `of` gives a record's digest."""
        made = self._registers[name] = Register(self, name, records, of)
        return made

    def rows(self, name: str, rows: Sequence[T], key: Callable[[T], str]) -> Rows[T]:
        """A list that notes; `key` tells its rows apart."""
        made = self._registers[name] = Rows(self, name, rows, key)
        return made

    def opened(self, name: str, open_: Callable[[str], T], of: Mapping[str, Any]) -> Opened[T]:
        """A way to open things one at a time that notes; `of` stands for what would be opened."""
        made = self._registers[name] = Opened(self, name, open_, of)
        return made

    def derive(self, name: str, of: type[T], make: Callable[[], Mapping[str, T]]) -> Mapping[str, T]:
        """A look-up worked out from others, once a build; what `make` itself looks up is nobody's.

        Where it stands as it was worked out before, it is taken from there.
        """
        if name not in self._derived:
            before, self.reads = self.reads, None
            try:
                found = make() if isinstance(make, ByKey) else self._standing_or(name, of, make)
                register = make.register if isinstance(make, ByKey) else name
                self._derived[name] = made = self.register(register, found)
                if of == LISTS:
                    self._lists[register] = made  # type: ignore[assignment]
            finally:
                self.reads = before
        return self._derived[name]

    def _standing_or(self, name: str, of: type[T], make: Callable[[], Mapping[str, T]]) -> Mapping[str, T]:
        if self._standing is None:
            return make()
        known = self._standing.register(name, of)
        return self._standing.keep(name, make, of) if known is None else known

    def prepare(self) -> None:
        """Has all digests at hand that are known, before processes are forked: they share what is there by then."""
        for register in self._registers.values():
            if isinstance(register.given, Digests):
                register.given.at.prepare()

    def all(self) -> Iterator[tuple[str, Content]]:
        """Yields every register there is, by name, with its records by key in their order."""
        for name, register in self._registers.items():
            yield name, register.content()

    def shortened(self, reads: Reads) -> Reads:
        """The same, where keys that a list names which was asked for too are told by it: a piece of a data file asks
        for a run of records, and there are millions of them.
        """
        lists = {tuple(found): name for name in reads if (found := self._listed(name, reads))}
        return {
            name: [LISTED, lists[tuple(keys)]] if tuple(keys) in lists and name not in self._lists else keys
            for name, keys in reads.items()
        }

    def _listed(self, name: str, reads: Reads) -> list[str] | None:
        """The keys that lists name, one list after the other; None where one is no more."""
        lists, keys = self._lists_of(name), reads[name]
        if lists is None or not all(map(lists.has, keys)):
            return None
        return [key for list_ in keys for key in lists.unnoted(list_)]

    def _lists_of(self, name: str) -> Register[LISTS] | None:
        """A register of lists, also one that nobody has asked for in this build; None of any other."""
        if name not in self._lists and name not in self._registers and self._standing:
            if self._standing.register(name, LISTS) is None:
                return None
            self.derive(name, LISTS, dict)  # it stands, so that none is made
        return self._lists.get(name)

    def naming(self, name: str, register: str) -> list[str] | None:
        """Which lists of a register of lists name something of another register that has changed; None of no lists."""
        lists, changed = self._lists_of(name), (self._changed or {}).get(register, frozenset())
        if lists is None:
            return None
        if (name, register) not in self._naming:
            found = lists.unnoted_through(LISTS)
            self._naming[name, register] = [list_ for list_, keys in found if not changed.isdisjoint(keys)]
        return self._naming[name, register]

    def _keys(self, name: str, reads: Reads) -> list[str] | None:
        keys = reads[name]
        return self._listed(keys[1], reads) if keys[:1] == [LISTED] else keys

    def digest(self, reads: Reads) -> bytes:
        """The digest of all that was asked for, as it is now; empty where a register or a list is no more."""
        found: list[bytes] = []
        for name in reads:
            register, keys = self._registers.get(name), self._keys(name, reads)
            if register is None or keys is None:
                return b""
            found.extend(register.digests_of(keys))
        return blake2b(b"".join(found), digest_size=SIZE).digest()

    def digests(self, several: Sequence[Reads]) -> list[bytes]:
        """The `digest` of each of several that asked for much the same: no record is looked for twice."""
        asked = [{name: self._keys(name, reads) for name in reads} for reads in several]
        keys: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for name, of_name in chain.from_iterable(map(dict.items, asked)):
            keys[name].update(dict.fromkeys(of_name or ()))
        there = {name: list(keys[name]) for name in keys if name in self._registers}
        found = {name: dict(zip(of, self._registers[name].digests_of(of), strict=True)) for name, of in there.items()}
        return [_digest(one, found) for one in asked]

    def would_find(self, found: bytes, reads: Reads) -> bool:
        """Whether what was asked for in the last build, with this digest, is the same now."""
        if self._changed is None:
            return self.digest(reads) == found
        looked = ((keys, self._keys(name, reads)) for name, keys in self._changed.items() if name in reads)
        return all(read is not None and ANY not in keys and keys.isdisjoint(read) for keys, read in looked)


def _digest(asked: Mapping[str, list[str] | None], found: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """The digest of records by register and key; empty where a register or a list is no more."""
    digests: list[bytes] = []
    for name, keys in asked.items():
        if keys is None or name not in found:
            return b""
        digests.extend(map(found[name].__getitem__, keys))
    return blake2b(b"".join(digests), digest_size=SIZE).digest()


def noted(archive: Archive, lookups: Lookups) -> Archive:
    """The archive with registers that note what is asked of them."""
    texts = lookups.opened("texts", archive.open, archive.place)
    return msgspec.structs.replace(
        archive,
        articles=lookups.rows("articles", archive.articles, lambda article: article.slug),
        entities=lookups.register("entities", archive.entities),
        quotations=lookups.register("quotations", archive.quotations),
        sources=lookups.register("sources", archive.sources),
        relays=lookups.rows("relays", archive.relays, lambda relay: f"{relay.reporter} {relay.reported}"),
        chronology=lookups.rows("chronology", archive.chronology, lambda happening: happening.id),
        annotators=lookups.rows("annotators", archive.annotators, str),
        open=texts,
        derive=lookups.derive,
        text=archive.text and texts.part(archive.text),
    )


def noting(archive: Archive) -> Lookups | None:
    """What notes who looks up what of an archive that is `noted`; None of any other."""
    owner = getattr(archive.derive, "__self__", None)
    return owner if isinstance(owner, Lookups) else None
