"""Reports of matches, in which a name alone may be a team's: how they are known, and what stands around such a name."""

from __future__ import annotations

import re

from builder.annotate.entities.lexicon import either

WORDS = re.compile(rf"\b(?:{either('sport')})\b", re.I)
SCORE = re.compile(r"(?<![\d-])\d{1,3}-\d{1,3}(?![\d-])")
ENOUGH = 4  # words of match reports in a text; a text with scores needs half of them
TEAM = 3.0  # the weight of such surroundings: enough to prove a name
MANY = 2.0
EITHER = 1.0  # where players do the same
RESULT = r"(?:by )?\d{1,3}-\d{1,3}(?: (?:home|away))?"
BETWEEN = rf"(?:(?:{either('between_teams')}) ){{0,3}}"
LEFT = re.compile(rf"(?:^|\W)(?i:{either('before_teams')})(?: {RESULT})? {BETWEEN}$")
SCORED = re.compile(
    rf"{RESULT} (?:win|victory|defeat|loss|draw|triumph|success|rout|tie)? ?"
    rf"(?:over|against|with|to|by|at|away to) {BETWEEN}$"
)
RIGHT = re.compile(
    rf"(?:'s?)? (?:{either('after_teams')})(?![\w-])|,? ?\(?\d{{1,3}}-\d{{1,3}}(?!\d)| \d{{1,3}}(?:[,.;]|$)"
)
GUIDED = re.compile(rf"\b(?:{either('guides_of_teams')}) (?:the )?$")
GOAL = re.compile(r" (?:past|over|to (?:an?|the|its|their|victory|within)|ahead|level|into|back)\b")
PLAYED = re.compile(rf" (?:{either('after_players')})\b")
PLURAL = re.compile(rf" (?:{either('after_many')})\b")
COORDINATED = re.compile(r"(?:and|,|&) $")


def is_report(text: str) -> bool:
    """Tells whether a text is about matches."""
    words = sum(1 for _ in zip(WORDS.finditer(text), range(ENOUGH), strict=False))
    return words >= ENOUGH or (words >= ENOUGH / 2 and len(SCORE.findall(text)) >= ENOUGH / 2)


def sign(left: str, right: str) -> float:
    """Gives the weight with which the words before and after a name in such a report tell that it is a team's."""
    if LEFT.search(left) or SCORED.search(left) or RIGHT.match(right):
        return TEAM
    if GUIDED.search(left) and GOAL.match(right):
        return TEAM
    if PLURAL.match(right) and not COORDINATED.search(left):
        return MANY
    return EITHER if PLAYED.match(right) else 0.0
