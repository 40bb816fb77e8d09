"""Registers that are worked out from others, written down as they are made: none of them is held.

Of one that has a record for each of another register, only those are worked out anew that were made of other records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from typing import Any

from builder.digests import SIZE, Digests
from builder.ledger import Ledger
from builder.registers import Remembered, encoded
from builder.render.derived import Each, Pairs, Stream

TOGETHER = 500  # records that are written at a time: nothing can be derived meanwhile


class Derived:
    """Where registers stand that are worked out from others."""

    def __init__(self, remembered: Remembered, kept: Ledger) -> None:
        self._remembered, self._kept = remembered, kept

    def register(self, name: str, of: Any) -> Mapping[str, Any] | None:
        """One by name, of records of that type; None where it does not stand."""
        return self._remembered.register(name, of)

    def keep(self, name: str, make: Callable[[], Mapping[str, Any]], of: Any) -> Mapping[str, Any]:
        """Works one out, writes it down, and gives it as it stands."""
        before = self._remembered.stood(name)
        if isinstance(make, Each):
            digests = self._each(name, make, before)
        else:
            pairs = make.pairs() if isinstance(make, Stream) else make().items()
            digests = Digests.of(self._written(name, pairs, before))
        self._kept.stand_as(name, before, digests)
        self._remembered.names.add(name)
        return self._remembered.always(name, of)

    def _each(self, name: str, make: Each[Any], before: Mapping[str, bytes]) -> Digests:
        changed = self._remembered.changed(make.register) if before else None
        pairs = make.pairs() if changed is None else make.some(sorted(changed))
        made = dict(self._written(name, pairs, before))
        keys = self._remembered.digests(make.register).at
        return Digests(keys, b"".join(made.get(key) or before[key] for key in keys))

    def _written(self, name: str, pairs: Pairs[Any], before: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        """Yields the keys of all pairs with their digests, once what differs is written."""
        waiting = iter(pairs)
        while some := [(key, encoded(value)) for key, value in islice(waiting, TOGETHER)]:
            digests = {key: blake2b(blob, digest_size=SIZE).digest() for key, blob in some}
            self._kept.stand_some([(name, key, blob) for key, blob in some if before.get(key) != digests[key]])
            yield from digests.items()
