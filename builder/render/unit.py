"""A piece of the site that is made, or kept as it is, by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from builder.model.output import LargeFile, OutputFile


class Unit(Struct, frozen=True):
    """Files that depend on the same things. What `make` needs of the archive it looks up, so that it can be noted.

    `name` is the same on every build; a value that `make` got when the unit was listed would never be seen to change.
    One that is `long` takes seconds, so that a process of its own is worth it.
    """

    name: str
    make: Callable[[], Iterable[OutputFile | LargeFile]]
    long: bool = False


def files(units: Iterable[Unit]) -> Iterator[OutputFile]:
    """Yields what the units make, in their order; none of them makes a large file."""
    for unit in units:
        for file in unit.make():
            assert isinstance(file, OutputFile)
            yield file
