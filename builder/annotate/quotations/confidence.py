"""How often a reading is right, by its form and the construction it was read by.

Right means: at least half of the words are the gold's, and so is the speaker. Measured on every fourth article of
PolNeAR train (attribution profile); on PolNeAR dev, of those given 0.9 or more, more than nine in ten were right.
`python tests/annotate/calibrate_quotations.py` measures the shares anew; a rule that changes wants a new share.
"""

from __future__ import annotations

from builder.annotate.quotations import lexicon
from builder.annotate.quotations.assemble import Said

GRADED = frozenset({"after", "clause", "fronted", "parenthesis", "before", "gapped"})
SHARES = {
    "direct/after/say": 0.97,
    "direct/after/plain": 0.96,
    "indirect/fronted/say": 0.94,
    "indirect/clause/that/close": 0.92,
    "direct/before/next": 0.91,
    "mixed/clause/close": 0.89,
    "indirect/parenthesis/say": 0.86,
    "direct/signed": 0.85,
    "indirect/clause/say/close": 0.85,
    "indirect/clause/close": 0.83,
    "mixed/names": 0.83,
    "mixed/fronted/say": 0.82,
    "direct/before/say": 0.81,
    "indirect/clause/say": 0.80,
    "mixed/clause/say/close": 0.80,
    "mixed/parenthesis/plain": 0.79,
    "indirect/clause/plain": 0.78,
    "direct/after": 0.77,
    "direct/before": 0.77,
    "indirect/according": 0.76,
    "indirect/shows": 0.76,
    "mixed/clause/say": 0.76,
    "mixed/vows": 0.76,
    "mixed/parenthesis/say": 0.75,
    "direct/before/plain": 0.74,
    "indirect/clause": 0.74,
    "indirect/parenthesis/plain": 0.74,
    "direct/floating": 0.67,
    "direct/transcript": 0.66,
    "indirect/vows": 0.66,
    "direct/colon": 0.65,
    "indirect/names": 0.65,
    "mixed/according": 0.65,
    "indirect/fronted": 0.64,
    "indirect/held/unnamed": 0.63,
    "mixed/clause": 0.62,
    "mixed/clause/plain": 0.62,
    "mixed/about": 0.60,
    "mixed/above": 0.59,
    "indirect/calls": 0.57,
    "indirect/state": 0.57,
    "indirect/urges": 0.56,
    "indirect/attitude": 0.55,
    "indirect/hearsay/unnamed": 0.54,
    "mixed/attitude": 0.53,
    "indirect/wants": 0.51,
    "indirect/noun": 0.50,
    "indirect/noun-plan": 0.49,
    "indirect/about": 0.47,
    "indirect/parenthesis": 0.47,
    "indirect/thinks": 0.45,
    "indirect/noun-thought": 0.44,
    "indirect/seems/unnamed": 0.44,
    "mixed/thinks": 0.42,
    "indirect/noun/unnamed": 0.41,
    "indirect/noun-of": 0.31,
    "indirect/clause/say/unnamed": 0.25,
    "indirect/noun-thought/unnamed": 0.20,
    "direct/floating/unnamed": 0.09,
}
# For constructions met too seldom to be measured.
OTHERWISE = {"direct": 0.60, "mixed": 0.60, "indirect": 0.45}
UNNAMED = 0.25


def key(said: Said, text: str) -> str:
    """The kind of reading that a share is kept for: form and rule, how plain the words of saying are, nobody named.

    `close`: speaker, words of saying and a content to the end of the sentence follow one another; `that`: with a
    `that`; `next`: a quotation right behind plain words of saying.
    """
    grade = "/say" if said.lemma in ("say", "tell") else "/plain" if said.lemma in lexicon.PLAIN else ""
    graded = grade if said.rule in GRADED else ""
    if said.rule == "before" and grade and _next(said):
        graded = "/next"
    elif said.rule == "clause" and said.speaker and _close(said, text):
        that = said.form == "indirect" and text[: said.spans[0][0]].endswith("that ")
        graded = "/that/close" if that else "/say/close" if grade == "/say" else "/close"
    return f"{said.form}/{said.rule}{graded}" + ("" if said.speaker else "/unnamed")


def _next(said: Said) -> bool:
    return said.cue is not None and 0 <= said.spans[0][0] - said.cue[1] < len(" that ") + 2


def _close(said: Said, text: str) -> bool:
    if said.cue is None or said.speaker is None or not _next(said):
        return False
    end = said.spans[-1][1]
    whole = text[end : end + 1] in (".", "\n", "") or text[end - 1] in '.”"?!'
    return whole and 0 <= said.cue[0] - said.speaker.end < len(" ,") + 1


def confidence(said: Said, text: str) -> float:
    """Gives the share of readings of this kind that were right on the articles they were measured on."""
    return SHARES.get(key(said, text), OTHERWISE[said.form] if said.speaker else UNNAMED)
