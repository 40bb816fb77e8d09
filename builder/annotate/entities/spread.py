"""Known names are found again everywhere in the document, and names of the authority file wherever they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from builder import authority
from builder.annotate.entities import teams
from builder.annotate.entities.junk import LINEAGE, doubtful_line, ordinary
from builder.annotate.entities.kinds import nickname
from builder.annotate.entities.lexicon import words
from builder.annotate.entities.names import Name, View, overlaps
from builder.model.annotation import EntityKind

MONTH_AFTER = re.compile(r"(?:\d|\b(?:in|of|by|since|until|last|next|early|late|mid|this))[ -]$")
DAY = re.compile(r",? \d")
LISTED = 0.9  # confidence of a name that the editors list
SURNAME = 0.7  # confidence of a surname found again; other names get that of their verdict
BESIDE_LEFT = re.compile(r"([A-Z][\w'-]*) $")
BESIDE_RIGHT = re.compile(r" ([A-Z][\w'-]*)")
FIRST = re.compile(r"(?<![\w@#])\w+")


class Finder:
    """Finds a fixed set of names in texts, longest first, whole words, case as written."""

    def __init__(self, kinds: Mapping[str, EntityKind]) -> None:
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        self._kinds = kinds
        for name in sorted(kinds, key=lambda n: (-len(n), n)):
            if first := FIRST.match(name):
                self._by_first[first.group()].append(name)

    def find(self, text: str, confidence: float) -> Iterator[Name]:
        """Yields every occurrence; two may overlap."""
        for match in FIRST.finditer(text):
            for name in self._by_first.get(match.group(), ()):
                end = match.start() + len(name)
                if text.startswith(name, match.start()) and not _inside(text, end) and not _dated(text, match):
                    yield Name(match.start(), end, self._kinds[name], confidence)
                    break


def _dated(text: str, word: re.Match[str]) -> bool:
    """A surname that is also a month is the month beside a number or after "in"."""
    if word.group() not in words("numbered"):
        return False
    return bool(MONTH_AFTER.search(text[max(0, word.start() - 8) : word.start()]) or DAY.match(text, word.end()))


def _inside(text: str, end: int) -> bool:
    if end >= len(text):
        return False
    return text[end].isalnum() or text[end] == "_" or (text[end - 1] == "." and text[end : end + 1].isalnum())


def known(view: View) -> Iterator[Name]:
    """Yields names of the authority file, places also where they are set in capitals."""
    yield from _authority().find(view.text, 0.9)


def listed(view: View, found: Sequence[Name]) -> Iterator[Name]:
    """Yields names of the editors' list where they stand and nothing was found: never inside another name."""
    for name in Finder(dict(view.document.listed)).find(view.text, LISTED):
        word = view.surface(name)
        alone = " " not in word and ordinary(view, word)
        if not alone and not overlaps(name, found) and not _in_longer(view, name, found):
            yield replace(name, listed=True)


def _in_longer(view: View, name: Name, found: Sequence[Name]) -> bool:
    """Whether a capitalised word beside the name may be a part of it: one that is no title and no name itself."""
    before, after = BESIDE_LEFT.search(view.left(name.start)), BESIDE_RIGHT.match(view.right(name.end))
    left = before is not None and not view.opens_sentence(name.start - len(before.group()))
    near = [(m[1], name.start if m is before else name.end) for m in (before if left else None, after) if m]
    named = {n.end + 1 for n in found} | {n.start - 1 for n in found}
    return any(at not in named and not word.isupper() and word.lower() not in words("titles") for word, at in near)


@cache
def _authority() -> Finder:
    kinds: dict[str, EntityKind] = {}
    for name, record in authority.names().items():
        kinds[name] = record.kind
        if record.kind == "place" and len(name) > 3:
            kinds[name.upper()] = "place"
    return Finder(kinds)


def again(view: View, kinds: Mapping[str, EntityKind]) -> Iterable[Name]:
    """Yields further occurrences of the names that were found in this document, and of the surnames of its people."""
    surnames = _surnames(view, kinds)
    for name in Finder({**_short_bodies(view, kinds), **surnames, **kinds}).find(view.text, SURNAME):
        word = view.surface(name)
        if word in kinds or not _by_chance(view, name, word):
            yield name


def _by_chance(view: View, name: Name, word: str) -> bool:
    """An ordinary word has its capital by its place at the beginning of a sentence, or in a line of capitals."""
    return ordinary(view, word) and (view.opens_sentence(name.start) or doubtful_line(view, name))


def _short_bodies(view: View, kinds: Mapping[str, EntityKind]) -> dict[str, EntityKind]:
    """`Brightwater` of the "Brightwater Group", where the text has no other use for the word."""
    found: dict[str, EntityKind] = {}
    for surface, kind in kinds.items():
        short, _, head = surface.rpartition(" ")
        if kind == "organization" and head in words("left_out") and " " not in short and len(short) > 3:
            named = short in words("given_names") or short in words("surnames") or short in authority.names()
            if not named and not view.counts[short.lower()]:
                found[short] = "organization"
        elif kind == "organization" and nickname(surface) and not view.counts[head.lower()]:
            found[head] = "organization"
    if view.sport:
        clubs = teams.shorts(surface for surface, kind in kinds.items() if kind == "organization")
        found.update({short: "organization" for short in clubs if authority.find(short) is None and short not in kinds})
    return found


def _surnames(view: View, kinds: Mapping[str, EntityKind]) -> dict[str, EntityKind]:
    found: dict[str, EntityKind] = {}
    for surface, kind in kinds.items():
        parts = LINEAGE.sub("", surface).split()
        if kind != "person" or len(parts) < 2:
            continue
        for word in (parts[-1], *(parts[:1] if parts[0] in words("given_names") else ())):
            if len(word) > 1 and word[0].isupper() and word not in authority.names():
                found[word] = "person"
    return found
