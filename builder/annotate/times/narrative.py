"""Tells a history, whose year carries over from sentence to sentence, from news, which counts from its own day."""

from __future__ import annotations

import re

YEARS = re.compile(r"(?<![\w$£€,.])(?:1[0-9]|20)\d\d(?![\w%,]\d|\w)|\d\s?(?:BCE?|AD)\b")
DEICTIC = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:last|next|this)\s(?:week"
    r"|month|year|night)|"
    r"\w+\s(?:days?|weeks?|months?|years?)\sago)\b",
    re.IGNORECASE,
)


def is_narrative(text: str, published_year: int | None) -> bool:
    """True where years written out rule and hardly a word looks at the day of writing."""
    years = YEARS.findall(text)
    old = [y for y in years if not y.isdigit() or published_year is None or int(y) < published_year - 1]
    return len(old) >= 4 and len(old) >= 5 * len(DEICTIC.findall(text)) and 2 * len(old) > len(years)
