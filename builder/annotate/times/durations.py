"""How long: durations, with vague amounts as X; and how often: sets."""

from __future__ import annotations

import re

from builder.annotate.times.lexicon import (
    CARDINAL,
    DAYPARTS,
    DIGITS,
    MONTH,
    SEASON,
    UNIT,
    UNITS,
    WEEKDAY,
    month,
    number,
    weekday,
)
from builder.annotate.times.meaning import Known, Meaning, Rule, Value
from builder.annotate.times.period import SEASON_CODES

PARTS = {"Y": ("M", 12), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60), "M": ("D", 30)}


def duration(amount: float | None, unit: str) -> str:
    """Gives the TIMEX3 value: P2Y, PT2H30M, PXD where nobody counted."""
    letter, times = UNITS[unit.lower() if unit.lower() in UNITS else unit.lower().removesuffix("s")]
    if amount is None:
        return _write(letter, "X")
    amount *= times
    whole = int(amount)
    rest = amount - whole
    if not rest or letter not in PARTS:
        return _write(letter, f"{amount:g}")
    smaller, ratio = PARTS[letter]
    more = _write(smaller, f"{round(rest * ratio)}")
    if not whole:
        return more
    first = _write(letter, str(whole))
    return first + (more[2:] if letter.startswith("T") else more[1:])


def _write(letter: str, amount: str) -> str:
    return f"PT{amount}{letter[1:]}" if letter.startswith("T") else f"P{amount}{letter}"


def _known(amount: float | None, unit: str) -> Meaning:
    return Known(Value("DURATION", duration(amount, unit), quiet=True))


def _counted(m: re.Match[str]) -> Meaning | None:
    groups = m.groupdict()
    words = " ".join(m["number"].lower().split())
    unit = m["unit"].lower()
    alone = words == "a" and not groups.get("half")
    if (unit in ("second", "minute") and alone) or (unit.startswith("year") and OLD.match(m.string, m.end())):
        return None
    if unit.startswith("quarter") and not PERIODS.search(m.group()):
        return None  # three quarters of something are no time
    if unit.startswith("second") and not unit.endswith("s"):
        return None
    if m.string[m.start("number") - 1 : m.start("number")] == "-":
        return None  # once-in-a-decade
    amount = number(words)
    if amount and amount > 1 and (ONE_BEFORE.search(m.group()) or (amount >= 1000 and SINGLE.search(m.group()))):
        return None  # 300,000 last year; the 2018 day of action
    if groups.get("half") and amount is not None:
        amount += 0.5
    return _known(amount, unit)


TITLE = re.compile(r"[A-Za-z] $")
ONE_BEFORE = re.compile(r"\b(?:last|past|previous|following) (?:day|week|month|quarter|year|decade)$", re.IGNORECASE)
SINGLE = re.compile(r"\d (?:day|week|month|quarter|year|decade)$", re.IGNORECASE)
OLD = re.compile(r"[-\s]olds?\b", re.IGNORECASE)
PERIODS = re.compile(
    r"\b(?:first|last|past|next|previous|recent|several|consecutive|straight|successive|fiscal|few)\b", re.IGNORECASE
)


def _range(m: re.Match[str]) -> Meaning | None:
    """`Two to three weeks` lasts at least two: the lower bound, as TimeML's annotators wrote it."""
    if m["unit"].lower().startswith("year") and OLD.match(m.string, m.end()):
        return None
    return _known(number(m["number"]), m["unit"])


def _bare(m: re.Match[str]) -> Meaning:
    return _known(None, m["unit"])


def _long(m: re.Match[str]) -> Meaning:
    return _known(None if m["unit"].endswith("s") else 1, m["unit"])


def _one(m: re.Match[str]) -> Meaning:
    return _known(1, m["unit"])


LEAD = (
    r"(?:(?:the|these|those|his|her|their|its) )?(?:(?:first|last|past|next|previous|final|following|coming|latest"
    r"|ensuing|preceding|"
    r"opening|remaining|intervening|initial|subsequent|succeeding|early) )?(?:(?:about|around|almost|nearly|over"
    r"|roughly|some|exactly|"
    r"at least|at most|up to|as many as|(?:no )?(?:more|less|fewer|longer) than|barely|under|well over"
    r"|approximately|every) )?"
)
COUNT = (
    rf"(?P<number>{DIGITS}|an? couple(?: of)?|an? few|{CARDINAL}|several|many|an?|another|half an?|few|couple of"
    r"|countless|"
    rf"numerous|dozens of|hundreds of|thousands of|various|recent)"
)
KIND = (
    r"(?:(?:more|additional|further|full|straight|consecutive|trading|business|working|calendar|long|whole|short"
    r"|extra|other|solid|entire|previous|past|last|following|brief|successive|fiscal|crucial|critical|difficult"
    r"|turbulent) )?"
)
UNITS_ALL = rf"(?P<unit>{UNIT}s?)\b"
NO_UNIT_AFTER = r"(?! (?:half|place|floor|prize|time\b|ago|earlier|later|from now)|['’]s\b (?:resolution))"

SET_DAYS = {"daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "monthly": "P1M",
            "yearly": "P1Y", "annually": "P1Y", "biweekly": "P2W", "fortnightly": "P2W",
            "bimonthly": "P2M"}  # fmt: skip


def _set(value: str) -> Meaning:
    return Known(Value("SET", value, quiet=True))


def _adverb(m: re.Match[str]) -> Meaning | None:
    if m["word"][0].isupper() and (m["word"].lower() == "daily" or TITLE.search(m.string, 0, m.start())):
        return None  # the Harbour Weekly
    return _set(SET_DAYS[m["word"].lower()])


def _every(m: re.Match[str]) -> Meaning | None:
    amount = number(m["number"]) if m["number"] else 2 if m["other"] else 1
    return _set(duration(amount, m["unit"]))


def _every_named(m: re.Match[str]) -> Meaning | None:
    groups = m.groupdict()
    part = f"T{DAYPARTS[groups['part'].lower()]}" if groups.get("part") else ""
    if groups.get("weekday"):
        return _set(f"XXXX-WXX-{weekday(m['weekday'])}{part}")
    if groups.get("month"):
        return _set(f"XXXX-{month(m['month']):02d}") if m["month"][0].isupper() else None
    if groups.get("season"):
        names = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
        return _set(f"XXXX-{SEASON_CODES[names[m['season'].lower()]]}")
    return _set(f"XXXX-XX-XX{part}")


RULES = (
    Rule("word", r"\b(?P<word>daily|nightly|hourly|weekly|monthly|yearly|annually|biweekly|fortnightly|bimonthly)\b",
        _adverb, ("ly",)),
    Rule("unit", rf"\b(?:every|each|per)(?: (?P<other>other))? (?:(?P<number>{DIGITS}|{CARDINAL}|few) )?{UNITS_ALL}",
        _every, ("every", "each", "per")),
    Rule("unit", r"(?<=once|wice|imes) (?:every |each |an? )(?P<other>)(?P<number>)(?P<unit>day|week|month|year"
        r"|hour)\b", _every),
    Rule("unit", r"(?:(?<=illion|ousand|undred|ollars|ercent)|(?<=\d\d)) an? (?P<other>)(?P<number>)(?P<unit>day"
        r"|week|month|year|hour)\b", _every),
    Rule("weekday", rf"\b(?:(?:every|each) (?:other )?(?P<weekday>{WEEKDAY}s?)|(?P<many>mon|tues|wednes|thurs|fri"
        r"|satur|sun)days)\b(?: (?P<part>morning|afternoon|evening|night)s?)?",
        lambda m: _every_named(m) if m["weekday"] else _set(f"XXXX-WXX-{weekday(m['many'] + 'day')}")),
    Rule("weekday", rf"\b(?P<weekday>{WEEKDAY}) (?P<part>morning|afternoon|evening|night)s\b", _every_named),
    Rule("weekday", rf"\b(?P<weekday>{WEEKDAY})(?=(?:,? (?:and|or|through|to) {WEEKDAY}| *[-–/] *{WEEKDAY}) "
        r"(?P<part>morning|afternoon|evening|night)s\b)", _every_named),
    Rule("month", rf"\b(?:every|each) (?P<month>{MONTH})(?!\w)", _every_named),
    Rule("season", rf"\b(?:every|each) (?P<season>{SEASON})\b", _every_named),
    Rule("word", r"\b(?:every|each) (?P<part>morning|afternoon|evening|night)\b", _every_named),
    Rule("unit", rf"\b{LEAD}{COUNT}[-\s]{KIND}{UNITS_ALL}(?: and a (?P<half>half))?{NO_UNIT_AFTER}", _counted),
    Rule("unit", rf"\b{LEAD}{COUNT}[-\s]and[-\s]a[-\s](?P<half>half)[-\s]{UNITS_ALL}", _counted, ("half",)),
    Rule("unit", r"\b(?:an? |about an? |nearly an? |the )?quarter(?:[-\s]| of an? )(?P<unit>century|hour)\b",
        lambda m: _known(0.25, m["unit"])),
    Rule("unit", rf"\b{LEAD}{COUNT}(?: (?:to|or|and) |[-–])(?:{DIGITS}|{CARDINAL})[-\s]{KIND}{UNITS_ALL}", _range),
    Rule("unit", rf"\b{LEAD}an? (?P<unit>day|week|month|year|hour) or (?:two|so|more)\b", _one, (" or ",)),
    Rule("unit", r"\b(?P<number>one|an?) half[-\s](?P<unit>century|hour|day|year|decade)\b",
        lambda m: _known(0.5, m["unit"])),
    Rule("unit", r"\bhalf[-\s](?:an?[-\s])?(?P<unit>century|hour|day|year|decade)\b",
        lambda m: _known(0.5, m["unit"])),
    Rule("unit", r"\b(?:(?:the|these|those|recent|coming|past|early|final|last|first|following|next|many|previous"
        r"|later|ensuing) ){0,2}(?P<unit>(?:minute|hour|day|week|month|year|decade)s|centuries)\b(?![-\s](?:old|ago"
        r"|later|earlier|from now)\b|['’])", _bare),
    Rule("unit", r"\b(?P<unit>(?:hour|day|week|month|year|decade|centurie)s?)(?:[-\s]|(?<!s))long\b", _long),
    Rule("unit", r"\bthe (?:past|last|coming|entire|whole) (?P<unit>hour|week|month|quarter|year|decade|century)\b",
        _one),
    Rule("unit", r"\b(?:the|a|its) (?:fiscal )?(?P<unit>year|quarter|month|week)(?= end(?:ed|ing)\b)", _one),
    Rule("unit", r"\ball[-\s](?P<unit>day|week|month|year|night)\b", _one),
)  # fmt: skip
