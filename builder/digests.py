"""Digests by key, held close together: of a large archive's records there are millions.

As dictionaries they would take some 230 bytes each, and once more in every process that looks at them: Python counts,
beside an object, who holds it. Here it is some 45 bytes, in a few long strings of bytes that processes share.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain, islice, pairwise
from typing import Any

import msgspec
from msgspec import Struct

SIZE = 16  # bytes of a digest
# In the place of a key, which none of them is: all records, how many they are, whatever, and those that a list names.
ALL, COUNT, ANY, LISTED = "*", "#", "?", "="
REMEMBERED = 1024  # keys whose places are at hand
TOGETHER = 4096  # keys that are opened at a time
PLACES = 1 << 32  # more records than a register can have
_chunks = msgspec.msgpack.Decoder(list[bytes])
_keys = msgspec.msgpack.Decoder(list[str])
_encode = msgspec.msgpack.encode


class KeptKeys(Struct, frozen=True):
    """Keys as they are kept: sorted by their hashes, those and what tells more of each; and a way to those in order.

    They are most of it by far, and few ask for them. The `id` is that of the keys, where it is known.
    """

    hashes: bytes
    rest: bytes
    chunks: Callable[[], bytes]
    id: bytes = b""


class Keys(Collection[str]):
    """Keys in their order, each with its place.

    A key is known by 96 bits: a hash to find it by, and 32 more, which stand above its place.
    """

    __slots__ = ("_hashes", "_id", "_last", "_open", "_opened", "_rest")

    def __init__(self, kept: KeptKeys) -> None:
        """Raises ValueError for what is none, or was written on another kind of machine."""
        self._id, self._open = kept.id, kept.chunks
        self._opened: list[bytes] | None = None
        if not kept.hashes.endswith(sys.byteorder.encode()):
            raise ValueError("not of this machine")
        self._hashes, self._rest = array("Q", kept.hashes[: -len(sys.byteorder)]), array("Q", kept.rest)
        self._last: dict[str, int | None] = {}  # pages beside each other ask for the same ones
        if len(self._hashes) != len(self._rest):
            raise ValueError(f"{len(self._hashes)} hashes for {len(self._rest)} keys")

    @classmethod
    def of(cls, keys: Iterable[str]) -> Keys:
        """Takes them in, in their order; raises ValueError where one comes twice."""
        chunks, entries, given = list[bytes](), list[int](), iter(keys)
        while some := list(islice(given, TOGETHER)):
            chunks.append(_encode(some))
            entries.extend(_hash(key) * PLACES + place for place, key in enumerate(some, len(entries)))
        entries.sort()
        if any(one // PLACES == other // PLACES for one, other in pairwise(entries)):
            raise ValueError("two records have one key")
        hashes, rest = (array("Q", (part[of] for part in map(_parted, entries))) for of in (0, 1))
        found = cls(_kept(chunks, hashes, rest))
        found._opened = chunks
        return found

    @property
    def _chunks(self) -> list[bytes]:
        self._opened = _chunks.decode(self._open()) if self._opened is None else self._opened
        return self._opened

    def prepare(self) -> None:
        """Has them at hand in their order; raises what opening them raises, DecodeError for what are none."""
        _ = self._chunks

    @property
    def id(self) -> bytes:
        """The same for the same keys in the same order; worked out where it is asked for: there are megabytes."""
        self._id = self._id or _id(_encode(self._chunks))
        return self._id

    def kept(self) -> KeptKeys:
        """As they are kept."""
        return _kept(self._chunks, self._hashes, self._rest, self.id)

    def place(self, key: str) -> int | None:
        """How many stand before it; None for what is no key."""
        if key not in self._last:
            if len(self._last) >= REMEMBERED:
                self._last.clear()
            self._last[key] = self._place(key)
        return self._last[key]

    def _place(self, key: str) -> int | None:
        hash, low = divmod(_hash(key), PLACES)  # as `_parted`, without a larger number
        more = low * PLACES
        at, hashes = bisect_left(self._hashes, hash), self._hashes
        while at < len(hashes) and hashes[at] == hash:
            if 0 <= self._rest[at] - more < PLACES:
                return self._rest[at] - more
            at += 1
        return None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.place(key) is not None

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(_keys.decode, self._chunks))

    def chunk(self, number: int) -> list[str]:
        """A chunk of TOGETHER keys; the last one has fewer."""
        return _keys.decode(self._chunks[number])

    def __len__(self) -> int:
        return len(self._hashes)


def _kept(chunks: list[bytes], hashes: array[int], rest: array[int], id: bytes = b"") -> KeptKeys:
    return KeptKeys(hashes.tobytes() + sys.byteorder.encode(), rest.tobytes(), lambda: _encode(chunks), id)


def is_of(chunks: bytes, id: bytes) -> bool:
    """Whether these are the keys of this id, as they are kept in their order."""
    return _id(chunks) == id


def _id(chunks: bytes) -> bytes:
    return blake2b(chunks, digest_size=SIZE).digest()


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=12).digest())


def _parted(entry: int) -> tuple[int, int]:
    """A key's 96 bits and its place: the 64 bits to find it by, and the rest."""
    return divmod(entry, 1 << 64)


class Digests(Mapping[str, bytes]):
    """Digests of SIZE bytes by key, in the order of their records."""

    __slots__ = ("_all", "_own", "at")

    def __init__(self, at: Keys, digests: bytes) -> None:
        """Raises ValueError where there are not as many digests as keys."""
        if len(at) * SIZE != len(digests):
            raise ValueError(f"{len(at)} keys and {len(digests)} bytes of digests")
        self.at, self._all = at, digests
        self._own: dict[int, bytes] = {}  # what was put in the place of others

    @classmethod
    def of(cls, digests: Iterable[tuple[str, bytes]]) -> Digests:
        """Takes them in, in their order."""
        whole = bytearray()

        def keys() -> Iterator[str]:
            for key, digest in digests:
                whole.extend(digest)
                yield key

        at = Keys.of(keys())
        return cls(at, bytes(whole))

    def place(self, key: str) -> int:
        """How many stand before it."""
        found = self.at.place(key)
        if found is None:
            raise KeyError(key)
        return found

    def put(self, key: str, digest: bytes) -> None:
        """Puts another digest in the place of one that is there."""
        self._own[self.place(key)] = digest

    def get(self, key: str, default: Any = None, /) -> Any:
        place = self.at.place(key)
        return default if place is None else self._at(place)

    def some(self, keys: Iterable[str]) -> list[bytes | None]:
        """The digests of some keys, None for what is no key."""
        own, whole = self._own, self._all
        places = map(self.at.place, keys)
        return [None if at is None else own.get(at) or whole[at * SIZE : at * SIZE + SIZE] for at in places]

    def _at(self, place: int) -> bytes:
        return self._own.get(place) or self._all[place * SIZE : place * SIZE + SIZE]

    def __getitem__(self, key: str) -> bytes:
        return self._at(self.place(key))

    def __contains__(self, key: object) -> bool:
        return key in self.at

    def __iter__(self) -> Iterator[str]:
        return iter(self.at)

    def __len__(self) -> int:
        return len(self.at)

    def items(self) -> ItemsView[str, bytes]:
        return _Items(self)

    def all(self) -> Iterator[bytes]:
        """Yields the digests, in the order of the keys."""
        return map(self._at, range(len(self.at)))

    def differing(self, before: Digests) -> Iterator[str]:
        """Yields the keys whose digests are other ones than they were, where the keys are the same."""
        now, then, size = self.whole(), before.whole(), TOGETHER * SIZE
        for number, start in enumerate(range(0, len(now), size)):
            if now[start : start + size] != then[start : start + size]:
                places = range(start, min(start + size, len(now)), SIZE)
                pairs = zip(self.at.chunk(number), places, strict=True)
                yield from (key for key, at in pairs if now[at : at + SIZE] != then[at : at + SIZE])

    def whole(self) -> bytes:
        """All of them after each other."""
        if not self._own:
            return self._all
        found = bytearray(self._all)
        for place, digest in self._own.items():
            found[place * SIZE : place * SIZE + SIZE] = digest
        return bytes(found)


class _Items(ItemsView[str, bytes]):
    """Pairs in their order: none is looked for."""

    def __init__(self, digests: Digests) -> None:
        super().__init__(digests)
        self._digests = digests

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return zip(self._digests, self._digests.all(), strict=True)
