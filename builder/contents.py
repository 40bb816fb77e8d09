"""What stands in content/: articles, what editors wrote about them, what each article gives the registers."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from builder.cache import Cache, key
from builder.config import Config
from builder.fingerprint import fingerprint
from builder.link.sensitive import Sensitivity
from builder.model.editorial import Editorial
from builder.problems import Problem, Problems
from builder.read.editorial import read as read_editorial
from builder.read.found import Gathered
from builder.read.gather import gather
from builder.reading import Reader
from builder.render.ready import Ready
from builder.render.warning import warning
from builder.shares import Shares

SOURCES = ("link", "model", "contents.py", "making.py", "pipeline.py", "revising.py", "registers.py")
_encode = msgspec.json.Encoder(order="deterministic").encode


class Content(Struct, frozen=True):
    """What stands in content/: articles, unopened, what editors decided, what each article gives the registers."""

    found: Gathered
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
    config = _worded(config, cache.folder)
    found, editorial = _read(root, config, cache)
    reader.knows(editorial.entities, root)
    sensitivity = Sensitivity(config.sensitive.warning, config.sensitive.entities, config.sensitive.words)
    folding = sensitivity.with_entries(editorial.entities)
    shares = Shares(root, config, cache, reader, found, editorial.decisions, folding)
    return Content(found, editorial, sensitivity, shares)


def _worded(config: Config, folder: Path | None) -> Config:
    """An archive that has no warning of its own says ours in its language."""
    words = config.sensitive.warning or warning(config.language, Ready(folder))
    return msgspec.structs.replace(config, sensitive=msgspec.structs.replace(config.sensitive, warning=words))


def _read(root: Path, config: Config, cache: Cache) -> tuple[Gathered, Editorial]:
    """Finds every article, unopened; what is wrong in any file of content/ is raised together."""
    problems: list[Problem] = []
    found = Gathered()
    editorial = Editorial()
    try:
        editorial = read_editorial(root, cache)
    except Problems as error:
        problems.extend(error.problems)
    try:
        found = gather(root, config.language, cache)
    except Problems as error:
        problems.extend(error.problems)
    if problems:
        raise Problems(problems)
    return found, editorial
