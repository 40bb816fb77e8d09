"""How old the article says its people are: `Ada Poe, 44, lives there`, and later `the 44-year-old said`."""

from __future__ import annotations

import re

from builder.annotate.quotations.people import People

BEHIND = re.compile(r", (?:aged )?(\d{1,3})(?=[,.;])")
CALLED = re.compile(r"the (\d{1,3})-year-old\b", re.I)


def ages(text: str, people: People) -> dict[str, int]:
    """The age of each person, by entity, where an apposition tells it; the first one told."""
    found: dict[str, int] = {}
    for m in people.mentions:
        match = BEHIND.match(text, m.end)
        if match and people.person(m):
            found.setdefault(m.entity, int(match[1]))
    return found
