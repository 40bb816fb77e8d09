"""The words of time as data: months, weekdays, numbers, units, parts of the day, and the patterns made of them."""

from __future__ import annotations

import re

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

FULL = ("may", "june", "july")  # short names that are no abbreviations

WEEKDAYS = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    "mon": 1, "tues": 2, "tue": 2, "wed": 3, "thurs": 4, "thur": 4, "thu": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip

ROMAN_MONTHS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip

SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip

# How much of a unit TIMEX3 counts: (letter, times), `T` before letters of the clock.
UNITS = {
    "second": ("TS", 1), "minute": ("TM", 1), "hour": ("TH", 1), "day": ("D", 1), "night": ("D", 1), "week": ("W", 1),
    "fortnight": ("W", 2), "month": ("M", 1), "quarter": ("Q", 1), "year": ("Y", 1), "decade": ("Y", 10),
    "century": ("Y", 100), "centurie": ("Y", 100), "centuries": ("Y", 100),
    "millennium": ("Y", 1000), "millennia": ("Y", 1000),
}  # fmt: skip

DAYPARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nighttime": "NI", "night-time": "NI",
    "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "dusk": "EV", "sunset": "EV", "nightfall": "NI",
    "lunchtime": "MI",
}  # fmt: skip


def alternatives(words: object) -> str:
    """Gives a pattern that matches any of the words, the longest first."""
    assert isinstance(words, (dict, tuple))
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True))


S = r"[^\S\n]+"  # space within a line
GAP = r"[^\S\n]*"  # the same, or none
MONTH = (
    rf"(?:(?:{alternatives(tuple(m for m in MONTHS if len(m) < 5 and m not in FULL))})\b\.?|"
    rf"(?:{alternatives(tuple(m for m in MONTHS if len(m) > 4 or m in FULL))})\b)"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?)"
YEAR = r"(?:1\d{3}|20\d{2}|21\d{2})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
ORDINAL_WORD = rf"(?:(?:{alternatives(tuple(TENS))})[-\s])?(?:{alternatives(ORDINALS)})"
NTH = rf"(?:{DAY}(?:st|nd|rd|th)?|{ORDINAL_WORD})\b"
_SIMPLE = rf"(?:(?:{alternatives(TENS)})(?:[-\s](?:{alternatives(SMALL)}))?|{alternatives(SMALL)})"
CARDINAL = rf"(?:(?:(?:an?|{_SIMPLE})[-\s](?:hundred|thousand)(?:[-\s](?:and )?{_SIMPLE})?)|{_SIMPLE})"
_TEENS = "(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
SPELLED_YEAR = (
    rf"(?:(?:(?:seven|eight|nine)teen[-\s](?:hundred|oh[-\s](?:{alternatives(SMALL)})|{_TEENS}|"
    rf"(?:{alternatives(TENS)})(?:[-\s](?:{alternatives(SMALL)}))?))"
    rf"|twenty[-\s](?:{_TEENS}|twenty(?:[-\s](?:{alternatives(SMALL)}))?)"
    rf"|two thousand(?: (?:and )?{_SIMPLE})?)"
)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[-\s]?[1-3]/[2-4]|[½¼¾])?"
UNIT = r"(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|centur(?:y|ie)|millenni(?:um|a))"
DAYPART = rf"(?:{alternatives(DAYPARTS)})"
SEASON = rf"(?:{alternatives(SEASONS)})"
FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "½": 0.5, "¼": 0.25, "¾": 0.75, "1/3": 1 / 3, "2/3": 2 / 3}


def words(pattern: str) -> re.Pattern[str]:
    """Compiles a pattern in which a space stands for any white space within a line."""
    return re.compile(pattern.replace(" *", GAP).replace(" ", S), re.IGNORECASE)


def month(word: str) -> int:
    """Gives the month a word names, 1 to 12."""
    return MONTHS[word.lower().rstrip(".")]


def weekday(word: str) -> int:
    """Gives the weekday a word names, Monday 1 to Sunday 7."""
    return WEEKDAYS[
        word.lower().rstrip(".").removesuffix("s") if word.lower().endswith("days") else word.lower().rstrip(".")
    ]


def ordinal(word: str) -> int:
    """Gives the number of `3`, `3rd`, `third` or `twenty-third`."""
    found = re.match(r"\d+", word)
    if found:
        return int(found.group())
    parts = re.split(r"[-\s]", word.lower())
    return sum(TENS.get(p, 0) + ORDINALS.get(p, 0) for p in parts)


def number(words: str) -> float | None:
    """Gives the amount that digits or number words name; None when nobody counted (`a few`)."""
    text = " ".join(words.lower().split())
    if text[:1].isdigit():
        return _digits(text)
    if text in ("a couple", "a couple of", "couple of", "a pair of"):
        return 2
    if text in ("a", "an", "another", "one", "a single"):
        return 1
    if text in ("half a", "half an", "a half"):
        return 0.5
    parts = [p for p in re.split(r"[-\s]", text) if p != "and"]
    if not all(p in SMALL or p in TENS or p in ("a", "an", "hundred", "thousand", "dozen") for p in parts):
        return None
    return _spelled(parts)


def _digits(text: str) -> float:
    found = re.match(r"[\d,]+(?:\.\d+)?", text)
    assert found
    return float(found.group().replace(",", "")) + FRACTIONS.get(text[found.end() :].strip(" -"), 0)


def _spelled(parts: list[str]) -> float:
    total = 0.0
    for part in parts:
        if part in ("hundred", "thousand", "dozen"):
            total = (total or 1) * {"hundred": 100, "thousand": 1000, "dozen": 12}[part]
        else:
            total += SMALL.get(part, 0) + TENS.get(part, 0)
    return total


def spelled_year(words: str) -> int:
    """Gives the year of `nineteen ninety-six`, `two thousand and six`, `twenty oh five`."""
    parts = [p for p in re.split(r"[-\s]", " ".join(words.lower().split())) if p not in ("and", "oh")]
    if "thousand" in parts or "hundred" in parts:
        return int(_spelled(parts))
    first = SMALL.get(parts[0], 0) + TENS.get(parts[0], 0)
    return first * 100 + int(_spelled(parts[1:]))


def plain(text: str | None) -> str:
    """Gives words in lower case with single spaces."""
    return " ".join((text or "").lower().split())
