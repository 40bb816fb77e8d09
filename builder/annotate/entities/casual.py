"""Posts and comments: text whose capitals mean little, where the model errs most and names are written small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from builder import authority
from builder.annotate.entities.kinds import shape
from builder.annotate.entities.lexicon import either, words
from builder.annotate.entities.names import Name, View
from builder.model.annotation import EntityKind

MARKERS = re.compile(
    r"[!?]{2,}|\.{4,}|[\U0001F300-\U0001FAFF❤♥☺✌]|(?:^|[^\w@#])[:;]-?[()DP](?!\w)|(\w)\1{3,}"
    rf"|(?<![\w.])(?:{either('slang')})(?!\w)|(?:^|[.!?] )[a-z]+ (?=[a-z])"
)
ADDRESS = re.compile(r"(?<![\w/.])[@#]\w{3,}")
PER = 200  # characters of text for each marker, above which a text is taken for edited prose
POST = 3000  # characters; what is longer is no post
CERTAIN = ("person", "group")  # kinds that the model takes few other words for
TELLING = 2.5  # the weight of a name's own words that proves its kind
CAPITAL = re.compile(r"(?<![\w@#.'/-])[A-Z][a-z]{2,}(?![\w/-])")
LOWER = re.compile(r"(?<![\w@#.'/-])[a-z]{3,}(?![\w/-])")


def is_casual(view: View) -> bool:
    """Tells whether a text is a post or comment, by its marks, its slang and its small letters."""
    text = view.document.text
    if len(text) > POST:
        return False
    found = sum(1 for _ in MARKERS.finditer(view.text)) + sum(1 for _ in ADDRESS.finditer(text))
    unended = text.rstrip()[-1:].isalnum() and len(text) < 400 and not text.istitle()
    return (found + unended) * PER >= len(text)


def prove(view: View, name: Name) -> Name | None:
    """Gives the model's candidate its likelier kind in such a text, or None when only a capital speaks for it."""
    surface = view.surface(name)
    weights = shape(surface)
    told = max(weights.values(), default=0.0)
    if _shouted(surface) and (not weights if name.kind in CERTAIN else told < TELLING):
        return None
    if name.kind in CERTAIN or told >= TELLING or (name.kind == "place" and weights.get("place", 0.0) > 1.0):
        return name
    if " " in surface:
        return name if name.kind == "place" else None
    return replace(name, kind="person", confidence=0.5)  # a lone capital in a post is mostly somebody's


def _shouted(surface: str) -> bool:
    return surface.isupper() and sum(c.isalpha() for c in surface) > 2 and surface not in authority.names()


def known(view: View) -> Iterator[Name]:
    """Yields given names, which the model misses here even with their capital, and those and places written small."""
    for match in CAPITAL.finditer(view.text):
        if match.group() in words("given_names") and match.group().lower() not in words("ordinary"):
            yield Name(match.start(), match.end(), "person", 0.5)
    small = _small()
    for match in LOWER.finditer(view.text):
        if kind := small.get(match.group()):
            after = LOWER.match(view.text, match.end() + 1) if kind == "person" else None
            end = after.end() if after and after.group().capitalize() in words("surnames") else match.end()
            yield Name(match.start(), end, kind, 0.5)


@cache
def _small() -> dict[str, EntityKind]:
    found: dict[str, EntityKind] = {n.lower(): "person" for n in words("given_names") if len(n) > 3}
    for name, record in authority.names().items():
        if record.kind == "place" and name.istitle() and len(name) > 4:
            found[name.lower()] = "place"
    return {name: kind for name, kind in found.items() if name not in words("ordinary")}
