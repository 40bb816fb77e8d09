"""The list of all published files, one a line: SHA-256, two spaces, path; sorted by path. `sha256sum -c` reads it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from hashlib import sha256
from pathlib import Path

from builder.problems import Problem, Problems
from builder.publish.within import is_within

MANIFEST = "manifest-sha256.txt"
FOREIGN = "Move it away, or publish to another folder. If all of the folder is Glossator's, delete it and build again."
DIGITS, PATH = 64, 66  # where a line's digest ends and its path begins
IS_DIGEST = re.compile(rf"[0-9a-f]{{{DIGITS}}}", re.ASCII)
NO_DIGEST = "?" * DIGITS  # of a line that was edited: no file has it


class Lines(Mapping[str, str]):
    """Path -> SHA-256, as a manifest has it: the bytes of its lines, of which few are ever parted."""

    def __init__(self, content: bytes = b"") -> None:
        """`content` is what a build wrote: in any other, paths may be anything, and in any order."""
        self._content = content
        self._starts = array("Q", [0])
        self._starts.extend(end.end() for end in re.finditer(b"\n", content))

    @classmethod
    def of(cls, digests: Iterable[tuple[str, str]]) -> Lines:
        """The list of these files, given with their digests."""
        return cls("".join(_line(path, digest) for path, digest in sorted(digests)).encode())

    def __getitem__(self, path: str) -> str:
        place = self._place(path)
        if not self._is_at(place, path):
            raise KeyError(path)
        return self._digest(self._starts[place])

    def __iter__(self) -> Iterator[str]:
        return (self._path(place).decode() for place in range(len(self)))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def values(self) -> ValuesView[str]:
        return _Digests(self)

    def digests(self) -> Iterator[str]:
        """Yields the digests in the order of paths, none of which is looked for."""
        return map(self._digest, self._starts[:-1])

    def but(self, gone: Iterable[str], taken: Mapping[str, str]) -> Lines:
        """The list without some of its files, and with others."""
        parts, at = list[bytes](), 0
        for path in sorted({*gone, *taken}):
            place = self._place(path)
            parts.append(self._content[at : self._starts[place]])
            at = self._starts[place + self._is_at(place, path)]
            parts += [_line(path, taken[path]).encode()] if path in taken else []
        return Lines(b"".join((*parts, self._content[at:])))

    def but_for(self, others: Lines) -> Iterator[str]:
        """Yields the paths that the other list does not have."""
        coming = iter(others)
        other = next(coming, None)
        for path in self:
            while other is not None and other < path:
                other = next(coming, None)
            if other != path:
                yield path

    def content(self) -> bytes:
        """The manifest's bytes."""
        return self._content

    def _digest(self, start: int) -> str:
        return self._content[start : start + DIGITS].decode()

    def _path(self, place: int) -> bytes:
        return self._content[self._starts[place] + PATH : self._starts[place + 1] - 1]

    def _place(self, path: str) -> int:
        """How many stand before it, if it is there or not: bytes of UTF-8 are in the order of what they stand for."""
        return bisect_left(range(len(self)), path.encode("utf-8", "replace"), key=self._path)

    def _is_at(self, place: int, path: str) -> bool:
        return place < len(self) and self._path(place) == path.encode("utf-8", "replace")


class _Digests(ValuesView[str]):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        return self._lines.digests()


def _line(path: str, digest: str) -> str:
    return f"{digest}  {path}\n"


def listed(output: Path, known: str = "") -> Lines:
    """Path -> SHA-256 of what the published manifest names; empty where nothing was published.

    Where the manifest's own SHA-256 is `known`, it is one that a build wrote. In any other, a line that names no file
    within the folder is passed over: it may have been edited.
    """
    try:
        whole = (output / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Lines()
    except OSError as error:
        raise Problems([Problem(str(output / MANIFEST), f"cannot be read: {error.strerror}", FOREIGN)]) from None
    if known and sha256(whole).hexdigest() == known:
        return Lines(whole)
    lines = whole.decode("utf-8", "replace").splitlines()
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    found = {path: digest if IS_DIGEST.fullmatch(digest) else NO_DIGEST for digest, path in pairs if is_within(path)}
    return Lines.of(found.items())
