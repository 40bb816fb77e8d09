"""What looks like a name and is none."""

from __future__ import annotations

import re

from builder import authority
from builder.annotate.entities.kinds import head, shape
from builder.annotate.entities.lexicon import either, words
from builder.annotate.entities.names import Name, View

RULED = frozenset({"account", "hashtag"})
NAMED = frozenset({"person", "organization", "place"})
LONGEST = 90  # code points of a name
WORD = re.compile(r"[^\W\d_][\w'-]*")
LINEAGE = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
DATED = re.compile(rf"(?:(?:{either('numbered')})\.?[ ,]*)+[\dIVXA-H., ]+")
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
DAY = re.compile(rf"(?:{DAY_NUMBER} {MONTH}|{MONTH} {DAY_NUMBER}|{MONTH})(?:,? \d{{4}})?")
OFFICE = re.compile(r"(?:[Mm]inister|[Ss]ecretary) (?:of|for) (?:the )?$")
OFFICE_OF = re.compile(r"(\w+)(?: General)? of ")
ABSTRACT = re.compile(r"[A-Z][a-z]+(?:ism|phobia)")
PORTFOLIO = re.compile(r" (?:[Mm]inister|[Ss]ecretary|MINISTER)\b")
NUMBER = re.compile(r"[IVX]+")  # in Roman letters
HEAD_OF = re.compile(r"(?:\w+ )?Heads? of (?:State|Government)")
BROKEN = re.compile(r"[@=<>{}|_]|://|www\.")


def is_junk(view: View, name: Name) -> bool:
    """Tells whether the words are a caption, a date, a portfolio, or an ordinary word with a capital."""
    surface = view.surface(name)
    if name.kind in RULED or surface in authority.names():
        return False
    if not 2 <= len(surface) <= LONGEST or not any(c.isupper() for c in surface):
        return True
    if all(part.strip(".,").lower() in words("junk") for part in surface.split()):
        return True
    if (office := OFFICE_OF.match(surface)) and office[1].lower() in words("titles") - words("nobles"):
        return True
    if (
        BROKEN.search(surface)
        or DATED.fullmatch(surface)
        or DAY.fullmatch(surface)
        or HEAD_OF.fullmatch(surface)
        or PORTFOLIO.match(view.right(name.end))
    ):
        return True
    if name.kind in NAMED and " " in surface and head(surface) == surface.split()[-1] in words("thing_heads"):
        return True
    if surface in words("letters") or ABSTRACT.fullmatch(surface) or NUMBER.fullmatch(surface):
        return True
    return " " not in surface and ordinary(view, surface)


def ordinary(view: View, word: str) -> bool:
    """Tells whether the same text writes a single word small as often as not; acronyms are never ordinary."""
    if word.isupper():
        return False
    small = view.counts[word.lower()]
    return small > 0 and small >= view.counts[word]


def doubtful_line(view: View, name: Name) -> bool:
    """Tells whether the name stands in a headline, where every word has a capital, and nowhere else in the text.

    In a headline the model takes verbs for surnames; a name that the text below repeats is found there.
    """
    start = view.text.rfind("\n", 0, name.start) + 1
    end = view.text.find("\n", name.end)
    line = view.text[start : len(view.text) if end < 0 else end].strip()
    if name.kind in RULED or len(line) > 160 or not _headline(line):
        return False
    if shape(view.surface(name)).get("person", 0.0) >= 4.0:
        return False
    return view.text.count(view.text[name.start : name.end]) < 2


def _headline(line: str) -> bool:
    long = [word.group() for word in WORD.finditer(line) if len(word.group()) > 3]
    if len(long) < 4 or line.startswith("By ") or not line[-1].isalnum():
        return False
    return sum(word[0].isupper() for word in long) > 0.85 * len(long)
