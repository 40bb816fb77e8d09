"""Digests by key, held close together: of a large archive's records there are millions.

As dictionaries they would take some 230 bytes each. Registers with the same keys share what tells their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

SIZE = 16  # bytes of a digest
# In the place of a key, which none of them is: all records, how many they are, and whatever.
ALL, COUNT, ANY = "*", "#", "?"
_keys = msgspec.msgpack.Decoder(list[str])


class Digests(Mapping[str, bytes]):
    """Digests of SIZE bytes by key, in the order of their records."""

    __slots__ = ("_all", "_at", "_own")

    def __init__(self, at: dict[str, int], digests: bytes) -> None:
        """`at` is the place of each key; raises ValueError where that are not as many as there are digests."""
        if len(at) * SIZE != len(digests):
            raise ValueError(f"{len(at)} keys and {len(digests)} bytes of digests")
        self._at, self._all = at, digests
        self._own: dict[str, bytes] = {}  # what was put in the place of others

    @classmethod
    def of(cls, digests: Iterable[tuple[str, bytes]]) -> Digests:
        """Takes them in, in their order."""
        at, whole = dict[str, int](), bytearray()
        for number, (key, digest) in enumerate(digests):
            at[key] = number
            whole += digest
        return cls(at, bytes(whole))

    def place(self, key: str) -> int:
        """How many stand before it."""
        return self._at[key]

    def put(self, key: str, digest: bytes) -> None:
        """Puts another digest in the place of one that is there."""
        self._own[key] = digest

    def get(self, key: str, default: Any = None, /) -> Any:
        at = self._at.get(key)
        if at is None:
            return default
        if self._own and key in self._own:
            return self._own[key]
        return self._all[at * SIZE : at * SIZE + SIZE]

    def __getitem__(self, key: str) -> bytes:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found  # type: ignore[no-any-return]

    def __contains__(self, key: object) -> bool:
        return key in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def whole(self) -> bytes:
        """All of them after each other."""
        if not self._own:
            return self._all
        return b"".join(map(self.__getitem__, self._at))


class Keys:
    """Where keys stand, one dictionary for all registers that have the same ones in the same order."""

    def __init__(self) -> None:
        self._known: dict[bytes, dict[str, int]] = {}

    def at(self, keys: bytes) -> dict[str, int]:
        """The places of keys that were `encoded`; raises DecodeError."""
        if keys not in self._known:
            self._known[keys] = {key: number for number, key in enumerate(_keys.decode(keys))}
        return self._known[keys]


def encoded(digests: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """The keys and the digests, each as they are kept."""
    whole = digests.whole() if isinstance(digests, Digests) else b"".join(digests.values())
    return msgspec.msgpack.encode(list(digests)), whole
