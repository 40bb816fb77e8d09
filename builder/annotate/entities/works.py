"""Titles of works: words in quotation marks, written as titles are, after a word that announces one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.annotate.entities.lexicon import words
from builder.annotate.entities.names import Name, View

# Either kind of quotation mark; a closing one may be missing at a paragraph's end but never crossed.
QUOTED = re.compile(
    r'(?<![\w.,!?])"(?=\S)(?P<double>[^"\n]{2,120}?)(?<=\S)"'
    r"|(?<!\w)'(?=\S)(?P<single>[^'\n\"]{2,100}(?:'s [^'\n\"]{2,100})?)'(?!\w)"
)
WORD = re.compile(r"[^\W_][\w'.-]*")
AFTER = re.compile(r"\s*\(?,?\s*(?:is|was) (?:a|an|the) (?:[\w-]+ ){0,2}(\w+)|\s*\((?:19|20)\d\d\)")


def find(view: View) -> Iterator[Name]:
    """Yields the title between the marks, without the comma that house styles put inside."""
    for match in QUOTED.finditer(view.text):
        start, end = match.span("double" if match["double"] else "single")
        end = start + len(view.text[start:end].rstrip(" ,.;"))
        if _titled(view.text[start:end]) and _announced(view, match.start(), match.end()):
            yield Name(start, end, "work", 0.85)


def _titled(text: str) -> bool:
    found = WORD.findall(text)
    if not found or len(found) > 14 or not (found[0][0].isupper() or found[0][0].isdigit()):
        return False
    return all(w[0].isupper() or w[0].isdigit() or w.lower() in words("small") for w in found)


def _announced(view: View, start: int, end: int) -> bool:
    nouns = words("work_nouns")
    clause = re.split(r"[.!?;\"]\s", view.left(start, 60))[-1]
    before = [w.strip("',.:()").lower().removesuffix("'s") for w in clause.split()]
    if any(w in nouns for w in before[-6:]):
        return True
    after = AFTER.match(view.right(end, 50))
    return bool(after and (after[1] is None or after[1].lower() in nouns))
