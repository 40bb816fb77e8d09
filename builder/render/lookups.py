"""What a page looks up is noted, so that it is made again only when something it saw has changed.

Registers answer as dictionaries do. While a unit of output is made, every key it asks for is written down, present
or not; going through a whole register, or counting it, is noted as such. The digest of what was asked for tells
later whether the unit would still see the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from contextlib import contextmanager
from functools import cached_property
from hashlib import blake2b
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, overload, runtime_checkable

import msgspec

from builder.digests import ALL, ANY, COUNT, LISTED, SIZE, Digests
from builder.model.archive import Archive, Places
from builder.render.derived import ByKey, Listed, some, through

T = TypeVar("T")
U = TypeVar("U")
Reads = dict[str, list[str]]  # register -> keys in order; or LISTED, and the register of LISTS whose keys name them
LISTS = tuple[str, ...]  # what records are that name keys of other registers
Digest = Callable[[Any], bytes]
NOTHING = bytes(SIZE)  # in the place of a digest: nothing here and something there is not the reverse


def _opened_later(value: Any) -> bytes:
    """Places that are not opened to know whether they are the same."""
    if isinstance(value, Places):
        return value.digest
    raise NotImplementedError(type(value))


_encode = msgspec.msgpack.Encoder(enc_hook=_opened_later).encode


def digest(value: Any) -> bytes:
    """A short hash of a value of the model: equal for equal values."""
    return blake2b(_encode(value), digest_size=SIZE).digest()


@runtime_checkable
class Digested(Protocol):
    """Records whose digests are known without them: by key, in their order."""

    @property
    def digests(self) -> Mapping[str, bytes]: ...


class Content(NamedTuple):
    """A register as it may be kept: digests by key in their order, and how a record is come by."""

    digests: Digests
    record: Callable[[str], Any]


class Standing(Protocol):
    """Where derived registers stand."""

    def register(self, name: str, of: Any, /) -> Mapping[str, Any] | None:
        """One by name, of records of that type; None where it does not stand."""

    def keep(self, name: str, make: Callable[[], Mapping[str, Any]], of: Any, /) -> Mapping[str, Any]:
        """Works one out and keeps it, so that it need not be held, and gives it as it stands."""


class Lookups:
    """The registers of one build by name, and what the unit at work has asked them.

    `standing` gives those derived ones that stand as they were worked out for an earlier build, and keeps others.
    """

    def __init__(self, standing: Standing | None = None) -> None:
        self._standing = standing
        self._changed: dict[str, frozenset[str]] | None = None
        self._registers: dict[str, Register[Any] | Rows[Any] | Opened[Any]] = {}
        self._derived: dict[str, Mapping[str, Any]] = {}
        self._lists: dict[str, Register[LISTS]] = {}
        self._naming: dict[tuple[str, str], list[str]] = {}
        self.reads: defaultdict[str, dict[str, None]] | None = None  # by register, of the unit at work

    def knows(self, changed: Mapping[str, Collection[str]] | None) -> None:
        """Takes in which records are not as they were: keys by register, and ALL with them; None where nobody knows."""
        self._changed = None if changed is None else {name: frozenset(keys) for name, keys in changed.items()}
        self._naming.clear()

    @property
    def changed(self) -> Mapping[str, frozenset[str]] | None:
        """What it `knows`."""
        return self._changed

    def note(self, register: str, key: str) -> None:
        """Writes down that the unit at work asked for this."""
        if self.reads is not None:
            self.reads[register][key] = None

    def note_all(self, reads: Reads) -> None:
        """Writes down that the unit at work asked for all of these."""
        if self.reads is not None:
            for register, keys in reads.items():
                self.reads[register].update(dict.fromkeys(keys))

    @contextmanager
    def noting(self) -> Iterator[Reads]:
        """Within it everything asked for is noted; the result is filled at the end."""
        found: Reads = {}
        before, self.reads = self.reads, defaultdict(dict)
        try:
            yield found
        finally:
            found.update({name: [ALL] if ALL in keys else list(keys) for name, keys in self.reads.items()})
            self.reads = before

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
            len(register.given)

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
            found.extend(map(register.digest, keys))
        return blake2b(b"".join(found), digest_size=SIZE).digest()

    def would_find(self, found: bytes, reads: Reads) -> bool:
        """Whether what was asked for in the last build, with this digest, is the same now."""
        if self._changed is None:
            return self.digest(reads) == found
        looked = ((keys, self._keys(name, reads)) for name, keys in self._changed.items() if name in reads)
        return all(read is not None and ANY not in keys and keys.isdisjoint(read) for keys, read in looked)


def several(records: Mapping[str, T], keys: Sequence[str]) -> list[T | None]:
    """Records in the order of their keys, None for those that are not there; read together where they can be."""
    together: Callable[[Sequence[str]], list[T | None]] | None = getattr(records, "several", None)
    return together(keys) if together else [records.get(key) for key in keys]


def ahead(records: Mapping[str, object], keys: Iterable[str]) -> None:
    """Has those at hand that will be asked for one by one; this alone is not noted."""
    if isinstance(records, Register):
        records.ahead(keys)


class _Digesting:
    """What tells digests by key: those given with `records`, or with what stands for them, else worked out once."""

    def __init__(self, records: Mapping[str, Any]) -> None:
        self._given_with = records
        self._known: dict[str, bytes] = {}  # that were worked out here

    @cached_property
    def given(self) -> Mapping[str, bytes]:
        """Digests that are known without the records."""
        return self._given_with.digests if isinstance(self._given_with, Digested) else {}

    def digest(self, key: str) -> bytes:
        """Of one record, or of ALL, or of their COUNT; NOTHING for what is not there."""
        found: bytes | None = self.given.get(key)
        if found is None and self.given and key not in (ALL, COUNT):
            return NOTHING  # not held: every unit asks for others that are not there
        return found or self._worked_out(key)

    def _worked_out(self, key: str) -> bytes:
        if key not in self._known:
            self._known[key] = self._digest(key)
        return self._known[key]

    def _digest(self, key: str) -> bytes:
        raise NotImplementedError


class Register(_Digesting, Mapping[str, T]):
    """Records by id that note who asks for them."""

    def __init__(self, lookups: Lookups, name: str, records: Mapping[str, T], of: Digest) -> None:
        super().__init__(records)
        self._lookups, self._name, self._records, self._of = lookups, name, records, of

    # a page asks some hundred times: what `note` does stands here

    def __getitem__(self, key: str) -> T:
        if (reads := self._lookups.reads) is not None:
            reads[self._name][key] = None
        return self._records[key]

    def get(self, key: str, default: Any = None, /) -> Any:
        """The record, or the default; asking for what is not there is noted too."""
        if (reads := self._lookups.reads) is not None:
            reads[self._name][key] = None
        return self._records.get(key, default)

    def __contains__(self, key: object) -> bool:
        if (reads := self._lookups.reads) is not None:
            reads[self._name][str(key)] = None
        return key in self._records

    def several(self, keys: Sequence[str]) -> list[T | None]:
        """Records in the order of their keys, None for those that are not there."""
        for key in keys:
            self._lookups.note(self._name, key)
        return several(self._records, keys)

    def ahead(self, keys: Iterable[str]) -> None:
        """Has those read together that are kept on disk."""
        if hasattr(self._records, "several"):
            self._records.several([*dict.fromkeys(keys)])

    def __iter__(self) -> Iterator[str]:
        self._lookups.note(self._name, ALL)
        return iter(self._records)

    def __len__(self) -> int:
        self._lookups.note(self._name, COUNT)
        return len(self._records)

    def keys(self) -> KeysView[str]:
        self._lookups.note(self._name, ALL)
        return self._records.keys()

    def values(self) -> ValuesView[T]:
        self._lookups.note(self._name, ALL)
        return self._records.values()

    def items(self) -> ItemsView[str, T]:
        self._lookups.note(self._name, ALL)
        return self._records.items()

    def some(self, keys: Iterable[str]) -> Iterator[T]:
        """Yields these records, see `derived`."""
        wanted = list(keys)
        for key in wanted:
            self._lookups.note(self._name, key)
        return some(self._records, wanted)

    def through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """Goes through all records, see `derived`."""
        self._lookups.note(self._name, ALL)
        return through(self._records, of)

    def has(self, key: str) -> bool:
        """Whether a record is there, which is not noted."""
        return key in self._records

    def unnoted(self, key: str) -> T:
        """The record."""
        return self._records[key]

    def unnoted_through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """The same of all records, see `through`."""
        return through(self._records, of)

    def content(self) -> Content:
        """All of it, to be kept."""
        return Content(Digests.of((id, self._digest(id)) for id in self._records), self._records.__getitem__)

    def _digest(self, key: str) -> bytes:
        if key == ALL:
            return _together(self.given.items() or ((id, self.digest(id)) for id in self._records))
        if key == COUNT:
            return digest(len(self._records))
        return self._of(self._records[key]) if key in self._records else NOTHING


class Rows(Sequence[T]):
    """Records in their order; a part cannot be told from the whole, so whoever looks at one sees all."""

    def __init__(self, lookups: Lookups, name: str, rows: Sequence[T], key: Callable[[T], str]) -> None:
        self._lookups, self._name, self._rows, self._key = lookups, name, rows, key
        self.given: Mapping[str, bytes] = {}
        self._known: dict[str, bytes] = {}

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        self._lookups.note(self._name, ALL)
        return self._rows[index]

    def __iter__(self) -> Iterator[T]:
        self._lookups.note(self._name, ALL)
        return iter(self._rows)

    def __len__(self) -> int:
        self._lookups.note(self._name, COUNT)
        return len(self._rows)

    def through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """Goes through all rows, see `derived`."""
        self._lookups.note(self._name, ALL)
        return through(self._rows, of)

    def by_key(self) -> Mapping[str, T]:
        """All rows by key, as they are noted once they are derived (`ByKey`)."""
        if isinstance(self._rows, Listed):
            return self._rows.by_key()
        return {self._key(row): row for row in self._rows}

    def digest(self, key: str) -> bytes:
        """Of ALL rows, or of their COUNT; worked out once."""
        if key not in self._known:
            self._known[key] = digest(len(self._rows)) if key == COUNT else _together(self._digests())
        return self._known[key]

    def content(self) -> Content:
        """All of them, to be kept."""
        digests = Digests.of(self._digests())
        return Content(digests, lambda key: self._rows[digests.place(key)])

    def _digests(self) -> Iterable[tuple[str, bytes]]:
        if isinstance(self._rows, Digested):
            return self._rows.digests.items()
        return ((self._key(row), digest(row)) for row in self._rows)


class Opened(_Digesting, Generic[T]):
    """Opens things that do not fit into memory together, and notes which; the last one opened is kept."""

    def __init__(self, lookups: Lookups, name: str, open_: Callable[[str], T], of: Mapping[str, Any]) -> None:
        super().__init__(of)
        self._lookups, self._name, self._open, self._of = lookups, name, open_, of
        self._last: tuple[str, T] | None = None

    def __call__(self, key: str) -> T:
        self._lookups.note(self._name, key)
        if self._last is None or self._last[0] != key:
            self._last = key, self._open(key)
        return self._last[1]

    def part(self, open_: Callable[[str], U]) -> Callable[[str], U]:
        """A way to open no more than a part of each, which is noted as if it was all."""

        def opened(key: str) -> U:
            self._lookups.note(self._name, key)
            return open_(key)

        return opened

    def _digest(self, key: str) -> bytes:
        return digest(self._of[key]) if key in self._of else NOTHING

    def content(self) -> Content:
        """What stands for everything that can be opened, to be kept."""
        return Content(Digests.of((key, digest(of)) for key, of in self._of.items()), self._of.__getitem__)


def _together(digests: Iterable[tuple[str, bytes]]) -> bytes:
    """One for all, in their order."""
    whole = blake2b(digest_size=SIZE)
    for key, one in digests:
        whole.update(key.encode() + b"\0" + one)
    return whole.digest()


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
