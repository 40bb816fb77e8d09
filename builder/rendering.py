"""Every piece of the site: left as it stands where nothing it was made of has changed, else made, by all processors."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable
from concurrent.futures import as_completed
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct

from builder.assembling import put
from builder.config import Config
from builder.deriving import Derived
from builder.digests import Keys
from builder.kept import Kept
from builder.kept.listing import Listed
from builder.ledger import Entry, Ledger, Noted, Run, Standing
from builder.ledger import noted as noted_as
from builder.model.archive import Archive
from builder.outdated import outdated
from builder.publish import Edition, Published, Staged
from builder.publish.stage import Stage
from builder.registers import Joined, Remembered
from builder.render.listing import units
from builder.render.lookups import Lookups, noted
from builder.render.reads import Reads
from builder.render.stamp import fingerprint
from builder.render.template import open_site
from builder.render.unit import Only, Unit
from builder.waiting import WORTH_IT, Waiting, opened
from builder.whole import Whole
from builder.work.apart import forked
from builder.work.machine import can_fork, processors
from builder.work.tied import at_work
from builder.work.told import Ahead, Progress


class Made(Struct, frozen=True):
    """A unit that was made: what is noted of it, and the files as they were staged."""

    unit: Noted
    files: tuple[Staged, ...]


class Job(Struct, frozen=True):
    """What a worker needs; it gets it by being forked, since archives are large. `units` lists those of some names."""

    units: Callable[[Only], Iterable[Unit]]
    lookups: Lookups
    stage: Stage
    packs: Kept
    before: dict[str, Callable[[], Entry | None]]  # of units that have large files


class Place(Struct, frozen=True):
    """Where an archive is built: its own folder, the published one, and that of its cache."""

    root: Path
    output: Path
    work: Path


class Registers(Struct, frozen=True):
    """The joined archive as it was written down; `joined` where that was done by this build."""

    archive: Archive
    remembered: Remembered
    joined: bool


def stand(archive: Archive, kept: Ledger) -> None:
    """Writes the joined archive down before a page is made, so that memory can let go of it."""
    lookups = Lookups()
    noted(archive, lookups)
    kept.begin()
    kept.stand((name, *content) for name, content in lookups.all())


def work_out(found: Registers, place: Place, config: Config, kept: Ledger) -> None:
    """Works all registers out that are made of others, and writes them down."""
    archive = noted(found.archive, Lookups(Derived(found.remembered, kept)))
    deque(units(archive, open_site(config, place.root, place.work)), maxlen=0)


class Making(Struct, frozen=True):
    """What pages are made with: `of` is what the registers were joined of.

    Where somebody waits to see the pages `ahead` of what is published, they are made first, though data files take
    longest.
    """

    found: Registers
    place: Place
    config: Config
    kept: Ledger
    of: Joined
    progress: Progress
    ahead: Ahead | None = None


class Stands(Protocol):
    """How the published files stand, at which another process looks meanwhile."""

    def ready(self) -> None:
        """Waits where they are not there yet."""

    def found(self) -> Whole:
        """All there is to know; waits for it."""


def render(making: Making, stands: Stands) -> Published:
    """Makes what has changed and publishes; raises Problems, and then nothing is published."""
    stands.ready()
    known = making.kept.published()
    if making.found.joined or known is None:
        return _rendered(making)
    touched = _touched(making.found.remembered, making.kept)
    with suppress(_Meddled):  # to make a few is sooner done than to look at all that stands
        return _rendered(making, _Rest(touched, known, stands))
    if making.ahead:
        making.ahead({})  # what was staged goes
    return _rendered(making)


class _Meddled(Exception):
    """A published file is not as it was."""


class _Rest(Struct, frozen=True):
    """All units but those that are `touched` are left, as what is published is `known` to have stood."""

    touched: set[str]
    known: Whole
    stands: Stands

    def ensure(self) -> None:
        """Waits until it is known that it stands so; raises _Meddled."""
        if self.stands.found() != self.known:
            raise _Meddled


def _rendered(making: Making, rest: _Rest | None = None) -> Published:
    """Looks at every unit, unless the `rest` of them is left."""
    found, place, kept = making.found, making.place, making.kept
    lookups, packs = Lookups(Derived(found.remembered, kept)), Kept(place.work)
    known = rest.known if rest else kept.published()
    edition = Edition(place.output, place.work, known.manifest if known else "", kept.files())
    if rest and not edition.stage.before.is_known:
        raise _Meddled
    site = open_site(making.config, place.root, place.work)
    listed = partial(units, noted(found.archive, lookups), site)
    work = _Work(Job(listed, lookups, edition.stage, packs, {}), edition, kept, making.ahead is not None)
    if rest is None:
        deque(listed(), maxlen=0)  # all registers are there before one is asked
    lookups.knows(found.remembered.exchanged() if found.joined else found.remembered.revised())
    work.divide(rest.touched if rest else None)
    few = rest is not None and work.waiting < WORTH_IT  # and templates are those of the last build
    if work.waiting and not (few and site.ready.stands(site.folders)):
        site.prepare()
    with closing(packs), kept.noting(), closing(_in_turn(work, making.ahead)) as coming:
        for number, done in enumerate(coming, 1):
            making.progress("rendering", number, work.waiting)
            kept.put(done.unit)
            for file in done.files:
                edition.take(file)
                packs.take(Listed(file.path, file.digest, file.size, file.time))
        if rest:
            rest.ensure()
        published = edition.close()
        # was a template saved meanwhile? Nobody knows then which pages have which
        if fingerprint(making.config, place.root) != kept.stamp:
            kept.forget()
        else:
            names, revised = None if rest else work.names, found.remembered.content()
            kept.settle(edition.manifest, edition.files, making.of, names, revised)
        packs.publish(edition.gone, edition.listing, place.output, (edition.before, edition.manifest))
    return published


def _touched(remembered: Remembered, kept: Ledger) -> set[str]:
    """The units that looked up something of what was revised."""
    read = sorted((register, key) for register, keys in remembered.revised().items() for key in keys)
    return {unit for one in read for unit in kept.reading(*one)}


class _Work:
    """Units that wait to be made; the files of all others are taken in as they stand."""

    def __init__(self, job: Job, edition: Edition, kept: Ledger, pages_first: bool) -> None:
        self.job, self.edition, self._kept, self._pages_first = job, edition, kept, pages_first
        self.first, self.then = Waiting(), Waiting()
        self.names: Collection[str] = ()

    @property
    def waiting(self) -> int:
        """How many units there are to be made."""
        return self.first.number + self.then.number

    def divide(self, touched: Collection[str] | None) -> None:
        """Looks at every unit, or, where all is as it was published, only at those that are touched."""
        if touched is None:
            self.names = Keys.of(map(self._look, self.job.units(None)))
            return
        before = {name: entry for name in touched if (entry := self._kept.folded(name))}
        self.edition.leave_all_but(file.path for entry in before.values() for file in entry.files)
        for unit in self.job.units(touched) if touched else ():
            entry = before.get(unit.name)
            self._wait(unit, entry.opened if entry and entry.has_runs() else None)

    def _look(self, unit: Unit) -> str:
        entry = self._kept.get(unit.name)
        files = _standing(entry, self.job.lookups, self.edition.stage) if entry else None
        if files is None:
            self._wait(unit, (lambda: entry) if entry and entry.runs else None)
        for file in files or ():
            self.edition.take(file)
        return unit.name

    def _wait(self, unit: Unit, before: Callable[[], Entry | None] | None) -> None:
        (self.then if self._pages_first and unit.data else self.first).add(unit)
        if before:
            self.job.before[unit.name] = before


def _standing(entry: Entry, lookups: Lookups, stage: Stage) -> list[Staged] | None:
    """The unit's files as they stand; None where one is not as it was, or would not be made as it was."""
    if not lookups.would_find(entry.digest, entry.reads):
        return None
    if any(True for runs in entry.runs.values() for _ in outdated(runs, lookups)):
        return None
    files = [Staged(f.path, f.digest, f.size, f.time) for f in entry.files]
    return files if all(map(stage.holds, files)) else None


def _in_turn(work: _Work, ahead: Ahead | None) -> Generator[Made]:
    """All that waits; pages before data, where somebody is told of them."""
    yield from _made(work.job, work.first)
    if ahead:
        ahead(work.edition.ahead)
    yield from _made(work.job, work.then)


def _made(job: Job, waiting: Waiting) -> Generator[Made]:
    many = waiting.number >= WORTH_IT
    if many:
        job.packs.prepare()
    worth_it = many or (waiting.number > 1 and waiting.long)
    workers = processors() if worth_it and can_fork() else 1
    yield from _by_several(job, waiting, workers) if workers > 1 else _by_one(job, waiting)
    job.packs.write()


def _by_one(job: Job, waiting: Waiting) -> Generator[Made]:
    for part in waiting.parts():
        yield from (_make(unit, job) for unit in _units(part, job))


def _units(part: bytes, job: Job) -> list[Unit]:
    names = opened(part)
    found = {unit.name: unit for unit in job.units(names)}
    return [found[name] for name in names]


def _make(unit: Unit, job: Job) -> Made:
    runs: dict[str, list[Run]] = {}
    before = job.before.get(unit.name, lambda: None)()
    with job.lookups.noting() as reads:
        files = tuple(put(file, job.stage, job.packs, job.lookups, before, runs) for file in unit.make())
    standing = tuple(Standing(file.path, file.digest, file.size, file.time) for file in files)
    entry = Entry(reads, _digest(reads, before, job.lookups), standing, runs)
    return Made(noted_as(unit.name, entry), files)


def _digest(reads: Reads, before: Entry | None, lookups: Lookups) -> bytes:
    """That of what was looked up; that of whole registers is taken over where they are as they were."""
    same = before and lookups.changed is not None and list(before.reads.items()) == list(reads.items())
    if before and same and lookups.would_find(before.digest, reads):
        return before.digest
    return lookups.digest(reads)


_job: Job | None = None  # set before the workers are forked, and read in them


def _by_several(job: Job, waiting: Waiting, workers: int) -> Generator[Made]:
    """In any order: what is made does not depend on it."""
    global _job
    _job = job
    if waiting.number >= WORTH_IT:
        job.lookups.prepare()
        gc.collect()
    gc.freeze()  # what the workers share is not to be copied for having been looked at
    try:
        with forked(workers) as pool:
            # no name for these: each holds what it gave for as long as it is held
            for future in as_completed([pool.submit(at_work, _make_some, part) for part in waiting.parts()]):
                yield from msgspec.msgpack.decode(future.result(), type=tuple[Made, ...])
    finally:
        gc.unfreeze()
        _job = None


def _make_some(part: bytes) -> bytes:
    assert _job is not None
    made = [_make(unit, _job) for unit in _units(part, _job)]
    _job.packs.write()
    return msgspec.msgpack.encode(made)
