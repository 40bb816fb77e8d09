"""Reported clauses by grammar: who said or thought what without quotation marks needing to tell.

Every rule takes a token and yields frames; the rules of a profile are listed in one visible place below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document, Paragraph, Profile
from builder.annotate.quotations import attitudes, bidding, nominal, reporting
from builder.annotate.quotations.frame import Frame
from builder.annotate.quotations.marks import Quoted

if TYPE_CHECKING:
    from spacy.tokens import Token

Rule = Callable[[Paragraph, int, "Token"], Iterator[Frame]]
# A wish or a plan is somebody's: without a holder the words are the article's own.
HOLDING = frozenset({"attitude", "about", "wants", "noun-plan", "names"})

CLAUSES = frozenset({"clause", "fronted", "parenthesis", "according"})
MENTIONED = frozenset({"shows", "calls", "vows", "urges", "noun", "asks"})

SPEECH: tuple[Rule, ...] = (
    reporting.says_clause,
    reporting.unmarked,
    reporting.parenthesis,
    reporting.gapped,
    reporting.according_to,
    reporting.asks,
    reporting.shows,
    bidding.implores,
    bidding.vows,
    bidding.calls_for,
    nominal.noun_that,
    nominal.carried,
)
ATTRIBUTION: tuple[Rule, ...] = (
    *SPEECH,
    bidding.urges,
    bidding.wants,
    bidding.talks_about,
    attitudes.thinks,
    attitudes.attitude,
    attitudes.names,
    attitudes.state,
    attitudes.seems,
    attitudes.held,
    attitudes.hearsay,
    nominal.noun_thought,
    nominal.noun_plan,
    nominal.noun_of,
)
RULES: dict[Profile, tuple[Rule, ...]] = {"speech": SPEECH, "attribution": ATTRIBUTION}


def frames(document: Document, quoted: Sequence[Quoted]) -> list[Frame]:
    """Gives every act of saying that the profile's rules find outside quotation marks, in text order."""
    rules = RULES[document.profile]
    found: list[Frame] = []
    for index, line in enumerate(document.paragraphs):
        inside = [(q.start, q.end) for q in quoted if q.paragraph == index]
        for token in line.doc:
            at = line.start + token.idx
            if token.is_punct or token.is_space or any(a <= at < b for a, b in inside):
                continue
            for rule in rules:
                found.extend(rule(line, index, token))
    found = [f for f in found if f.speaker is not None or f.rule not in HOLDING]
    return [f for f in found if not _mentioned(f, found)] if document.profile == "speech" else found


def _mentioned(frame: Frame, found: Sequence[Frame]) -> bool:
    """What one speaker tells of another's act of speech: `Smith said residents complained about the noise`."""
    start, end = frame.contents[0][0], frame.contents[-1][1]
    holding = (r for f in found if f is not frame and f.rule in CLAUSES for r in f.contents)
    return frame.rule in MENTIONED and any(a <= start and end <= b for a, b in holding)
