"""The build, in order. Read this first: each stage takes one type and gives the next.

content/ --read--> Article --annotate--> annotations --review--> ReviewedArticle --collect--> Collected
         --link--> Archive --render--> OutputFile --publish--> site/
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from builder import config as configuration
from builder import publish
from builder.cache import Cache, alone, key, opened
from builder.config import Config
from builder.fingerprint import fingerprint
from builder.ledger import Ledger, ledger
from builder.link import Sensitivity, link
from builder.model.archive import Archive
from builder.model.editorial import Editorial
from builder.problems import Problem, Problems
from builder.read.editorial import read as read_editorial
from builder.read.gather import Found, gather
from builder.reading import Reader, Workforce
from builder.refilling import refilling
from builder.registers import Forgotten, Joined, Remembered
from builder.render import fingerprint as stamp
from builder.render.words import WARNING, Words
from builder.rendering import Place, Registers, render, stand
from builder.revising import changed, remembered, revised
from builder.shares import Shares

WORK = ".glossator"  # the archive's own working folder: cache, staging, lock
OUTPUT = "site"

SOURCES = ("link", "model", "pipeline.py", "revising.py", "registers.py")
_encode = msgspec.json.Encoder(order="deterministic").encode
Progress = Callable[[str, int, int], None]  # stage, done, of how many


class Built(Struct, frozen=True):
    """What a build did: how many articles it holds, how many had to be read anew, and what was published."""

    articles: int
    read: int
    published: publish.Published


def build(
    root: Path,
    output: Path | None = None,
    progress: Progress = lambda stage, done, of: None,
    workforce: Workforce | None = None,
) -> Built:
    """Builds the archive at `root` into its published folder; raises Problems, and then publishes nothing."""
    output = output or root / OUTPUT
    _refuse_sources(root, output)
    config = configuration.load(root)
    work = root / WORK
    with alone(work), opened(work) as cache:
        publish.carry_through(work, output)  # also when content/ is wrong now: the site must be whole
        reader = Reader(config, cache, workforce)
        with refilling(work, output) as filled, ledger(work, stamp(config, root)) as kept:
            known = content(root, config, cache, reader)
            now = Joined(known.scope(), known.shares.addresses())
            reader.keep_listings(known.found)
            place, look = Place(root, filled.output, work), filled.found
            found = _revised(known, kept, now, reader, root, progress)
            try:
                found = found or _joined(known, kept, reader, place, config, progress)
                published = render(found, place, config, kept, now, look, progress)
            except Forgotten:  # the memory is spoilt
                kept.forget()
                with _readable(work):
                    found = _joined(known, kept, reader, place, config, progress)
                    published = render(found, place, config, kept, now, look, progress)
            return Built(len(now.addresses), reader.read_anew, filled.publish(published))


def _revised(
    known: Content, kept: Ledger, now: Joined, reader: Reader, root: Path, progress: Progress
) -> Registers | None:
    """The registers that stand, where what changed since leaves their records as they are; None otherwise."""
    last = kept.joined()
    slugs = changed(last, now)
    if last is None or slugs is None:
        return None
    some = set(slugs)
    reader.read([one for one in known.found if one.slug in some], root, progress)
    known.shares.gather(slugs)
    with suppress(Forgotten):
        return revised(last, now, slugs, _standing(known, kept), known.shares)
    return None


def _joined(
    known: Content, kept: Ledger, reader: Reader, place: Place, config: Config, progress: Progress
) -> Registers:
    """The articles joined anew; what is joined is written down and let go of, so that memory is free for the pages."""
    with _no_collector():
        stand(_linked(known, reader, place.root, progress), place, config, kept)
    gc.collect()
    standing = _standing(known, kept)
    return Registers(remembered(standing, known.shares), standing, joined=True)


@contextmanager
def _readable(work: Path) -> Iterator[None]:
    """What was written a moment ago must be there."""
    try:
        yield
    except Forgotten as error:
        hint = "Is the disk whole, and does nothing else write there? The site is as it was."
        raise Problems([Problem(str(work), f"what was written there cannot be read: {error}", hint)]) from None


def _standing(known: Content, kept: Ledger) -> Remembered:
    return kept.registers(known.shares.places, known.shares.said)


def _linked(known: Content, reader: Reader, root: Path, progress: Progress) -> Archive:
    reader.read(known.found, root, progress)
    known.shares.gather(known.shares.slugs())
    with _no_collector():
        return link(known.shares, known.editorial, known.sensitivity)


def _refuse_sources(root: Path, output: Path) -> None:
    """Pages among the files they are made of would be read, watched and committed as such."""
    for name in ("content", "templates", WORK):
        if output.resolve().is_relative_to((root / name).resolve()):
            raise Problems([Problem(str(output), f"lies in the archive's {name}/", "Publish to another folder.")])


class Content(Struct, frozen=True):
    """What stands in content/: articles, unopened, what editors decided, what each article gives the registers."""

    found: list[Found]
    editorial: Editorial
    sensitivity: Sensitivity
    shares: Shares

    def scope(self) -> str:
        """A digest of what decides how articles are joined, besides what each of them gives."""
        own = msgspec.structs.replace(self.editorial, decisions={})
        decided = sorted(slug for slug, decisions in self.editorial.decisions.items() if decisions)
        return key(_encode((own, decided, self.sensitivity)).decode(), fingerprint(SOURCES))


def content(root: Path, config: Config, cache: Cache, reader: Reader) -> Content:
    """Looks through content/; raises Problems for what is wrong in any file there."""
    config = _worded(config)
    found, editorial = _read(root, config, cache)
    reader.knows(editorial.entities, root)
    sensitivity = Sensitivity(config.sensitive.warning, config.sensitive.entities, config.sensitive.words)
    folding = sensitivity.with_entries(editorial.entities)
    shares = Shares(root, config, cache, reader, found, editorial.decisions, folding)
    return Content(found, editorial, sensitivity, shares)


def join(root: Path, config: Config, cache: Cache, reader: Reader, progress: Progress) -> Archive:
    """Everything up to the joined archive: what pages, exports and `check` look at."""
    return _linked(content(root, config, cache, reader), reader, root, progress)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Joining makes millions of objects and next to no garbage: looking for it would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _worded(config: Config) -> Config:
    """An archive that has no warning of its own says ours in its language."""
    warning = config.sensitive.warning or Words(config.language).gettext(WARNING)
    return msgspec.structs.replace(config, sensitive=msgspec.structs.replace(config.sensitive, warning=warning))


def _read(root: Path, config: Config, cache: Cache) -> tuple[list[Found], Editorial]:
    """Finds every article, unopened; what is wrong in any file of content/ is raised together."""
    problems: list[Problem] = []
    found: list[Found] = []
    editorial = Editorial()
    try:
        editorial = read_editorial(root)
    except Problems as error:
        problems.extend(error.problems)
    try:
        found.extend(gather(root, config.language, cache))
    except Problems as error:
        problems.extend(error.problems)
    if problems:
        raise Problems(problems)
    return found, editorial
