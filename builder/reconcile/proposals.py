"""Proposals as YAML that an editor can read, mend and paste into content/entities.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml
from msgspec import Struct

from builder.link.names import fold
from builder.model.archive import EntityRecord
from builder.reconcile.candidate import Candidate

HEAD = """# Identifiers proposed for names of this archive. Nothing of this counts until it stands in
# content/entities.yaml: look at each, and paste those that are right.
"""


class Proposal(Struct, frozen=True):
    """What to write for one entity: `chosen` where the authorities agree, `left` to decide.

    `where` is the entity's entry in content/entities.yaml, if it has one; `shared` tells that another entity of the
    archive has the same name, so that the entry must be limited to its articles.
    """

    record: EntityRecord
    chosen: tuple[Candidate, ...]
    left: tuple[Candidate, ...] = ()
    where: str = ""
    shared: bool = False


def written(proposals: Iterable[Proposal]) -> str:
    """Gives the whole YAML; what is undecided or belongs to an entry that stands already is a comment in it."""
    return "\n".join([HEAD, *(_one(p) for p in proposals)])


def _one(proposal: Proposal) -> str:
    record = proposal.record
    lines = [f"# {_line(record.name)} ({record.kind})"]
    lines += [f"#   {_told(c)}" for c in proposal.chosen]
    lines += [f"#   or: {_told(c)}" for c in proposal.left]
    if not proposal.chosen:
        lines.append("#   Undecided: add the right one's “identifiers” yourself.")
    elif proposal.where:
        lines.append(f"#   It stands at {proposal.where}; add there:")
        lines += [f"#     {line}" for line in _yaml({"identifiers": _identifiers(proposal)}).splitlines()]
    else:
        lines.append(_yaml([_entry(proposal)]).rstrip())
    return "\n".join(lines) + "\n"


def _entry(proposal: Proposal) -> dict[str, Any]:
    record = proposal.record
    aliases = [a for a in record.aliases if _means(record, a)]
    entry: dict[str, Any] = {"id": record.id, "name": record.name, "kind": record.kind}
    if aliases:
        entry["aliases"] = list({fold(a): a for a in reversed(aliases)}.values())[::-1]
    entry["identifiers"] = _identifiers(proposal)
    if proposal.shared:
        entry["articles"] = list(record.articles)
    return entry


def _means(record: EntityRecord, alias: str) -> bool:
    """Names that would not find the entity again without its entry: other words for it, but no lone surname."""
    if fold(alias) == fold(record.name):
        return False
    return " " in alias.strip() or (record.kind != "person" and alias.isupper())


def _identifiers(proposal: Proposal) -> dict[str, str]:
    return {c.scheme: c.id for c in proposal.chosen}


def _told(candidate: Candidate) -> str:
    description = f", {candidate.description}" if candidate.description else ""
    return _line(f"{candidate.scheme} {candidate.id}: {candidate.name}{description} ({candidate.source})")


def _line(words: str) -> str:
    """Words of others inside a comment must not end it."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
