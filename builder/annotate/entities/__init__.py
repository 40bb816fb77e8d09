"""Names in the text: of what kind, and which are the same one.

The steps, in order: rules that need no vote (handles, titles of works), the model's candidates and names
that its candidates missed, one kind for each surface form, the known names found again, who is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from builder.anchor import identify
from builder.annotate.document import Document
from builder.annotate.entities import aliases, casual, handles, kinds, propose, same, spread, teams, wire, works
from builder.annotate.entities.names import Name, View, longest, overlaps
from builder.annotate.entities.trim import trim
from builder.model.annotation import Annotation, Mention

VERSION = "2"
BY_MODEL = 0.7  # the confidence of candidates whose kind is still to be settled


def annotate(document: Document, found: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yields the document's mentions in text order; no two overlap."""
    view = View.of(document)
    by, listed = document.annotator("entities", VERSION), f"entities-listed@{VERSION}"
    names = read(view)
    for name, entity in zip(names, same.resolve(view, names, aliases.pairs(view, names)), strict=True):
        yield Mention(
            id=identify(document.text, "entity", name.start, name.end),
            start=name.start, end=name.end, exact=document.text[name.start : name.end], label=name.kind,
            entity=entity.id, name=entity.name, annotator=listed if name.listed else by, confidence=name.confidence,
        )  # fmt: skip


def read(view: View) -> list[Name]:
    """Gives the names of a text, each surface form of one kind, none overlapping another."""
    fixed = longest([*handles.find(view.document.text), *works.find(view), *wire.find(view), *teams.results(view)])
    free = [n for n in propose.from_model(view) if not overlaps(n, fixed)]
    if casual.is_casual(view):
        free = [n for n in (casual.prove(view, n) for n in free) if n]
        free += [n for n in casual.known(view) if not overlaps(n, fixed)]
    free += [n for n in spread.known(view) if not overlaps(n, fixed)]
    free += [n for n in teams.known(view) if not overlaps(n, fixed)]
    free += [n for n in wire.again(view, fixed) if not overlaps(n, fixed)]
    free += [n for n in aliases.defined(view, free) if not overlaps(n, fixed)]
    free = longest([*free, *(n for n in aliases.second(view, free) if not overlaps(n, fixed))])
    free = longest([*free, *(n for n in propose.from_runs(view, free) if not overlaps(n, fixed))])
    decided = kinds.decide(view, _by_surface(view, free))
    again = [n for n in spread.again(view, {s: v.kind for s, v in decided.items()}) if not overlaps(n, fixed)]
    kept = _joined(view, [_settled(view, n, decided) for n in longest([*free, *again])])
    kept = [n for n in kept if not _doubtful(view, n, decided)]
    kept = teams.settle(view, kept)
    kept += spread.listed(view, [*fixed, *kept])
    return aliases.agree(view, sorted([*fixed, *kept], key=lambda n: n.start))


def _by_surface(view: View, names: list[Name]) -> dict[str, list[Name]]:
    found: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        found[view.surface(name)].append(name)
    return found


def _joined(view: View, names: list[Name]) -> list[Name]:
    """Two persons with nothing but a space between them are one whose name the model broke."""
    out: list[Name] = []
    for name in names:
        if out and out[-1].kind == name.kind == "person" and view.text[out[-1].end : name.start] == " ":
            out[-1] = replace(out[-1], end=name.end)
        else:
            out.append(name)
    return out


def _doubtful(view: View, name: Name, decided: Mapping[str, kinds.Verdict]) -> bool:
    """Tells whether a single word is a work or an organization by the model's vote alone: such are seldom right."""
    surface = view.surface(name)
    verdict = decided.get(surface)
    if " " in surface or verdict is None or surface.isupper():
        return False
    return name.kind == "work" or (name.kind == "organization" and not verdict.supported)


def _settled(view: View, name: Name, decided: Mapping[str, kinds.Verdict]) -> Name:
    """Gives the name the kind of its surface form, and that verdict's confidence unless a rule is surer."""
    verdict = decided.get(view.surface(name))
    if verdict is None:
        return name
    sure = name.confidence if name.confidence > BY_MODEL else verdict.confidence
    settled = replace(name, kind=verdict.kind, confidence=sure)
    capital = view.text[name.start].isupper()  # names written small are whole as they are
    return (trim(view, settled) if capital else None) or settled
