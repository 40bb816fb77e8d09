"""Finds time expressions in a text: every rule near the words it needs, then the longest match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from builder.annotate.times import clock, dates, durations, parts, relative, vague, weekdays
from builder.annotate.times.lexicon import words
from builder.annotate.times.meaning import Family, Meaning, Rule

RULES: tuple[Rule, ...] = (
    parts.RULES + dates.RULES + relative.RULES + weekdays.RULES + durations.RULES + clock.RULES + vague.RULES
)

# The words without which no rule of a family matches; rules are tried only around them.
TRIGGERS = re.compile(
    r"""\b(?:
    (?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\b)
    |(?P<weekday>(?:mon|tues?|wed|wednes|thurs?|thu|fri|satur|sat|sun)(?:days?)?\b)
    |(?P<unit>(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|centur|millenni|half\b))
    |(?P<season>(?:spring|summer|autumn|fall|winter)\b)
    |(?P<clock>noon|midday|midnight|o['’]clock|morning|afternoon|evening)
    |(?P<year>[12]\d\d\d)
    |(?P<numeric>\d|Q[1-4]\b|A\.?D\b)
    |(?P<word>to(?:day|night|morrow)|yesterday|overnight|now|current|nowadays|these\sdays|at\spresent|present\sday|at\sthe\smoment|time\sbeing
      |recent|lately|latest\speriod|past|future|fiscal|FY|nineteen|eighteen|seventeen|twent|two\sthousand|thirties|forties|fifties|sixties|seventies
      |eighties|nineties|(?:\w+(?:st|nd|rd|th)[-\s])century|daily|nightly|hourly|weekly|monthly|quarterly|yearly|annually|biweekly|bimonthly
      |every|each|new\syear|martin\sluther|valentine|presidents|st\.\spat|ash\swed|palm\ssun|good\sfri|easter|memorial|bastille
      |independence|labor\sday|columbus|hallow|all\ssaints|armistice|remembrance|veterans|thanksgiving|christmas|boxing|bloomsday|fourth\sof)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# A family's words that other families' rules need too.
ALSO: dict[str, tuple[Family, ...]] = {
    "year": ("year", "numeric", "clock"),
    "numeric": ("numeric", "clock"),
    "month": ("month", "word"),
    "unit": ("unit", "word"),
    "clock": ("clock", "word"),
}
BEFORE, AFTER = 70, 60
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression before it is resolved."""

    start: int
    end: int
    meaning: Meaning


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[tuple[re.Pattern[str], Rule], ...]]:
    """Gives the rules of each family, compiled."""
    compiled: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
    for rule in RULES:
        compiled.setdefault(rule.family, []).append((words(rule.pattern), rule))
    return {family: tuple(rules) for family, rules in compiled.items()}


def find(text: str) -> list[Found]:
    """Gives the text's time expressions in order; where matches overlap the longest stands."""
    found: list[Found] = []
    for line in LINE.finditer(text):
        for family, windows in _windows(text, line.start(), line.end()).items():
            for start, end in windows:
                found.extend(_matches(text, family, start, end))
    return _longest(found)


def _windows(text: str, start: int, end: int) -> dict[str, list[tuple[int, int]]]:
    windows: dict[str, list[tuple[int, int]]] = {}
    for m in TRIGGERS.finditer(text, start, end):
        low, high = max(start, m.start() - BEFORE), min(end, m.end() + AFTER)
        for family in ALSO.get(m.lastgroup or "", (m.lastgroup or "",)):
            mine = windows.setdefault(family, [])
            if mine and low <= mine[-1][1]:
                mine[-1] = (mine[-1][0], high)
            else:
                mine.append((low, high))
    return windows


def _matches(text: str, family: str, start: int, end: int) -> Iterator[Found]:
    while end < len(text) and (text[end].isalnum() or text[end - 1].isalnum()) and text[end] != "\n":
        end += 1  # a window must not end within a word, or part of it would match
    near = text[start:end].lower()
    for pattern, rule in table()[family]:
        if rule.needs and not any(word in near for word in rule.needs):
            continue
        for m in pattern.finditer(text, start, end):
            try:
                meaning = rule.build(m)
            except ValueError:  # no calendar has this day
                continue
            if meaning is not None:
                low = m.start() + len(m.group()) - len(m.group().lstrip())
                skip = _lead(m)
                yield Found(max(low, skip), m.end(), meaning)


def _lead(m: re.Match[str]) -> int:
    """Gives where the expression begins behind a preposition that the rule only looked at."""
    lead = m.groupdict().get("lead")
    if not lead or lead.strip().lower() in (
        "last",
        "next",
        "this",
        "past",
        "coming",
        "early",
        "late",
        "mid-",
        "late-",
        "early-",
        "the",
        "that",
    ):
        return 0
    if lead.strip().lower() in ("mid", "year", "the year", "following"):
        return 0
    return m.end("lead")


def _longest(found: list[Found]) -> list[Found]:
    taken: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda f: f.start)
