"""The list of all published files, one a line: SHA-256, two spaces, path; sorted by path. `sha256sum -c` reads it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from hashlib import sha256
from pathlib import Path

from builder.problems import Problem, Problems
from builder.publish.within import is_within

MANIFEST = "manifest-sha256.txt"
FOREIGN = "Move it away, or publish to another folder. If all of the folder is Glossator's, delete it and build again."
DIGITS, PATH = 64, 66  # where a line's digest ends and its path begins


class Lines(Mapping[str, str]):
    """Path -> SHA-256, as a manifest has it: of its lines, few are ever parted."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @classmethod
    def of(cls, digests: Mapping[str, str]) -> Lines:
        """The list of these files."""
        return cls([f"{digest}  {path}" for path, digest in sorted(digests.items())])

    @classmethod
    def parted(cls, content: bytes) -> Lines:
        """A manifest that a build wrote, from its bytes; in any other, paths may be anything, and in any order."""
        return cls(content.decode("utf-8", "replace").split("\n")[:-1])

    def __getitem__(self, path: str) -> str:
        place = _place(self._lines, path)
        if not _is_at(self._lines, place, path):
            raise KeyError(path)
        return self._lines[place][:DIGITS]

    def __iter__(self) -> Iterator[str]:
        return map(_path, self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def values(self) -> ValuesView[str]:
        return {line: line[:DIGITS] for line in self._lines}.values()

    def but(self, gone: Iterable[str], taken: Mapping[str, str]) -> Lines:
        """The list without some of its files, and with others."""
        lines = list(self._lines)
        for path in {*gone, *taken}:
            place = _place(lines, path)
            lines[place : place + _is_at(lines, place, path)] = [f"{taken[path]}  {path}"] if path in taken else []
        return Lines(lines)

    def content(self) -> bytes:
        """The manifest's bytes."""
        return "\n".join((*self._lines, "")).encode()


def _path(line: str) -> str:
    return line[PATH:]


def _place(lines: Sequence[str], path: str) -> int:
    return bisect_left(lines, path, key=_path)


def _is_at(lines: Sequence[str], place: int, path: str) -> bool:
    return place < len(lines) and _path(lines[place]) == path


def listed(output: Path, known: str = "") -> Mapping[str, str]:
    """Path -> SHA-256 of what the published manifest names; empty where nothing was published.

    Where the manifest's own SHA-256 is `known`, it is one that a build wrote. In any other, a line that names no file
    within the folder is passed over: it may have been edited.
    """
    try:
        whole = (output / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise Problems([Problem(str(output / MANIFEST), f"cannot be read: {error.strerror}", FOREIGN)]) from None
    if known and sha256(whole).hexdigest() == known:
        return Lines.parted(whole)
    lines = whole.decode("utf-8", "replace").splitlines()
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return {path: digest for digest, path in pairs if is_within(path)}
