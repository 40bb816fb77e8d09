"""Dates of the calendar: with or without their year, in figures or words, and years, decades, centuries alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from builder.annotate.times.lexicon import (
    DAY,
    DECADES,
    MONTH,
    NTH,
    ORDINAL_WORD,
    ROMAN_MONTHS,
    SPELLED_YEAR,
    WEEKDAY,
    YEAR,
    alternatives,
    month,
    ordinal,
    spelled_year,
    weekday,
)  # fmt: skip
from builder.annotate.times.meaning import Context, Known, Meaning, Rule, Value, dated
from builder.annotate.times.period import Period, Unit

Direction = Literal["last", "this", "next", ""]


WAYS: dict[str, Direction] = {"last": "last", "past": "last", "next": "next", "coming": "next", "this": "this"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A month, or a day of a month, whose year the text leaves out."""

    month: int
    day: int = 0
    direction: Direction = ""
    weekday: int = 0  # where the text names it, the year must fit

    def resolve(self, at: Context) -> Value:
        year = self._year(at)
        unit: Unit = "day" if self.day else "month"
        if year is None:
            date(2000, self.month, self.day or 1)  # ValueError for 31 June; a leap year knows every day
            return Value("DATE", f"XXXX-{self.month:02d}" + (f"-{self.day:02d}" if self.day else ""))
        date(max(year, 1), self.month, self.day or 1)
        return dated(Period(unit, year, self.month, self.day))

    def _year(self, at: Context) -> int | None:
        if at.year is not None and not self.direction:
            return at.year
        if at.narrative:
            return self._carried(at.reference)
        if at.today is None:
            return None
        years = (at.today.year - 1, at.today.year, at.today.year + 1)
        if self.weekday and self.day:
            fitting = [y for y in years if self._falls(y) == self.weekday]
            if len(fitting) == 1:
                return fitting[0]
        return self._counted(at, at.today)

    def _falls(self, year: int) -> int:
        try:
            return date(year, self.month, self.day).isoweekday()
        except ValueError:
            return 0

    def _carried(self, reference: Period | None) -> int | None:
        """In a history the year goes on until another is named; from late in one into early in the next."""
        if reference is None:
            return None
        if reference.unit in ("month", "day", "season"):
            at = reference.number if reference.unit != "season" else 4 + 3 * reference.number
            return reference.year + (at - self.month >= 8)
        return reference.year

    def _counted(self, at: Context, today: Period) -> int:
        """In the news the nearest one in the direction of the tense; with no tense the nearest."""
        here = (self.month, self.day) if self.day else (self.month,)
        now = (today.number, today.day) if self.day else (today.number,)
        if self.direction == "last":
            return today.year - (here >= now)
        if self.direction == "next":
            return today.year + (here <= now)
        if self.direction == "this":
            return today.year
        ahead = self.month - today.number
        if at.tense == "past":
            return today.year - (ahead > 1)
        if at.tense == "future":
            return today.year + (ahead < -3 or (here < now and ahead < -1))
        return today.year + (ahead < -6) - (ahead > 6)


@dataclass(frozen=True, slots=True)
class Numeric:
    """Day and month in figures, in an order the text does not tell: both readings stand."""

    year: int
    first: int
    second: int

    def resolve(self, at: Context) -> Value:
        one, two = Period("day", self.year, self.first, self.second), Period("day", self.year, self.second, self.first)
        readings = sorted({p.edtf() for p in (one, two) if p.number <= 12 and p.first()})
        if len(readings) == 1:
            return dated(one if one.number <= 12 else two)
        return Value("DATE", one.timex(), one, f"[{','.join(readings)}]")


def _era(year: int, era: str | None) -> int:
    return 1 - year if era and era.lower().replace(".", "").startswith("b") else year


def _full(m: re.Match[str]) -> Meaning | None:
    groups = m.groupdict()
    day = ordinal(groups["day"])
    if not m["month"][0].isupper() or not 1 <= day <= 31 or m["day"][0].isupper():
        return None
    if groups.get("year"):
        year = _era(int(m["year"]), groups.get("era"))
        return Known(dated(_valid(Period("day", year, month(m["month"]), day))))
    named = weekday(m["weekday"]) if groups.get("weekday") else 0
    return Dated(month(m["month"]), day, _way(groups.get("way")), named)


def _way(lead: str | None) -> Direction:
    words = (lead or "").lower().split()
    return WAYS.get(words[-1], "") if words else ""


def _valid(period: Period) -> Period:
    date(max(period.year, 1), period.number, period.day)
    return period


def _month_year(m: re.Match[str]) -> Meaning | None:
    if not m["month"][0].isupper():
        return None
    return Known(dated(Period("month", _era(int(m["year"]), m["era"]), month(m["month"]))))


# Names, verbs and adjectives look like these months; they count only where a preposition or the like precedes.
DOUBTFUL = {"may", "march", "april", "june", "august", "mar", "jan", "jun", "dec", "apr", "sep", "jul", "oct", "nov"}


ACTS = re.compile(r" (?:would|had|has|have|said|says|will|was|is|did|does|could|can|should)\b", re.IGNORECASE)
SAYS_YEAR = re.compile(r" (?:of )?(?:that|this|last|next|the (?:same|following|next|previous)) year\b", re.IGNORECASE)


# `An August speech`, but no `March for peace`.
OF_MONTH = re.compile(r" (?!(?:for|on|to|of|in|and|by|through|with|at|is|was)\b)[a-z]")


def _month(m: re.Match[str]) -> Meaning | None:
    word, lead = m["month"].rstrip("."), m["lead"]
    if lead and lead.strip().lower() in ("a", "an") and not OF_MONTH.match(m.string, m.end()):
        lead = None
    if not word[0].isupper() or (word.isupper() and not lead):
        return None
    if not lead and m.string[m.start("month") - 1 : m.start("month")] == "-":
        return None
    if (
        word.lower() in DOUBTFUL
        and (lead or "").strip() in ("and", "or", "of", "for")
        and ACTS.match(m.string, m.end())
    ):
        return None
    if word.lower() in DOUBTFUL and not lead and not SAYS_YEAR.match(m.string, m.end()):
        return None
    return Dated(month(word), direction=_way(lead))


# What is counted after a figure that is no year.
MEASURED = (
    r"[-\s](?:\w+[-\s])?(?:people|men|women|troops|soldiers|feet|foot|metres|meters|miles|km|kilomet\w+|square|acres"
    r"|hectares|"
    r"tons|tonnes|pounds|dollars|euros|percent|points|shares|jobs|workers|employees|students|members|homes|"
    r"houses|horses|guns|aircraft|planes|ships|tanks|prisoners|casualties|dead|deaths|wounded|killed|others|"
    r"hours|days|weeks|months|years|times|words|votes|seats|rpm|calories|units|copies|persons|civilians|volunteers|"
    r"refugees|fighters|cars|vehicles|francs|marks|rubles|yen|rounds|cases|patients|"
    r"children|schoolchildren|pupils|residents|villagers|migrants|protesters|passengers|families|households|"
    r"respondents|participants|teachers|delegates|year[-\s]old)\b"
)
COUNTED = re.compile(MEASURED, re.IGNORECASE)
NOT_A_YEAR_BEFORE = (
    r"(?:(?<=\bmid-)|(?<=\bpre-)|(?<=\bpost-)|(?<=\bearly-)|(?<=\blate-)|(?<![\w$£€¥#/.,:+-]))"
    r"(?<!\bNo\.\s)(?<!\broom\s)(?<!\bflight\s)(?<!\broute\s)(?<!\bhighway\s)"
)
NOT_A_YEAR_AFTER = (
    r"(?![\w%°]|/\d(?!\d\d\d\b)|:\d|[.,]\d|-(?:\d\b|\d{3}\b|\d{5}|\d+-|[a-z]{2,}-)|\s?(?:million|billion|hundred"
    r"|thousand|GMT|UTC|hours|kg|km|mm|cm|mph|kw|mw)\b)"
)
ERA = r"(?P<era>B\.?C\b\.?|BCE\b|B\.C\.E\.|A\.?D\b\.?|C\.?E\b\.?)"


HEADED = re.compile(r"$|\n|[-–]1\d{3}\b|:\s")


def _year(m: re.Match[str]) -> Meaning | None:
    year = int(m["year"])
    lead = (m["lead"] or "").strip().lower()
    if lead not in ("in", "since", "year", "mid-", "late", "early") and COUNTED.match(m.string, m.end()):
        return None
    sure = lead or 1900 <= year <= 2035 or HEADED.match(m.string, m.end())
    return Known(dated(Period("year", year))) if sure else None


def _era_year(m: re.Match[str]) -> Meaning | None:
    return Known(dated(Period("year", _era(int(m["year"]), m["era"]))))


def _range_end(m: re.Match[str]) -> Meaning | None:
    start, end = int(m["start"]), int(m["end"])
    year = start // 100 * 100 + end
    return Known(dated(Period("year", year))) if year > start else None


def _spelled(m: re.Match[str]) -> Meaning | None:
    year = spelled_year(m["year"])
    if not 1500 <= year <= 2100 or (year == 2000 and not m["lead"]):
        return None
    if m["month"]:
        return Known(dated(Period("month", year, month(m["month"]))))
    return Known(dated(Period("year", year)))


def _decade(m: re.Match[str]) -> Meaning | None:
    groups = m.groupdict()
    if groups.get("word"):
        return Known(dated(Period("decade", 1900 + DECADES[m["word"].lower()])))
    digits = m["digits"]
    year = int(digits) if len(digits) > 2 else 1900 + int(digits)
    if groups.get("era"):
        year = _era(year, m["era"])
    return Known(dated(Period("decade", year)))


def _century(m: re.Match[str]) -> Meaning | None:
    number = ordinal(m["number"])
    before = m["era"] and m["era"].lower().startswith("b")
    if not 1 <= number <= 30:
        return None
    return Known(dated(Period("century", 1 - (number - 1) * 100 if before else (number - 1) * 100)))


def _iso(m: re.Match[str]) -> Meaning | None:
    return Known(dated(_valid(Period("day", int(m["year"]), int(m["month"]), int(m["day"])))))


def _numeric(m: re.Match[str]) -> Meaning | None:
    year = int(m["year"])
    year += (2000 if year < 50 else 1900) if year < 100 else 0
    first, second = int(m["first"]), int(m["second"])
    if max(first, second) > 31 or min(first, second) > 12 or not first or not second:
        return None
    if m["mark"] == "." and second <= 12:  # 03.04.2014 is written only where the day comes first
        return Known(dated(_valid(Period("day", year, second, first))))
    return Numeric(year, first, second)


def _roman(m: re.Match[str]) -> Meaning | None:
    return Known(dated(_valid(Period("day", int(m["year"]), ROMAN_MONTHS[m["month"].lower()], int(m["day"])))))


NAMED_DAY = rf"(?:(?P<weekday>{WEEKDAY}),? (?:the )?)?"
OF_YEAR = rf"(?:,? (?:(?:in|of) )?(?P<year>{YEAR}|\d{{1,4}}(?= *(?:B\.?C|A\.?D\b|C\.?E\b)))(?![\d%]|,\d)(?: *{ERA})?)"
MONTH_LEAD = (
    r"(?P<lead>\b(?:in|an?|since|until|till|by|last|next|this|past|coming|early|late|mid|of|and|from|to|through|or"
    r"|during|for|"
    r"between|before|after|around|about|each|every|throughout|as of|effective|until late|late in|early in)\s|\bmid-"
    r"|\blate-|\bearly-)?"
)

RULES = (
    Rule("month", rf"\b{NAMED_DAY}(?P<month>{MONTH}) *(?:the )?(?P<day>{NTH}){OF_YEAR}", _full),
    Rule("month", rf"\b(?:(?P<way>last|next|this) )?{NAMED_DAY}(?P<month>{MONTH}) (?:the )?(?P<day>{NTH})(?![\d%]"
        rf"|:\d|,\d{{3}}|\.\d| (?:percent|million))", _full),
    Rule("month", rf"(?<![\d.,])\b{NAMED_DAY}(?P<day>{NTH}) *[-\s]?(?:of )?(?P<month>{MONTH}){OF_YEAR}", _full),
    Rule("month", rf"(?<![\d.,$])\b{NAMED_DAY}(?P<day>{NTH}) (?:of )?(?P<month>{MONTH})(?![\w])", _full),
    Rule("month", rf"\b(?P<month>{MONTH}),? (?:(?:of|in) )?(?P<year>{YEAR}\b|\d{{1,4}}(?= *(?:B\.?C|A\.?D\b"
        rf"|C\.?E\b)))(?![,.]\d)(?: *{ERA})?", _month_year),
    Rule("month", rf"{MONTH_LEAD}(?<![\w'’])(?P<month>{MONTH})(?!\w)(?![-\s]\d)", _month),
    Rule("numeric", r"(?<![\w/.-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-]|\.\d)", _iso),
    Rule("numeric", r"(?<![\w/.-])(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d"
        r"|\d\d)(?![\w/]|\.\d)", _numeric),
    Rule("numeric", rf"(?<![\w.])(?P<day>{DAY})\.(?P<month>[ivx]+)\.(?P<year>{YEAR})\b", _roman),
    Rule("year", r"(?P<lead>\b(?:in|of|since|by|from|until|till|to|year|late|early|mid|and|or|between|after|before"
        r"|around|about|during|spring|"
                 rf"summer|autumn|winter|through|circa)\s|\bmid-|\()?{NOT_A_YEAR_BEFORE}"
                     rf"(?P<year>{YEAR}){NOT_A_YEAR_AFTER}", _year),
    Rule("year", rf"(?<=[-–/])(?<=\d[-–/])(?<!\d\d\d\d\d[-–/])(?P<lead>)(?P<year>{YEAR}){NOT_A_YEAR_AFTER}", _year),
    Rule("numeric", rf"(?<![\w.,])(?P<year>\d{{1,4}}) *{ERA}(?!\w)", _era_year),
    Rule("numeric", rf"(?<![\w.,])(?P<year>\d{{1,4}})(?=(?: *[-–] *| (?:to|and|until|or) )(?:c\. *)?\d{{1,4}} *{ERA})",
        _era_year),
    Rule("numeric", r"(?<!\w)A\.?D\.? (?P<year>\d{1,4})\b(?P<era>)", _era_year),
    Rule("year", r"(?<![\w.,]\d\d\d\d[-–/])(?<=(?P<start>1\d\d\d|20\d\d)[-–/])(?P<end>\d\d)(?![\w,.]\d|\w|[-–/])",
        _range_end),
    Rule("word", rf"\b(?:(?P<month>{MONTH}) )?(?P<lead>(?:the )?year )?(?<![-\w])(?P<year>{SPELLED_YEAR})(?![-\w]"
        r"| (?:people|men|feet|dollars|miles|years|percent))", _spelled),
    Rule("year", r"(?<![\w$])(?:the )?(?:(?:early|mid|late|middle)(?: to (?:mid|late))?[-\s])?(?P<digits>1\d\d0"
        rf"|20\d0)['’]?s\b(?: *{ERA})?", _decade),
    Rule("numeric", r"(?<![\w$])(?:the )?(?:(?:early|mid|late)[-\s])?['’](?P<digits>[2-9]0)['’]?s\b", _decade),
    Rule("numeric", r"\bthe (?:(?:early|mid|late)[-\s])?(?P<digits>[2-9]0)['’]?s\b", _decade),
    Rule("numeric", rf"\bthe (?P<digits>\d{{2,3}}0)s {ERA}", _decade),
    Rule("word", rf"\bthe (?:(?:early|mid|late|roaring|swinging)[-\s])?(?P<word>{alternatives(DECADES)})\b", _decade),
    Rule("word", rf"\b(?:the )?(?:(?:early|mid|late)[-\s])?(?P<number>\d{{1,2}}(?:st|nd|rd|th)"
        rf"|{ORDINAL_WORD})[-\s]century\b(?: {ERA})?", _century, ("century",)),
)  # fmt: skip
