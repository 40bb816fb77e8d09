"""How often a reading is right, by its form and the construction it was read by.

Right means: at least half of the words are the gold's, and so is the speaker. Measured on PolNeAR (dev, and every
fourth article of train) and GUM news, 7,000 segments in all; of those given 0.9 or more, nine in ten were right.
`python tests/annotate/calibrate_quotations.py` measures the shares anew; a rule that changes wants a new share.
"""

from __future__ import annotations

from builder.annotate.quotations import lexicon
from builder.annotate.quotations.assemble import Said

GRADED = frozenset({"clause", "fronted", "parenthesis", "before", "gapped"})
SHARES = {
    "direct/after": 0.96,
    "indirect/fronted/plain": 0.89,
    "direct/before/plain": 0.86,
    "indirect/clause/plain": 0.85,
    "direct/signed": 0.85,
    "mixed/clause/plain": 0.82,
    "indirect/shows": 0.81,
    "mixed/fronted/plain": 0.81,
    "indirect/parenthesis/plain": 0.78,
    "indirect/according": 0.78,
    "indirect/clause": 0.77,
    "mixed/parenthesis/plain": 0.77,
    "mixed/names": 0.75,
    "direct/transcript": 0.70,
    "mixed/according": 0.69,
    "indirect/names": 0.68,
    "mixed/clause": 0.66,
    "direct/before": 0.65,
    "indirect/held/unnamed": 0.63,
    "indirect/calls": 0.63,
    "indirect/vows": 0.62,
    "direct/colon": 0.62,
    "indirect/hearsay/unnamed": 0.60,
    "mixed/about": 0.59,
    "indirect/attitude": 0.56,
    "mixed/above": 0.55,
    "indirect/urges": 0.54,
    "mixed/attitude": 0.54,
    "indirect/state": 0.54,
    "indirect/fronted": 0.53,
    "indirect/noun": 0.52,
    "indirect/thinks": 0.48,
    "indirect/about": 0.48,
    "indirect/wants": 0.48,
    "indirect/parenthesis": 0.48,
    "direct/floating": 0.45,
    "indirect/noun-plan": 0.43,
    "indirect/noun-thought": 0.42,
    "indirect/seems/unnamed": 0.41,
    "direct/above": 0.33,
    "indirect/noun-of": 0.32,
    "mixed/thinks": 0.32,
    "indirect/noun/unnamed": 0.29,
    "indirect/clause/plain/unnamed": 0.28,
    "indirect/noun-thought/unnamed": 0.21,
    "direct/floating/unnamed": 0.08,
}
# For constructions met too seldom to be measured.
OTHERWISE = {"direct": 0.60, "mixed": 0.60, "indirect": 0.45}
UNNAMED = 0.25


def key(said: Said) -> str:
    """The kind of reading that a share is kept for: form and rule, a plain verb of saying, nobody named."""
    plain = "/plain" if said.rule in GRADED and said.lemma in lexicon.PLAIN else ""
    return f"{said.form}/{said.rule}{plain}" + ("" if said.speaker else "/unnamed")


def confidence(said: Said) -> float:
    """Gives the share of readings of this kind that were right on the articles they were measured on."""
    return SHARES.get(key(said), OTHERWISE[said.form] if said.speaker else UNNAMED)
