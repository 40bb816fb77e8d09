"""What has changed since the last build: joined anew where it must be, written down, then made and published."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

from builder.config import Config
from builder.contents import Content
from builder.ledger import Ledger, ledger
from builder.model.archive import Archive
from builder.problems import Problem, Problems
from builder.publish import Published
from builder.reading import Reader
from builder.refilling import Refilling
from builder.registers import Forgotten, Joined, Remembered
from builder.rendering import Making, Place, Registers, render, stand, work_out
from builder.revising import remembered, revised
from builder.work.apart import apart
from builder.work.collector import no_collector
from builder.work.told import Ahead, Progress

MANY = 1000  # articles that are joined in a process of their own: some kilobytes of each would never be given back


class Given(Struct, frozen=True):
    """What a build has at hand once content/ was looked through."""

    known: Content
    now: Joined
    reader: Reader
    config: Config
    place: Place
    progress: Progress
    ahead: Ahead | None = None


def make(given: Given, kept: Ledger, filled: Refilling) -> Published:
    """Makes and publishes what has changed; raises Problems, and then nothing is published."""
    found = _revised(given, kept)
    try:
        return _rendered(given, found or _joined(given, kept), kept, filled)
    except Forgotten:  # the memory is spoilt
        kept.forget()
        if given.ahead:
            given.ahead({})  # what was staged goes
        with _readable(given.place):
            return _rendered(given, _joined(given, kept), kept, filled)


def _rendered(given: Given, found: Registers, kept: Ledger, filled: Refilling) -> Published:
    with closing(found.remembered):
        made_with = Making(found, given.place, given.config, kept, given.now, given.progress, given.ahead)
        return render(made_with, filled)


def _revised(given: Given, kept: Ledger) -> Registers | None:
    """The registers that stand, where what changed since leaves their records as they are; None otherwise."""
    known, changed = given.known, given.now.changed(kept.joined())
    if changed is None:
        return None
    given.reader.read(list(map(known.found.of, changed)), given.place.root, given.progress)
    known.shares.gather(changed)
    with suppress(Forgotten):
        standing = _standing(given, kept)
        found = revised(changed, standing, known.shares)
        if found is None:
            standing.close()
        return found
    return None


def _joined(given: Given, kept: Ledger) -> Registers:
    """The articles joined anew; what is joined is written down and let go of, so that memory is free for the pages."""
    _gathered(given.known, given.reader, given.place.root, given.progress)
    if len(given.now) >= MANY:
        apart(partial(_join_apart, given, kept.stamp))
    else:
        _join(given, kept)
    return _registers(given, kept)


def _join_apart(given: Given, stamp: str) -> None:
    with ledger(given.place.work, stamp) as kept:  # a forked process needs a connection of its own
        _join(given, kept)
        work_out(_registers(given, kept), given.place, given.config, kept)


def _join(given: Given, kept: Ledger) -> None:
    with no_collector():  # joining makes millions of objects and next to no garbage: a third of the time went into that
        stand(_linked(given.known), kept)
    gc.collect()


def _registers(given: Given, kept: Ledger) -> Registers:
    standing = _standing(given, kept)
    return Registers(remembered(standing, given.known.shares), standing, joined=True)


def linked(known: Content, reader: Reader, root: Path, progress: Progress) -> Archive:
    """The archive, joined in memory."""
    _gathered(known, reader, root, progress)
    with no_collector():
        return _linked(known)


def _gathered(known: Content, reader: Reader, root: Path, progress: Progress) -> None:
    reader.read(known.found, root, progress)
    known.shares.gather(known.shares.slugs())


def _linked(known: Content) -> Archive:
    from builder.link import linking  # where nothing is joined, it is not needed

    return linking.link(known.shares, known.editorial, known.sensitivity)


def _standing(given: Given, kept: Ledger) -> Remembered:
    return kept.registers(given.known.shares.places, given.known.shares.said)


@contextmanager
def _readable(place: Place) -> Iterator[None]:
    """What was written a moment ago must be there."""
    try:
        yield
    except Forgotten as error:
        hint = "Is the disk whole, and does nothing else write there? The site is as it was."
        raise Problems([Problem(str(place.work), f"what was written there cannot be read: {error}", hint)]) from None
