"""Proposes identifiers for the archive's entities that have none; what is proposed is an editor's to take or leave.

Names are compared as the register compares them, never by likeness. One candidate of an authority file, or one that
a service calls a match, becomes a proposal; of several none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from builder import config
from builder.cache import opened_or_borrowed
from builder.model.archive import EntityRecord
from builder.model.editorial import Editorial, EntityEntry
from builder.pipeline import WORK, join
from builder.problems import Problem, Problems
from builder.read.editorial import read as read_editorial
from builder.reading import Reader
from builder.reconcile import authority_file, service
from builder.reconcile.candidate import Candidate
from builder.reconcile.proposals import Proposal, written

NEVER = ("account", "hashtag")  # they are identifiers themselves


def reconcile(root: Path, files: Sequence[Path], url: str, kinds: Sequence[str]) -> list[Proposal]:
    """Gives a proposal for every entity without identifiers of which candidates are known.

    Reads the archive at `root`, the authority `files` and, only where `url` is given, the reconciliation service
    there. Raises Problems for what cannot be read.
    """
    wanted, editorial = _without_identifiers(root, kinds)
    found: dict[str, list[Candidate]] = {record.id: [] for record in wanted}
    for file in files:
        for id, candidate in authority_file.candidates(file, wanted):
            found[id].append(candidate)
    if url:
        for id, candidate in service.candidates(url, [r for r in wanted if not found[r.id]]):
            found[id].append(candidate)
    entries = {entry.id: entry for entry in editorial.entities}
    shared = _shared_names(wanted)
    return [_proposal(r, found[r.id], entries.get(r.id), r.name in shared) for r in wanted if found[r.id]]


def _without_identifiers(root: Path, kinds: Sequence[str]) -> tuple[list[EntityRecord], Editorial]:
    settings = config.load(root)
    with opened_or_borrowed(root / WORK) as cache:
        archive = join(root, settings, cache, Reader(settings, cache), lambda stage, done, of: None)
        records = archive.entities.values()
        wanted = [r for r in records if not r.identifiers and r.kind not in NEVER and (not kinds or r.kind in kinds)]
    return wanted, read_editorial(root)


def _shared_names(records: Iterable[EntityRecord]) -> set[str]:
    names = [record.name for record in records]
    return {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()


def _proposal(record: EntityRecord, found: list[Candidate], entry: EntityEntry | None, shared: bool) -> Proposal:
    sure = [c for c in found if c.sure]
    distinct = {(c.scheme, c.id) for c in sure}
    by_scheme = {scheme: [id for s, id in sorted(distinct) if s == scheme] for scheme, _ in sorted(distinct)}
    agreed = tuple(c for c in sure if len(by_scheme[c.scheme]) == 1)
    chosen = tuple({(c.scheme, c.id): c for c in reversed(agreed)}.values())[::-1]
    left = tuple(c for c in found if (c.scheme, c.id) not in {(x.scheme, x.id) for x in chosen})
    return Proposal(record, chosen, left, entry.where if entry else "", shared)


def write(file: Path, text: str) -> None:
    """Writes the proposals to a new file; raises Problems rather than write over one."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        hint = "Name a file that does not exist yet, or take this one away."
        raise Problems([Problem(str(file), "stands there already and is not written over", hint)]) from None
    except OSError as error:
        raise Problems([Problem(str(file), f"cannot be written: {error.strerror}")]) from None


__all__ = ["Proposal", "reconcile", "write", "written"]
