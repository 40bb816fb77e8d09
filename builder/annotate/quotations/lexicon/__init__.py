"""The words that report speech and thought, by the construction they take: one list a file, compiled for Glossator.

Lemmas as the model gives them, for verbs and nouns. Lines that begin with # are comments. What belongs to the `speech`
profile is what was said or written; thoughts, plans and attitudes are added by the `attribution` profile.
"""

from __future__ import annotations

from importlib.resources import files


def words(text: str) -> frozenset[str]:
    """Gives the words of a text as a set."""
    return frozenset(text.split())


def listed(name: str) -> frozenset[str]:
    """Gives the entries of the named list."""
    return frozenset(word for line in _lines(name) for word in line.split())


def _table(name: str) -> dict[str, frozenset[str]]:
    """Gives what follows the first word of each line, by that word."""
    return {first: frozenset(others) for first, *others in map(str.split, _lines(name))}


def _lines(name: str) -> list[str]:
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


SAYING = listed("saying")
STATEMENT = SAYING - listed("not_stating")
PLAIN = listed("plain")
SHOWING = listed("showing")
TELLING_SIGN = listed("telling_sign")
TELLING = listed("telling")
ASKING = listed("asking")
URGING = listed("urging")
IMPLORING = listed("imploring")
VOWING = listed("vowing")
COMMITTING = VOWING - words("refuse decline ask")
PREPOSITIONAL = _table("prepositional")
NAMING = listed("naming")

THINKING = listed("thinking")
WANTING = listed("wanting")
ATTITUDES = listed("attitudes")
ABOUT = _table("about")
HELD = listed("held")
SEEMING = listed("seeming")
HEARSAY = listed("hearsay")
STATES = listed("states")

STATING_NOUNS = listed("stating_nouns")
THINKING_NOUNS = listed("thinking_nouns")
PLANNING_NOUNS = listed("planning_nouns")
OPINION_NOUNS = listed("opinion_nouns")
LEADING_NOUNS = listed("leading_nouns")

DOCUMENTS = listed("documents")
ISSUING = listed("issuing")
RESEARCHERS = listed("researchers")
BODIES = listed("bodies")
TAKEN_UP = listed("taken_up")
MEMBERS = listed("members")
ACTING = TAKEN_UP | listed("acting")
WIDE = listed("wide")
CORPORATE = BODIES | listed("corporate")
FIELDS = listed("fields")
PEOPLE_NOUNS = listed("people_nouns")
RANKS = listed("ranks")
RANK_NOUNS = _table("rank_nouns")
OTHERS = listed("others")
OFFICES = listed("offices")

WORKS = listed("works")
CALLED = listed("called")
OUTLET_WORDS = listed("outlet_words")
PASSING_ON = listed("passing_on")


def named_body(name: str) -> bool:
    """A name whose last word is a body's: `Harbour Council`."""
    return bool(name) and name.split()[-1].lower().strip(".") in CORPORATE
