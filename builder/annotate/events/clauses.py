"""Several dated happenings in one sentence, each with the clause that tells it.

Verbs that stand side by side cut the sentence into pieces; a subordinate clause with a date of its own is a
happening besides. Where a date does not lie in its verb's piece, the sentence is left whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.annotate.events.dating import MAIN, Dating, beside, peer
from builder.annotate.events.lexicon import PLANS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
PLACES = ("GPE", "LOC", "FAC")
Part = tuple[int, int]  # tokens of the doc, half open


@dataclass(frozen=True, slots=True)
class Clause:
    """A happening and the tokens that tell it; `parts` are those in which its participants are named."""

    dating: Dating
    start: int
    end: int
    parts: tuple[Part, ...]


def clauses(sentence: Span, found: Sequence[Dating]) -> list[Clause]:
    """Gives one clause for each dated happening of the sentence, in order, no two with the same tokens."""
    datings = _one_each(found)
    best = min(datings, key=lambda d: (d.rank, d.time.edtf is None, d.time.start))
    whole = Clause(best, sentence.start, sentence.end, ((sentence.start, sentence.end),))
    if best.rank != MAIN or len(datings) == 1:
        return [whole]
    together = [d for d in datings if d.rank == MAIN and (d is best or beside(d.verb, best.verb))]
    pieces = _pieces(sentence, together) or [whole]
    nested = [c for d in datings if d not in together and (c := _nested(d, pieces))]
    inner = [(c.dating.verb.left_edge.i, c.end) for c in nested]
    pieces = [Clause(p.dating, p.start, p.end, tuple(_without(p.parts, inner))) for p in pieces]
    distinct = {(c.start, c.end): c for c in [*nested, *pieces]}
    return sorted(distinct.values(), key=lambda c: (c.start, c.end))


def _one_each(found: Sequence[Dating]) -> list[Dating]:
    """The best dating of each verb and of each date: `on Monday` twice is one day."""
    verbs: dict[int, Dating] = {}
    for d in sorted(found, key=lambda d: (d.rank, d.time.edtf is None, d.time.start)):
        verbs.setdefault(d.verb.i, d)
    days: dict[str, Dating] = {}
    for d in verbs.values():
        days.setdefault(d.time.edtf or d.time.exact.lower(), d)
    return list(days.values())


def _pieces(sentence: Span, together: Sequence[Dating]) -> list[Clause]:
    """The sentence cut before each further verb with what belongs to it; empty where a date lies across a cut."""
    ordered = sorted(together, key=lambda d: d.verb.i)
    starts = [sentence.start, *(_begins(d, after) for after, d in pairwise(ordered))]
    ends = [*(_settled(sentence, at) for at in starts[1:]), sentence.end]
    pieces: list[Clause] = []
    if any(start == end for start, end in zip(starts[1:], ends, strict=False)):
        return []  # neither `and` nor a comma parts them
    for dating, start, end in zip(ordered, starts, ends, strict=True):
        if not (start <= dating.first and dating.last <= end and start <= dating.verb.i < end):
            return []
        who = [] if _subject(dating.verb) or not pieces else _shared(dating.verb)
        pieces.append(Clause(dating, start, end, (*who, (start, end))))
    return pieces


def _begins(dating: Dating, before: Dating) -> int:
    """The first word of a verb's clause that stands behind the verb and the date before."""
    past = max(before.verb.i + 1, before.last)
    own = [c.left_edge.i for c in dating.verb.lefts if c.left_edge.i >= past and c.dep_ not in ("punct", "cc")]
    return min([*own, dating.verb.i])


def _settled(sentence: Span, end: int) -> int:
    """Where a piece ends without the comma and the `and` that lead to the next."""
    while end > sentence.start and sentence.doc[end - 1].dep_ in ("punct", "cc"):
        end -= 1
    return end


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)


def _shared(verb: Token) -> Iterator[Part]:
    """The subject of the verb that this one stands beside."""
    above = peer(verb)
    while above is not None:
        verb, above = above, peer(above)
        if subject := _subject(verb):
            yield subject.left_edge.i, subject.right_edge.i + 1
            return


def _nested(dating: Dating, pieces: Sequence[Clause]) -> Clause | None:
    """A subordinate clause that tells what happened; with the noun it says something of."""
    verb = dating.verb
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    if verb.dep_ not in ("relcl", "advcl") or not _has_happened(verb):
        return None
    if not (start <= dating.first and dating.last <= end):
        return None
    if any(start <= p.dating.verb.i < end or (start < p.dating.last and p.dating.first < end) for p in pieces):
        return None
    if verb.dep_ == "relcl":
        if verb.head.ent_type_ in PLACES and any(c.lower_ in ("who", "whom") for c in verb.lefts):
            return None  # people from Syria who applied: the parser took the wrong noun
        start = verb.head.left_edge.i
    return Clause(dating, start, end, ((start, end),))


def _has_happened(verb: Token) -> bool:
    """True of a plain past with its own subject that is not denied and no plan."""
    if not _subject(verb) or verb.lemma_.lower() in PLANS:
        return False
    if any(c.dep_ == "neg" for c in verb.children):
        return False
    return verb.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in verb.children)


def _without(parts: Sequence[Part], inner: Sequence[Part]) -> Iterator[Part]:
    """The parts with what lies in an inner clause taken out."""
    for start, end in parts:
        for first, last in sorted(i for i in inner if start <= i[0] and i[1] <= end):
            yield start, first
            start = last
        yield start, end
