"""Files of the published site, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from io import BufferedReader
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
Part = bytes | range  # of a large file: bytes, or where they stand in its former edition


class OutputFile(Struct, frozen=True):
    """`path` is relative to the output folder, with forward slashes; `content` its bytes."""

    path: str
    content: bytes


class Piece(Struct, Generic[T], frozen=True):
    """A run of a large file. `name` stands for what it was listed with: only what `make` looks up may change it else.

    What `make` gives are bytes, or rows of a table.
    """

    name: str
    make: Callable[[], T]


class Former:
    """A large file as it was published last, where the pieces that did not change are taken from.

    `file` is opened to be read, `names` are its pieces in their order, and those `outdated` would come out otherwise.
    This one was never published, so everything is made.
    """

    file: BufferedReader | None = None
    names: Sequence[str] = ()
    outdated: Collection[str] = ()

    def stood(self, name: str) -> range | None:
        """Where the piece stands in `file`, in whatever it is counted in; None where there was none."""
        return None

    def place(self, name: str) -> range | None:
        """The same of a piece that would come out as it did; None where it must be made."""
        return None

    def made(self, piece: Piece[T]) -> T:
        """What the piece gives; it may be asked again until the piece is kept."""
        return piece.make()

    def keep(self, name: str, place: range) -> None:
        """Notes that this piece stands here in the new file."""

    def stay(self, names: Sequence[str]) -> None:
        """Notes that these pieces stand there where those did, one for one; what is called otherwise was made."""


class LargeFile:
    """A file that is never in memory as a whole: `write` gives its parts in order; what is unchanged is copied.

    `size` and `digest` (SHA-256) are known once it was written.
    """

    def __init__(self, path: str, write: Callable[[Former], Iterator[Part]]) -> None:
        self.path, self.write = path, write
        self.size, self.digest = 0, ""

    @property
    def content(self) -> bytes:
        """All of it, for whoever can bear it."""
        whole = b"".join(part for part in self.write(Former()) if isinstance(part, bytes))  # nothing is there to copy
        self.size, self.digest = len(whole), sha256(whole).hexdigest()
        return whole
