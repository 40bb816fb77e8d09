"""Several names that the model took for one: at a slash, in a list, an office and who holds it, owner and owned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from builder import authority
from builder.annotate.entities.kinds import HEADS, best, shape
from builder.annotate.entities.lexicon import words
from builder.annotate.entities.names import Name, View
from builder.model.annotation import EntityKind

TOKEN = re.compile(r"\S+")
SLASH = re.compile(r"(?<=[^\W\d]{3})\s?/\s?(?=[^\W\d]{3})|(?<=\.)/(?=[A-Z])")
DASH = re.compile(r"\s+[–—-]+\s+")
AND = re.compile(r" (?:and|&) ")
BASED = re.compile(r"-(?:based|listed|headquartered)\s+")
WITHIN = re.compile(r" in (?=[A-Z])")
BELONGS = re.compile(r" of (?=[A-Z])")
COMMA = re.compile(r",\s")
LISTED = re.compile(r",\s|\s(?:&|\+|and)\s")
OWNER = re.compile(r"(?<=\w)(?:'s|(?<=s)')\s+(?=[A-Z])")
NAMES_TOO = frozenset({"don", "king", "brother", "chief", "mp"})  # titles that are also parts of names
OWNING = frozenset({"person", "organization", "place", "product", "group", "law"})
ADVERBIAL = re.compile(r" (?:in|on|for|from) (?=\w)")


def split(view: View, name: Name) -> Iterator[Name]:
    """Yields the names in the model's span."""
    pieces = [name] if name.kind == "work" else _apart(view, name)
    if name.kind in ("place", "organization", "facility"):
        pieces = [p for piece in pieces for p in _located(view, piece)]
    if name.kind in ("organization", "facility"):
        pieces = [p for piece in pieces for p in _within(view, piece)]
    if name.kind == "organization":
        pieces = [p for piece in pieces for p in _joined(view, piece)]
    if name.kind == "person":
        pieces = [p for piece in pieces for p in _cut(view.text, piece, LISTED)]
        pieces = [p for piece in pieces for p in _belonging(view, piece)]
    for piece in pieces:
        for part in _held(view.text, piece):
            yield from _owned(view, part)


def _apart(view: View, name: Name) -> list[Name]:
    pieces = [p for piece in _cut(view.text, name, SLASH) for p in _cut(view.text, piece, DASH)]
    pieces = [p for piece in pieces for p in _based(view, piece)]
    return [p for piece in pieces for p in _placed(view, piece)]


def _cut(text: str, name: Name, at: re.Pattern[str]) -> list[Name]:
    pieces, start = [], name.start
    for match in at.finditer(text, name.start, name.end):
        pieces.append(replace(name, start=start, end=match.start()))
        start = match.end()
    return [*pieces, replace(name, start=start)]


def _based(view: View, name: Name) -> list[Name]:
    """Where a body is based is no part of its name: "New Tolmer-based Harbour Trust"."""
    first, *rest = _cut(view.text, name, BASED)
    return [replace(first, kind="place"), *rest] if rest else [name]


def _within(view: View, name: Name) -> list[Name]:
    """A known place after "in" is where the body is: "University Hospital in Lisbon"."""
    pieces = _cut(view.text, name, WITHIN)
    placed = len(pieces) == 2 and shape(view.surface(pieces[1])).get("place", 0.0) >= 4.0
    return [pieces[0], replace(pieces[1], kind="place")] if placed else [name]


def _belonging(view: View, name: Name) -> list[Name]:
    """What follows "of" after a full name is where the person is from: "Ana Ruiz of Harbour Trust"."""
    pieces = _cut(view.text, name, BELONGS)
    if len(pieces) != 2 or " " not in view.surface(pieces[0]) or not _full_name(view.surface(pieces[0]), "person"):
        return [name]
    kind: EntityKind = "place" if _may_be_place(view.surface(pieces[1])) else "organization"
    return [pieces[0], replace(pieces[1], kind=kind)]


def _joined(view: View, name: Name) -> list[Name]:
    """Two bodies of which at least one is known to be a body by itself: "Tolmer and Reuters"."""
    pieces = _cut(view.text, name, AND)
    known = [record and record.kind == "organization" for record in (authority.find(view.surface(p)) for p in pieces)]
    return pieces if any(known) and authority.find(view.surface(name)) is None else [name]


def _located(view: View, name: Name) -> list[Name]:
    """A place after a comma is where the first one is: `Tolmer` and `Vermont` in "Tolmer, Vermont"."""
    pieces = _cut(view.text, name, COMMA)
    if not all(_may_be_place(view.surface(piece)) for piece in pieces[1:]):
        return [name]
    told = shape(view.surface(pieces[0]))
    own: EntityKind = best(told) if max(told.values(), default=0.0) >= 4.0 else "place"
    kinds: list[EntityKind] = [own if len(pieces) > 1 else name.kind] + ["place"] * (len(pieces) - 1)
    return [replace(piece, kind=kind) for piece, kind in zip(pieces, kinds, strict=True)]


def _may_be_place(surface: str) -> bool:
    return shape(surface).get("place", 0.0) >= 1.5


def _placed(view: View, name: Name) -> list[Name]:
    """What follows "in", "on" or "for" is no part of a person's name, nor of a name that the text uses without it."""
    match = ADVERBIAL.search(view.text, name.start, name.end)
    if match is None or name.kind in ("work", "law", "event"):
        return [name]
    alone = view.text[name.start : match.start()]
    used = view.text.count(alone) > view.text.count(view.text[name.start : name.end])
    return _cut(view.text, name, ADVERBIAL) if name.kind == "person" or (used and " " not in alone) else [name]


def _held(text: str, name: Name) -> list[Name]:
    """A title inside the span parts whose office it is from the person who holds it."""
    if name.kind not in ("person", "organization"):
        return [name]
    found = list(TOKEN.finditer(text, name.start, name.end))
    for before, title, after in reversed(list(zip(found, found[1:], found[2:], strict=False))):
        if before.group() not in words("given_names") and _is_title(title.group(), after.group(), name.kind):
            office = replace(name, end=before.end(), kind="organization", confidence=0.6)
            return [office, replace(name, start=after.start(), kind="person")]
    if name.kind == "organization" and len(found) == 3 and _headed_person(found[0].group(), found[1].group()):
        return [replace(name, end=found[0].end()), replace(name, start=found[1].start(), kind="person")]
    return [name]


def _headed_person(head: str, given: str) -> bool:
    return given in words("given_names") and any(head in words(heads) for heads, _ in HEADS)


def _is_title(word: str, after: str, kind: EntityKind) -> bool:
    low = word.lower().rstrip(".,")
    if low not in words("titles") or low in NAMES_TOO or not after[0].isupper():
        return False
    return kind == "person" or word[0].islower() or after in words("given_names")


def _owned(view: View, name: Name) -> Iterator[Name]:
    match = OWNER.search(view.text, name.start, name.end)
    if match is None or name.kind not in OWNING:
        yield name
        return
    owner, owned = replace(name, end=match.start()), replace(name, start=match.end())
    record = authority.find(view.surface(owner))
    if record and authority.find(view.surface(name)) is None and _body(view.surface(owned)):
        yield from (replace(owner, kind=record.kind), owned)
    elif _full_name(view.surface(owned), name.kind):
        kind: EntityKind = "person" if _full_name(view.surface(owner)) else "organization"
        yield from (replace(owner, kind=kind, confidence=0.6), replace(owned, kind="person"))
    elif _full_name(view.surface(owner)) or _body_of(view, owner, owned):
        yield from (replace(owner, kind="person"), owned)
    else:
        yield name


def _body(surface: str) -> bool:
    return max(shape(surface).values(), default=0.0) >= 4.0


def _body_of(view: View, owner: Name, owned: Name) -> bool:
    """A person's surname before a body of two words or more, where the text gives the full name or writes it alone."""
    surface = view.surface(owned)
    if " " not in surface or shape(surface).get("organization", 0.0) < 4.0:
        return False
    named = re.compile(rf"\b([A-Z][\w'-]+) {re.escape(view.surface(owner))}\b")
    return any(found[1] in words("given_names") for found in named.finditer(view.text))


def _full_name(surface: str, kind: str = "") -> bool:
    """Two to four words that begin with a given name, or that the model took for a person and no head word ends."""
    parts = surface.split()
    if not 2 <= len(parts) <= 4:
        return False
    headed = any(parts[-1] in words(name) for name, _ in HEADS)
    return parts[0] in words("given_names") or (kind == "person" and not headed)
