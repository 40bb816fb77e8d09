"""The words that state a relation, as data: nouns by kind with their prepositions, and what may stand around them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from builder.model.annotation import RelationKind

# Who says one of these does not say that it is so.
HEDGES = (
    "alleged|suspected|purported|supposed|presumed|accused|self-proclaimed|self-styled|self-described|so-called|would-be"
    "|likely|possible|potential|apparent|reputed|aspiring|not|no|never|nor|neither|fake|false|hardly"
)
# What no noun phrase has before its noun.
NO_ADJECTIVES = (
    "who|that|which|of|and|or|to|with|in|for|at|by|from|on|an?|the|is|was|are|were|has|had|be|been"
    "|his|her|its|their|it|him|them|he|she|they|we|you|said|says|told|during|after|before|under|since|while|when"
)
# A name before one of these is not the whole name of the body: the Weaver campaign is not Weaver.
BODIES_OF = (
    "campaign|administration|division|team|military|government|office|department|board|army|police|branch|chapter|unit"
    "|committee|council|wing|party|parliament|embassy|project|family|side|region|area|affiliate|subsidiary"
)
# Nouns that may stand between "of the" and a name, because they only say what the name is.
CLASSES = (
    "book|novel|memoir|play|film|movie|documentary|album|song|report|study|series|blog|website|site|newspaper"
    "|magazine|journal|company|firm|startup|start-up|group|organization|organisation|party|movement|charity|foundation"
    "|think tank|band|network|nonprofit|non-profit|militant group|terrorist group|rebel group|militia|bestseller"
    "|best-selling book|new book|town|city|village"
)


@cache
def nouns() -> dict[str, tuple[tuple[RelationKind, frozenset[str]], ...]]:
    """Gives for each noun the relations it may state, each with the prepositions that join it to its object."""
    found: dict[str, list[tuple[RelationKind, frozenset[str]]]] = {}
    for kind, prepositions, *entries in _lines():
        for entry in entries:
            relation: RelationKind = "leader" if kind == "governs" else kind  # type: ignore[assignment]
            found.setdefault(entry.replace("_", " "), []).append((relation, frozenset(prepositions.split("|"))))
    return {noun: tuple(relations) for noun, relations in found.items()}


@cache
def governing() -> frozenset[str]:
    """Gives the nouns of who rules a place; of other leaders a place is only where they are."""
    return frozenset(e.replace("_", " ") for kind, _, *entries in _lines() if kind == "governs" for e in entries)


@cache
def any_noun() -> str:
    """Gives a regular expression, without a group of its own, for any of the nouns; longer ones first."""
    return "|".join(re.escape(noun) for noun in sorted(nouns(), key=lambda n: (-len(n), n)))


def _lines() -> list[list[str]]:
    text = (files(__package__) / "nouns.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]
