"""The build, in order. Read this first: each stage takes one type and gives the next.

content/ --read--> Article --annotate--> annotations --review--> ReviewedArticle --collect--> Collected
         --link--> Archive --render--> OutputFile --publish--> site/
"""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from builder import config as configuration
from builder import publish
from builder.cache import Cache, alone, opened
from builder.config import Config
from builder.contents import content
from builder.ledger import Ledger, ledger
from builder.model.archive import Archive
from builder.problems import Problem, Problems
from builder.reading import Reader, Workforce
from builder.refilling import Refilling, refilling
from builder.registers import Joined
from builder.render.stamp import fingerprint as stamp
from builder.work.collector import no_collector
from builder.work.told import Ahead, Progress

WORK = ".glossator"  # the archive's own working folder: cache, staging, lock
# What is imported only where something is to be read, joined or made.
LATER = (
    "builder.link.linking",
    "builder.making",
    "builder.read.articles",
    "builder.read.yaml_lines",
    "builder.render.environment",
    "builder.render.mistakes",
    "builder.review",
    "lxml.etree",
    "pagefind.service",
)


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
    ahead: Ahead | None = None,
    sweep: publish.Sweep | None = None,
) -> Built:
    """Builds the archive at `root` into its published folder; raises Problems, and then publishes nothing.

    `ahead` is told where the files of changed pages wait until the build ends, as soon as all of them are made.
    `sweep` is a look at the published folder, where one has begun already; whoever began it closes it.
    """
    output = output or root / publish.OUTPUT
    _refuse_sources(root, output)
    config = configuration.load(root)
    work = root / WORK
    with alone(work), opened(work) as cache:
        publish.carry_through(work, output)  # also when content/ is wrong now: the site must be whole
        reader = Reader(config, cache, workforce)
        with refilling(work, output, sweep) as filled, ledger(work, stamp(config, root)) as kept:
            known = content(root, config, cache, reader)
            last = kept.joined()
            now = Joined(known.scope(), list(known.shares.addresses(last.batches if last else ())))
            reader.keep_listings(known.found)
            published = _left(kept, now.changed(last), filled, work)
            if published is None:
                with no_collector():  # all that joins and makes pages: not where nothing has changed
                    from builder.making import Given, make
                    from builder.rendering import Place

                place = Place(root, filled.output, work)
                published = make(Given(known, now, reader, config, place, progress, ahead), kept, filled)
            return Built(len(now), reader.read_anew, filled.publish(published))


def load_all() -> None:
    """Imports what the builds to come may need, all of one version: another one may be installed meanwhile."""
    for module in LATER:
        import_module(module)


def _left(kept: Ledger, changed: Collection[str] | None, filled: Refilling, work: Path) -> publish.Published | None:
    """What is published, where nothing at all has changed since it was; None where something has."""
    if changed is None or changed or filled.found() != kept.published():
        return None
    return publish.left(work, kept.files())


def _refuse_sources(root: Path, output: Path) -> None:
    """Pages among the files they are made of would be read, watched and committed as such."""
    for name in ("content", "templates", WORK):
        if output.resolve().is_relative_to((root / name).resolve()):
            raise Problems([Problem(str(output), f"lies in the archive's {name}/", "Publish to another folder.")])


def join(root: Path, config: Config, cache: Cache, reader: Reader, progress: Progress) -> Archive:
    """Everything up to the joined archive: what pages, exports and `check` look at."""
    from builder.making import linked

    return linked(content(root, config, cache, reader), reader, root, progress)
