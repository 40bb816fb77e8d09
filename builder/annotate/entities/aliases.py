"""Second names that the text itself states: acronyms in brackets, "known as", "formerly", "or the"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from builder import authority
from builder.annotate.entities.kinds import best, shape
from builder.annotate.entities.lexicon import either, words
from builder.annotate.entities.names import Name, View
from builder.model.annotation import EntityKind

BRACKETED = re.compile(r" ?\((?:the )?([A-Z][A-Za-z&-]{0,9}[A-Z][a-z]?)\)")
WORD = re.compile(r"[\w&'-]+")
ADVERBS = f"(?:(?:{either('second_name_adverbs')}) )*"
# What may stand between a name and its second name.
BETWEEN = re.compile(
    rf"(?:,| [–—-]+)?(?: who| which)?(?: is| was| are| were)? \(?{ADVERBS}(?:known as|referred to as)(?: the)? [\"']?"
    r"|,?(?: [–—-]+)?(?: which| who)? \(?(?:is|was|also|formerly|previously|now|since|later)"
    r" (?:called|named|renamed|rebranded)(?: as)?(?: the)? [\"']?"
    r"|,? \(?(?:aka|a\.k\.a\.|alias|née|nee|formerly|previously)(?: the)? [\"']?"
)
COMMA_OR = re.compile(r", or (the )?[\"']?")
OR = re.compile(r" or (?:the )?")
KNOWN_AS = re.compile(r"(?:known|called|named|referred to)(?: as)?(?: the)? [\"']?$")
CLOSES = re.compile(r"[\"']?[,.;)]|$")
OWNS = re.compile(r"'s |s?' [a-z]|-")
OPEN = re.compile(r" \((?:the )?$")
CAP = r"[A-ZÀ-ÖØ-Þ][\w'-]*\w"
PHRASE = re.compile(rf"{CAP}(?: (?:(?:of|for|and|the) ){{0,2}}{CAP}){{0,5}}")


def defined(view: View, found: Sequence[Name]) -> Iterator[Name]:
    """Yields acronyms in brackets with the names before them that spell them, where that name has a kind."""
    ending = {name.end: name for name in found}
    for match in BRACKETED.finditer(view.text):
        start = _spelled(view, match.start(), match[1])
        kind = _kind(view, start, match.start(), ending.get(match.start()))
        if start is not None and kind:
            yield Name(start, match.start(), kind, 0.85)
            yield Name(*match.span(1), kind, 0.85)
        elif _foreign(view, ending.get(match.start()), match[1]):
            yield Name(*match.span(1), "organization", 0.7)


def _foreign(view: View, name: Name | None, letters: str) -> bool:
    """Capitals in brackets after a body's name are its short form in its own language, unless they are a country's."""
    if name is None or name.kind != "organization" or " " not in view.surface(name):
        return False
    record = authority.find(letters)
    return letters.isupper() and len(letters) > 2 and (record is None or record.kind == "organization")


def _kind(view: View, start: int | None, end: int, known: Name | None) -> EntityKind | None:
    weights = shape(" ".join(view.text[start or 0 : end].split())) if start is not None else {}
    kind = best(weights)
    if weights.get(kind, 0.0) >= 4.0 and kind != "person":
        return kind
    return known.kind if known and known.start == start and known.kind != "person" else None


def second(view: View, found: Sequence[Name]) -> Iterator[Name]:
    """Yields second names that stand where the text states one: after "known as", "formerly", ", or the"."""
    for name in found:
        gap = BETWEEN.match(view.text, name.end)
        either_or = None if gap else COMMA_OR.match(view.text, name.end)
        gap = gap or (either_or if either_or and either_or[1] else None)
        phrase = PHRASE.match(view.text, gap.end()) if gap else None
        if phrase and CLOSES.match(view.right(phrase.end())) and name.kind not in ("account", "hashtag"):
            yield Name(*phrase.span(), name.kind, 0.75)


def _spelled(view: View, end: int, acronym: str) -> int | None:
    """Where the words begin whose initials are the acronym's capitals; small words may give a letter or none."""
    letters = [c.lower() for c in acronym if c.isupper()]
    found = [m for m in WORD.finditer(view.left(end, 110)) if m.group()[0].isalpha()]
    base = end - len(view.left(end, 110))
    for word in reversed(found):
        if letters and word.group()[0].lower() == letters[-1]:
            letters.pop()
            if not letters:
                return base + word.start() if word.group()[0].isupper() else None
        elif word.group().lower() not in words("small"):
            return None
    return None


def initials(surface: str) -> str:
    """The capitals a name would be shortened to."""
    return "".join(w[0] for w in WORD.findall(surface) if w.lower() not in words("small") and w[0].isupper())


def pairs(view: View, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Yields the positions of two neighbouring names that the text says are one."""
    for i, (one, two) in enumerate(pairwise(names)):
        if two.start - one.end < 60 and _states(view, one, two) and _compatible(view, one, two):
            yield i, i + 1


def _states(view: View, one: Name, two: Name) -> bool:
    gap = view.text[one.end : two.start]
    if "\n" in gap:
        return False
    if BETWEEN.fullmatch(gap):
        return OWNS.match(view.right(two.end)) is None
    if OR.fullmatch(gap):
        return KNOWN_AS.search(view.left(one.start)) is not None
    if COMMA_OR.fullmatch(gap):
        listed = re.search(r"[A-Z][\w.-]+, (?:the )?$", view.left(one.start)) is not None
        said = "the" in gap or view.surface(two).isupper()
        return said and not listed and CLOSES.match(view.right(two.end)) is not None
    return bool(OPEN.fullmatch(gap)) and _shortens(view, one, two)


def _shortens(view: View, one: Name, two: Name) -> bool:
    if not view.right(two.end).startswith(")"):
        return False
    long, short = view.surface(one), view.surface(two)
    capitals = "".join(c for c in short if c.isupper())
    if (len(capitals) > 1 and initials(long) == capitals and " " not in short) or initials(short) == long:
        return True
    own_language = len(short) > 3 and one.kind == two.kind == "organization"
    return short.isupper() and " " in long and (short[0] == long[0] or own_language)


def _compatible(view: View, one: Name, two: Name) -> bool:
    if {one.kind, two.kind} & {"account", "hashtag"}:
        return False
    records = [authority.names().get(view.surface(n)) for n in (one, two)]
    return None in records or records[0] == records[1]


def agree(view: View, names: Sequence[Name]) -> list[Name]:
    """Gives two names of one the same kind: the one that the name itself tells, else the first one's."""
    kinds: dict[str, EntityKind] = {}
    for i, j in pairs(view, names):
        one, two = names[i], names[j]
        told = max(shape(view.surface(two)).values(), default=0.0) > max(shape(view.surface(one)).values(), default=0.0)
        kind = two.kind if told else one.kind
        kinds[view.surface(one)] = kinds[view.surface(two)] = kind
    return [replace(name, kind=kinds.get(view.surface(name), name.kind)) for name in names]
