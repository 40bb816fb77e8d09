"""In a sports report a city's name is often its team's: told apart occurrence by occurrence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from builder import authority
from builder.annotate.entities import sport
from builder.annotate.entities.kinds import nickname
from builder.annotate.entities.lexicon import words
from builder.annotate.entities.names import Name, View
from builder.model.annotation import EntityKind

TEAM = r"[A-ZÀ-ÖØ-Þ][\w.'&-]*(?: (?:[A-ZÀ-ÖØ-Þ][\w.'&-]*|\d\d)){0,3}"
RESULT = re.compile(rf"^({TEAM}) (?:\d{{1,3}},? ({TEAM}) \d{{1,3}}|v ({TEAM}))(?: \([^\n]*\))?$", re.M)
CALLED = re.compile(r"(?<![\w@#'-])[A-Z][a-z]+(?!\w|-\w| [A-Z])")
PLACING = (" in ", " from ", " near ", " around ", " across ", "In ")
INSIDE = (" in ", " near ", "In ")
OUTSIDE = (" of ", " outside ", " to ")
LONGER = re.compile(r" [A-Z(]|, [A-Z]")
OFTEN = 2  # signs of a team, above which the name of a known place needs none of its own


def settle(view: View, names: list[Name]) -> list[Name]:
    """Gives names of places that stand for teams the kind organization, and back where something is in the place.

    A name that is a team's twice, or a part of a team's, is one wherever nothing says that something happens there.
    """
    if not view.sport:
        return names
    signs = Counter(view.surface(n) for n in names if n.kind == "place" and is_team(view, n))
    signs.update(dict.fromkeys(shorts(view.surface(n) for n in names if n.kind == "organization"), OFTEN))
    return [replace(n, kind=_kind(view, n, signs[view.surface(n)])) for n in names]


def _kind(view: View, name: Name, signs: int) -> EntityKind:
    if name.kind == "place" and _played(view, name, signs):
        return "organization"
    surface = view.surface(name)
    unknown = name.kind == "organization" and " " not in surface and authority.find(surface) is None
    return "place" if unknown and view.left(name.start, 24).endswith(INSIDE) else name.kind


def _played(view: View, name: Name, signs: int) -> bool:
    enough = OFTEN if authority.find(view.surface(name)) else 1
    return is_team(view, name) or (signs >= enough and not _where(view, name) and not _elsewhere(view, name))


def is_team(view: View, name: Name) -> bool:
    """Tells whether the words around a city's or region's name speak of a team; a country's team stays the country."""
    return not _where(view, name) and sport.sign(view.left(name.start), view.right(name.end)) > 0


def _where(view: View, name: Name) -> bool:
    """Tells whether the name is a country's, or that of a place where something happens."""
    record = authority.find(view.surface(name))
    return (record is not None and record.country) or view.left(name.start, 24).endswith(PLACING)


def _elsewhere(view: View, name: Name) -> bool:
    """Tells whether the name may be a part of a longer one or of where something else is."""
    return bool(LONGER.match(view.right(name.end))) or view.left(name.start, 24).endswith(OUTSIDE)


def results(view: View) -> Iterator[Name]:
    """Yields the two teams of each line that is a result or a fixture: "Tolmer 2 Harwick 1", "Tolmer v Harwick"."""
    found = list(RESULT.finditer(view.text))
    for match in found if view.sport or len(found) > 1 else ():
        for group in (1, 2, 3):
            if match[group]:
                record = authority.find(match[group])
                kind: EntityKind = "place" if record and record.country else "organization"
                yield Name(*match.span(group), kind, 0.8)


def known(view: View) -> Iterator[Name]:
    """Yields what teams that everybody knows are called, where a sentence's beginning does not explain the capital."""
    for match in CALLED.finditer(view.text) if view.sport else ():
        word = match.group()
        common = view.counts[word.lower()] or (view.opens_sentence(match.start()) and not _acts(view, match))
        if word in _called() and not common:
            yield Name(*match.span(), "organization", 0.75)


def _acts(view: View, match: re.Match[str]) -> bool:
    return sport.sign("", view.right(match.end())) >= sport.MANY


@cache
def _called() -> frozenset[str]:
    full = [name for record in authority.records() if record.kind == "organization" for name in record.sure]
    plural = {name.rpartition(" ")[2] for name in full if nickname(name)}
    return frozenset(plural | {name for name, record in authority.doubtful().items() if record.kind == "organization"})


def shorts(surfaces: Iterable[str]) -> Iterator[str]:
    """Yields what teams are also called: the word that clubs share, and what is left of the name without it."""
    for surface in surfaces:
        first, _, rest = surface.partition(" ")
        home, _, last = surface.rpartition(" ")
        if rest and first in words("club_starts"):
            yield from (short for short in (first, rest) if len(short) > 3)
        elif home and (last in words("club_ends") or nickname(surface)):
            yield from (home, last)
