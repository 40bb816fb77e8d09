"""What is published is kept a second time in the working folder, so that an empty output folder need not be filled by
making everything anew: a page whose inputs are the same is the same bytes. Large files are kept whole, others packed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from builder.kept.index import Index, known_by
from builder.kept.large import Large
from builder.kept.listing import Listed, Listing, Manifests, listed
from builder.kept.tidying import are_many, is_due, join, size, tidy
from builder.kept.writer import Writer

__all__ = ["FOLDER", "Kept", "count", "prune", "size"]

FOLDER = "kept"


def count(folder: Path) -> int:
    """How many published files the contents of a folder are for."""
    return sum(1 for _ in listed(folder))


def prune(folder: Path) -> None:
    """Drops all that is not published now."""
    published = {file.digest for file in listed(folder)}
    tidy(folder, set(map(known_by, published)), thorough=True)
    large = Large(folder)
    large.tidy(published)
    large.spare.clear()


class Kept:
    """Contents by their SHA-256, as hexadecimal digits. All of them can be deleted at any time."""

    def __init__(self, work: Path) -> None:
        self.folder = work / FOLDER
        self.large = Large(self.folder)
        self._writer = Writer(self.folder)
        self._listing = Listing(self.folder)
        self._index: Index | None = None

    def prepare(self) -> None:
        """Has the index made, for whoever keeps many, and for all processes that are forked then."""
        self._index = Index(self.folder)

    def keep(self, digest: str, content: bytes, is_new: bool = True) -> None:
        """Keeps a content, unless it is; without an index all that is published anew counts as not kept.

        That costs less than the index, which grows with the archive, where few are made; what is kept twice is tidied.
        """
        if not self._index.has(digest) if self._index else is_new:
            self._writer.add(bytes.fromhex(digest), content)

    def write(self) -> None:
        """Has everything written that this process was given."""
        self._writer.write()

    def take(self, file: Listed) -> None:
        """Notes a file that was made, to be published."""
        with suppress(OSError):
            self._listing.take(file)

    def publish(
        self, gone: Iterable[str], published: Mapping[str, str], output: Path, manifests: Manifests = ("", "")
    ) -> None:
        """Notes what is published now: what was taken, what is gone, and the SHA-256 of all by path.

        The space of what is no longer published is given back, now and then.
        """
        self._writer.close()
        with suppress(OSError):  # the next build tries again
            self.large.tidy(self._listing.settle(gone, published, output, manifests))
            self.large.double()
            if is_due(self.folder):
                tidy(self.folder, {bytes.fromhex(digest) for digest in published.values()})
            if are_many(self.folder):
                join(self.folder, {bytes.fromhex(digest) for digest in published.values()})

    def close(self) -> None:
        """Forgets what was taken, unless it was published."""
        self._listing.close()
