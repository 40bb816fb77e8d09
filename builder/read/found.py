"""Articles as they were found in content/, unopened: in batches, most of which are as they were the last time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, KeysView, Sequence
from typing import NamedTuple
from zlib import crc32

import msgspec

from builder.cache import Head
from builder.read.walk import Seen

ABOUT, MOST = 128, 512  # files in a batch


class Found(NamedTuple):
    """An article that is good, unopened: where it stands, the address of its content, and what is known of it."""

    path: str
    key: str
    head: Head

    @property
    def slug(self) -> str:
        return self.head.slug


_decode = msgspec.msgpack.Decoder(list[Found]).decode


class Batch:
    """Articles beside each other; `id` stands for how their files are, and is empty where nobody can rely on that."""

    __slots__ = ("_found", "id", "slugs")

    def __init__(self, id: str, slugs: Sequence[str], found: Sequence[Found] | bytes) -> None:
        self.id, self.slugs, self._found = id, slugs, found

    @property
    def found(self) -> Sequence[Found]:
        """The articles, in the order of their slugs; what was kept of them is opened once."""
        if isinstance(self._found, bytes):
            self._found = _decode(self._found)
        return self._found


class Gathered(Collection[Found]):
    """All articles of an archive, sorted by path; no slug comes twice."""

    def __init__(self, batches: Sequence[Batch] = ()) -> None:
        self.batches = batches
        self._at = {slug: batch for batch in batches for slug in batch.slugs}

    def of(self, slug: str) -> Found:
        """The article of that slug; KeyError for none of the archive's."""
        batch = self._at[slug]
        return batch.found[batch.slugs.index(slug)]

    @property
    def slugs(self) -> KeysView[str]:
        """Of every article, in their order."""
        return self._at.keys()

    def __iter__(self) -> Iterator[Found]:
        return (one for batch in self.batches for one in batch.found)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, one: object) -> bool:
        return isinstance(one, Found) and one.slug in self._at


def cut(files: Iterable[Seen]) -> Iterator[list[Seen]]:
    """Files in batches: where one ends their paths say, so one that comes or goes changes its own only."""
    batch: list[Seen] = []
    for one in files:
        batch.append(one)
        if crc32(one.path.encode("utf-8", "surrogateescape")) % ABOUT == 0 or len(batch) >= MOST:
            yield batch
            batch = []
    if batch:
        yield batch
