"""Candidates: what the model found, and names that it missed and that their own words or surroundings prove."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from builder import authority
from builder.annotate.entities import sport
from builder.annotate.entities.junk import doubtful_line, is_junk
from builder.annotate.entities.kinds import HEADS, best, context, nickname, shape, weigh
from builder.annotate.entities.lexicon import either, words
from builder.annotate.entities.names import Name, View
from builder.annotate.entities.signs import RULED, SPEAKS, defined
from builder.annotate.entities.split import split
from builder.annotate.entities.trim import trim
from builder.model.annotation import EntityKind

LABELS: dict[str, EntityKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "NORP": "group", "FAC": "facility",
    "WORK_OF_ART": "work", "EVENT": "event", "LAW": "law", "PRODUCT": "product",
}  # fmt: skip
LONGEST_PERSON = 6  # spaces in a person's name
PROOF = 3.0  # the weight that a name the model missed needs
CAP = r"[A-ZÀ-ÖØ-ÞŁŚŞČŠŽ][\w'.-]*\w"
PARTICLES = rf"(?:(?:{either('particles')}) )"
RUN = re.compile(
    rf"(?<![\w@#.'-])(?:(?:St|Mt|Ft|(?:[A-Z]\.){{1,3}})\.? )?{CAP}(?: {PARTICLES}{{0,2}}(?:{CAP}|[A-Z]\.(?= [A-Z])))*"
)
AFTER_PARTY = re.compile(rf"(?:'s)? (?:{either('parties')})\b")
DEFINITE = re.compile(r"\b[Tt]he (?:[a-z-]+ )?$")
GIVEN = re.compile(rf"(?<![\w'-])({CAP}) (?:[A-Z]\. )?$")
TAIL = re.compile(rf" {PARTICLES}*{CAP}(?!\w)")
SYLLABLE = re.compile(r"-([^\W\d_]{2,})(?![\w-])")
PARTICLE = re.compile(rf"(?<!\w)(?:(?:(?:{either('particles')}) )+|(?:al|el)-)$")


def from_model(view: View) -> Iterator[Name]:
    """Yields the model's entities, split, trimmed, completed and without junk."""
    for paragraph in view.document.paragraphs:
        for ent in paragraph.doc.ents:
            if kind := LABELS.get(ent.label_):
                if not any(token.pos_ == "PROPN" for token in ent) and not _told(ent.text):
                    continue  # the model's tagger does not take the words for a name
                found = Name(paragraph.start + ent.start_char, paragraph.start + ent.end_char, kind, 0.7)
                for piece in split(view, found):
                    name = trim(view, piece)
                    name = name and whole(view, name)
                    if name and not is_junk(view, name) and not doubtful_line(view, name):
                        yield name


def _told(words_: str) -> bool:
    return max(shape(words_).values(), default=0.0) >= 1.5


def whole(view: View, name: Name) -> Name:
    """Gives a person's name with the given name and particles before it and the capitalised words after it."""
    surface = view.surface(name)
    left = view.left(name.start, 25)
    given = GIVEN.search(left)
    before = given is not None and given[1] in words("given_names") and not _told(surface)
    if name.kind != "person" and surface not in words("given_names") and not before:
        return name
    end = _end_of_person(view.text, name.end)
    if view.text[name.start : end].count(" ") > LONGEST_PERSON:
        return name
    if given and before:
        return replace(name, start=name.start - len(given.group()), end=end, kind="person")
    if (particle := PARTICLE.search(left)) and " " not in surface:
        return replace(name, start=name.start - len(particle.group()), end=end)
    return replace(name, end=end)


def _end_of_person(text: str, end: int) -> int:
    if (syllable := SYLLABLE.match(text, end)) and syllable[1] not in words("suffixes"):
        end = syllable.end()
    while (tail := TAIL.match(text, end)) and _part_of_name(tail.group().split()[-1]):
        end = tail.end()
    return end


def _part_of_name(word: str) -> bool:
    bare = word.removesuffix("'s").rstrip(".,'")
    low = bare.lower()
    if (bare.isupper() and len(bare) > 1) or bare in authority.names() or any(bare in words(n) for n, _ in HEADS):
        return False
    return not any(low in words(name) for name in ("junk", "titles", "function", "work_nouns"))


def from_runs(view: View, found: list[Name]) -> Iterator[Name]:
    """Yields capitalised words that no candidate covers, where what they are or what is around proves a name.

    A run whose head word tells its kind is also proposed where a candidate covers a part of it.
    """
    exact = {(name.start, name.end) for name in found}
    taken = {i for name in found for i in range(name.start, name.end)}
    people = {view.surface(name).rpartition(" ")[2] for name in found if name.kind == "person"}
    for match in RUN.finditer(view.text):
        for piece in split(view, _run(view, _begin(view, *match.span()), match.end())):
            name = trim(view, piece)
            if name is None or (name.start, name.end) in exact or view.surface(name) in people:
                continue
            covered = not taken.isdisjoint(range(name.start, name.end))
            proven = _headed(view, name) if covered else _proven(view, name)
            if proven and not is_junk(view, proven) and not doubtful_line(view, proven):
                yield proven


def _run(view: View, start: int, end: int) -> Name:
    """A run as a candidate, of the kind its words tell; a person's until more is known, so that titles fall away."""
    told = shape(" ".join(view.text[start:end].split()))
    kind = best(told)
    return Name(start, end, kind if told.get(kind, 0.0) >= 4.0 else "person", 0.6)


def _headed(view: View, name: Name) -> Name | None:
    surface = view.surface(name)
    kind = best(shape(surface))
    if view.sport and nickname(surface):
        return replace(name, kind="organization", confidence=0.7)
    strong = " " in surface and shape(surface).get(kind, 0.0) >= 4.0
    return replace(name, kind=kind, confidence=0.7) if strong else None


def _proven(view: View, name: Name) -> Name | None:
    surface = view.surface(name)
    if " " not in surface and view.opens_sentence(name.start) and surface not in words("given_names"):
        return _opening(view, name, surface)
    if " " not in surface and (_speaks(view, name, surface) or _ruled(view, name, surface)):
        return replace(name, kind="person")
    weights = weigh(view, surface, ())
    for kind, weight in context(view, name):
        weights[kind] += weight
    kind = best(weights)
    if weights[kind] >= PROOF:
        return replace(name, kind=kind)
    return replace(name, kind="organization") if _known_by_letters(view, surface) else None


def _opening(view: View, name: Name, surface: str) -> Name | None:
    """A word that opens a sentence is a name where the words after it tell what it is."""
    if surface.lower() in words("function"):
        return None
    if authority.doubtful().get(surface) and AFTER_PARTY.match(view.right(name.end)):
        return replace(name, kind=authority.doubtful()[surface].kind)
    if _acts(view, name, surface):
        return replace(name, kind="organization")
    if _speaks(view, name, surface):
        return replace(name, kind="person")
    played = view.sport and not view.counts[surface.lower()] and sport.sign("", view.right(name.end)) >= sport.TEAM
    kind = "organization" if played else defined(view, name.end)
    return replace(name, kind=kind) if kind else None


def _speaks(view: View, name: Name, surface: str) -> bool:
    """A proper noun that speaks, and stands in the text more than once but never small, is somebody's surname."""
    if view.counts[surface] < 2 or view.counts[surface.lower()] or _known(surface):
        return False
    if surface.lower() in words("titles") or view.left(name.start).endswith(("the ", "The ")):
        return False
    return SPEAKS.match(view.right(name.end)) is not None and view.is_proper(name.start)


def _ruled(view: View, name: Name, surface: str) -> bool:
    """Whose government or era it is, when no place or party of the name is known."""
    the = DEFINITE.search(view.left(name.start)) is not None
    return the and RULED.match(view.right(name.end)) is not None and not _known(surface) and view.is_proper(name.start)


def _known(surface: str) -> bool:
    return not surface[1:].islower() or bool(shape(surface).keys() - {"person"})


def _acts(view: View, name: Name, surface: str) -> bool:
    """Three capitals or more that speak, or have something, stand for a body."""
    right = view.right(name.end)
    letters = surface.isalpha() and surface.isupper() and len(surface) > 2
    return letters and (SPEAKS.match(right) is not None or right.startswith("'s "))


def _known_by_letters(view: View, surface: str) -> bool:
    """Capitals that a text repeats, also after "the", are a body's."""
    letters = surface.isalpha() and surface.isupper() and len(surface) > 2
    return letters and view.counts[surface] > 1 and f" the {surface} " in view.text


def _begin(view: View, start: int, end: int) -> int:
    """Leaves out a word that is capitalised only because it opens the sentence."""
    first, _, rest = view.text[start:end].partition(" ")
    if " " in rest and rest.split()[0] in words("given_names") and any(first in words(n) for n, _ in HEADS):
        return start + len(first) + 1
    if rest and first.lower() in words("function") and view.opens_sentence(start):
        return start + len(first) + 1
    return start
