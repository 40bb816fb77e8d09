"""The list of all published files, one a line: SHA-256, two spaces, path; sorted by path. `sha256sum -c` reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from builder.problems import Problem, Problems
from builder.publish.within import is_within

MANIFEST = "manifest-sha256.txt"
FOREIGN = "Move it away, or publish to another folder. If all of the folder is Glossator's, delete it and build again."
DIGITS, PATH = 64, 66  # where a line's digest ends and its path begins
IS_DIGEST = re.compile(rf"[0-9a-f]{{{DIGITS}}}", re.ASCII)
NO_DIGEST = "?" * DIGITS  # of a line that was edited: no file has it


class Lines(Mapping[str, str]):
    """Path -> SHA-256, as a manifest has it: its bytes, of which few lines are ever parted from the rest."""

    def __init__(self, content: bytes = b"", is_known: bool = False) -> None:
        """`content` is what a build wrote: in any other, paths may be anything, and in any order.

        `is_known` says that it is the one that whoever read it has named.
        """
        self._content, self.is_known = content, is_known

    @classmethod
    def of(cls, digests: Iterable[tuple[str, str]]) -> Lines:
        """The list of these files, given with their digests."""
        return cls("".join(_line(path, digest) for path, digest in sorted(digests)).encode())

    def __getitem__(self, path: str) -> str:
        start, end = self._place(path)
        if start == end:
            raise KeyError(path)
        return self._content[start : start + DIGITS].decode()

    def __iter__(self) -> Iterator[str]:
        return (line[PATH:-1].decode() for line in BytesIO(self._content))

    def __len__(self) -> int:
        return self._content.count(b"\n")

    def __bool__(self) -> bool:
        return bool(self._content)  # nobody need count

    def values(self) -> ValuesView[str]:
        return _Digests(self)

    def digests(self) -> Iterator[str]:
        """Yields the digests in the order of paths, none of which is looked for."""
        return (line[:DIGITS].decode() for line in BytesIO(self._content))

    def but(self, gone: Iterable[str], taken: Mapping[str, str]) -> Lines:
        """The list without some of its files, and with others."""
        parts, done, whole = list[bytes | memoryview](), 0, memoryview(self._content)
        for path in sorted({*gone, *taken}):
            start, end = self._place(path)
            line = _line(path, taken[path]) if path in taken else ""
            parts += (whole[done:start], line.encode())
            done = end
        return Lines(b"".join((*parts, whole[done:])))

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

    def _place(self, path: str) -> tuple[int, int]:
        """Where a file's line begins and ends; where there is none, where it would, twice. Bytes sort as paths do."""
        wanted, low, high = path.encode(), 0, len(self._content)
        while low < high:
            middle = (low + high) // 2
            start = max(low, self._content.rfind(b"\n", low, middle) + 1)
            end = self._content.index(b"\n", middle) + 1
            found = self._content[start + PATH : end - 1]
            if found == wanted:
                return start, end
            low, high = (end, high) if found < wanted else (low, start)
        return low, low


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
        return Lines(whole, is_known=True)
    lines = whole.decode("utf-8", "replace").splitlines()
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    found = {path: digest if IS_DIGEST.fullmatch(digest) else NO_DIGEST for digest, path in pairs if is_within(path)}
    return Lines.of(found.items())
