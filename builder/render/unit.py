"""A piece of the site that is made, or kept as it is, by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct

from builder.model.output import LargeFile, OutputFile

Only = Collection[str] | None  # names of units to be listed; None for all there are


class Unit(Struct, frozen=True):
    """Files that depend on the same things. What `make` needs of the archive it looks up, so that it can be noted.

    `name` is the same on every build; a value that `make` got when the unit was listed would never be seen to change.
    One that is `long` takes seconds, so that a process of its own is worth it. One of `data` makes no page: where
    somebody waits to see the pages, it is made after them.
    """

    name: str
    make: Callable[[], Iterable[OutputFile | LargeFile]]
    long: bool = False
    data: bool = False


def of_kind(kind: str, every: Iterable[str], only: Only) -> Iterable[str]:
    """What the units “kind …” are of: all, or those whose units are wanted, without a look at the rest."""
    if only is None:
        return every
    return [name.removeprefix(f"{kind} ") for name in sorted(only) if name.startswith(f"{kind} ")]


def is_wanted(name: str, only: Only) -> bool:
    """Whether a unit is to be listed."""
    return only is None or name in only


def files(units: Iterable[Unit]) -> Iterator[OutputFile]:
    """Yields what the units make, in their order; none of them makes a large file."""
    for unit in units:
        for file in unit.make():
            assert isinstance(file, OutputFile)
            yield file
