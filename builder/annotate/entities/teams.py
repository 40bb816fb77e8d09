"""In a sports report a city's name is often its team's: told apart occurrence by occurrence."""

from __future__ import annotations

import re

from builder import authority
from builder.annotate.entities.lexicon import either
from builder.annotate.entities.names import Name, View

SPORT = re.compile(rf"\b(?:{either('sport')})\b", re.I)
BEFORE = re.compile(rf"\b(?:{either('before_teams')}) $", re.I)
AFTER = re.compile(rf"(?:'s)? (?:{either('after_teams')})\b|,? ?\(?\d+-\d+| \d+[,.;]")
ENOUGH = 4  # words of match reports in a text


def is_report(view: View) -> bool:
    """Tells whether the text is about matches."""
    return sum(1 for _ in zip(SPORT.finditer(view.text), range(ENOUGH), strict=False)) == ENOUGH


def is_team(view: View, name: Name) -> bool:
    """Tells whether the words around a city's or region's name speak of a team; a country's team stays the country."""
    record = authority.find(view.surface(name))
    if record is None or record.country:
        return False
    left = view.left(name.start, 24)
    if left.endswith((" in ", " from ", " near ")):
        return False
    return BEFORE.search(left) is not None or AFTER.match(view.right(name.end)) is not None
