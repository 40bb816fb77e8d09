"""The words before an expression that make it early, about, since or until: its limits and its EDTF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from builder.annotate.times.lexicon import words
from builder.annotate.times.scan import Found

Bound = Literal["", "since", "until", "between", "and"]

MODIFIER = words(
    r"\b(?:(?:(?:the|its) )?(?:very )?(?:beginning|end|start|middle|close|turn|rest|remainder|eve|(?:latter|early"
    r"|later|first|last|better|good)"
    r" (?:part|days|months|weeks|half|years)) of (?:the )?|(?:early|late|earlier|later|sometime|some time"
    r") (?:in |on |this )?(?:the )?"
    r"|(?:the )?(?:early|mid|late)[-–]|mid )$"
)
ABOUT = words(r"\b(?:about|around|circa|ca?\.|approximately|roughly|near|or so) *(?:the )?$")
# `the eight-year war`, `its third-quarter profit`: the article belongs to the noun behind.
BEFORE_NOUN = words(r"(?:the|an?|its|their|his|her|our|this|that) (?=[\w.]+(?:-\w+)+$)")
FURTHER = words(r",? \w")
SINCE = words(
    r"\b(?:since|ever since|after|starting|beginning|effective|dating (?:back )?to) (?:in |on |about "
    r"|the |around )*$"
)
UNTIL = words(
    r"\b(?:until|till|up to|through|before|by|prior to|no later than|not later than|pre[-–]) *(?:in |on |about |the "
    r"|around )*$"
)
BETWEEN = words(r"\b(?:between|from) (?:in |on |about |the |around )*$")
TO = words(r" (?:and|to|until|till|through) (?:the )?| *[-–—] *")
DASH = words(r" *[-–—] *(?:the )?")


@dataclass(frozen=True, slots=True)
class Bounded:
    """An expression with the words that say how it is meant."""

    found: Found
    approximate: bool = False
    bound: Bound = ""


def bound(text: str, found: list[Found]) -> list[Bounded]:
    """Gives each expression, widened by its modifier, with its bound and whether it is about."""
    result: list[Bounded] = []
    for at, one in enumerate(found):
        low = found[at - 1].end if at else 0
        start = one.start
        modifier = MODIFIER.search(text, max(low, start - 40), start)
        if modifier:
            start = modifier.start()
        about = ABOUT.search(text, max(low, start - 24), start)
        own = text[one.start : one.end].lower()
        if start == one.start and (before := BEFORE_NOUN.match(text, start, one.end)) and FURTHER.match(text, one.end):
            start = before.end()
        result.append(
            Bounded(
                Found(start, one.end, one.meaning),
                bool(about) or own.startswith(("about ", "around ", "circa ")),
                _bound(text, low, start),
            )
        )
    return _intervals(text, result)


def _bound(text: str, low: int, start: int) -> Bound:
    low = max(low, start - 40)
    if SINCE.search(text, low, start):
        return "since"
    return "until" if UNTIL.search(text, low, start) else ""


def _intervals(text: str, found: list[Bounded]) -> list[Bounded]:
    """`Between X and Y`, `from X to Y`, `X–Y`: both are limits of one interval."""
    result = list(found)
    for at in range(len(found) - 1):
        one, after = found[at].found, found[at + 1].found
        opens = BETWEEN.search(text, max(0, one.start - 40), one.start)
        if (opens and TO.fullmatch(text, one.end, after.start)) or DASH.fullmatch(text, one.end, after.start):
            result[at] = Bounded(one, found[at].approximate, "between")
            result[at + 1] = Bounded(after, found[at + 1].approximate, "and")
    return result
