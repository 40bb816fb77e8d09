"""In a sports report a city's name is often its team's: told apart occurrence by occurrence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from builder import authority
from builder.annotate.entities.lexicon import either
from builder.annotate.entities.names import Name, View

SPORT = re.compile(rf"\b(?:{either('sport')})\b", re.I)
BEFORE = re.compile(rf"\b(?:{either('before_teams')}) $", re.I)
AFTER = re.compile(rf"(?:'s)? (?:{either('after_teams')})\b|,? ?\(?\d+-\d+| \d+[,.;]")
OFTEN = 2  # signs of a team, above which a name needs none of its own
ENOUGH = 4  # words of match reports in a text


def is_report(view: View) -> bool:
    """Tells whether the text is about matches."""
    return sum(1 for _ in zip(SPORT.finditer(view.text), range(ENOUGH), strict=False)) == ENOUGH


def settle(view: View, names: list[Name]) -> list[Name]:
    """Gives names of places that stand for teams the kind organization.

    A name that is a team's twice is one wherever nothing says that it is where something happens.
    """
    if not is_report(view):
        return names
    signs = Counter(view.surface(n) for n in names if n.kind == "place" and is_team(view, n))
    return [
        replace(n, kind="organization") if n.kind == "place" and _played(view, n, signs[view.surface(n)]) else n
        for n in names
    ]


def _played(view: View, name: Name, signs: int) -> bool:
    return is_team(view, name) or (signs >= OFTEN and not _where(view, name))


def is_team(view: View, name: Name) -> bool:
    """Tells whether the words around a city's or region's name speak of a team; a country's team stays the country."""
    record = authority.find(view.surface(name))
    if (record is not None and record.country) or _where(view, name):
        return False
    left, right = view.left(name.start, 24), view.right(name.end)
    return BEFORE.search(left) is not None or AFTER.match(right) is not None


def _where(view: View, name: Name) -> bool:
    return view.left(name.start, 24).endswith((" in ", " from ", " near ", " around ", " across ", "In "))
