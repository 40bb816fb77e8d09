"""A part's documents: those of pieces that would look up what they did are taken as they were kept, others opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from itertools import accumulate
from typing import NamedTuple

from builder.render.lookups import Lookups
from builder.render.reads import Reads
from builder.render.search_store import Kept, Known, Looked, known
from builder.render.searchable import Document


class Open(NamedTuple):
    """A piece of a run: its documents, always in the same order, and what stands for all records they are `of`.

    A record that is new in a piece is none that was looked up for it. No other piece of the part is of the same.
    """

    of: str
    documents: Callable[[], Iterable[Document]]


class Documents:
    """The documents of a part's pieces, in order; `same` tells which was which of those that were `kept`.

    Of those that were opened, `opened` has the documents by number. `by` stands for how documents are come by. Of those
    that come by that are `new` is told, but not where all are opened for they are come by otherwise.
    """

    def __init__(
        self,
        pieces: Iterable[Open],
        kept: Kept | None,
        lookups: Lookups | None,
        by: str,
        new: Callable[[Document], None],
    ) -> None:
        self.known: list[Known] = []
        self.opened: dict[int, Document] = {}
        self.same: dict[int, int] = {}
        self.looked: dict[str, Looked] = {}
        self._lookups, self._new = lookups, new
        stood = self._standing(kept) if kept and kept.by == by else None
        self._before = {one.address for one in kept.documents} if kept and stood is not None else None
        for piece in pieces:
            if kept and stood and piece.of in stood:
                self._take(piece.of, kept, stood[piece.of])
            else:
                self._open(piece)
        self._match(kept.documents if kept else ())

    def _standing(self, kept: Kept) -> dict[str, int]:
        """The pieces that would look up what they did, each with the number of its first document."""
        if self._lookups is None:
            return {}
        now = self._lookups.digests([looked.reads for looked in kept.looked.values()])
        pairs = zip(_places(kept).items(), kept.looked.values(), now, strict=True)
        return {of: first for (of, first), looked, digest in pairs if looked.digest == digest}

    def _take(self, of: str, kept: Kept, first: int) -> None:
        looked = kept.looked[of]
        self.same.update((len(self.known) + n, first + n) for n in range(looked.documents))
        self.known += kept.documents[first : first + looked.documents]
        self._note(of, looked)

    def _open(self, piece: Open) -> None:
        first = len(self.known)
        with self._lookups.noting() if self._lookups else nullcontext(Reads()) as reads:
            for document in piece.documents():
                self.opened[len(self.known)] = document
                self.known.append(now := known(document))
                if self._before is not None and now.address not in self._before:
                    self._new(document)
        digest = self._lookups.digest(reads) if self._lookups else b""
        self._note(piece.of, Looked(reads, digest, len(self.known) - first))

    def _note(self, of: str, looked: Looked) -> None:
        """What is looked up for a piece is looked up for its part."""
        self.looked[of] = looked
        if self._lookups:
            self._lookups.note_all(looked.reads)

    def _match(self, before: Sequence[Known]) -> None:
        """Finds opened documents again that are found by the same words as before."""
        then: defaultdict[bytes, list[int]] = defaultdict(list)
        for number in sorted(set(range(len(before))).difference(self.same.values()), reverse=True):
            then[before[number].address].append(number)
        for number in self.opened:
            if same := then.get(self.known[number].address):
                self.same[number] = same.pop()

    def gone(self, before: Sequence[Known]) -> list[int]:
        """The numbers of those that were, and are no more."""
        return sorted(set(range(len(before))).difference(self.same.values()))


def _places(kept: Kept) -> dict[str, int]:
    """The number of each piece's first document."""
    first = accumulate((looked.documents for looked in kept.looked.values()), initial=0)
    return dict(zip(kept.looked, first, strict=False))
