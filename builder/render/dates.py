"""EDTF as words a reader understands, and as HTML that says no more than is known.

Source: https://www.loc.gov/standards/datetime/ (levels 0 and 1, and the parts of 2 that articles need).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from markupsafe import Markup

from builder.render.escaping import escaped
from builder.render.words import SEASONS, Words

POINT = re.compile(
    r"(?P<year>-?[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?"
    r"(?:T(?P<time>\d\d:\d\d)(?::\d\d)?(?P<zone>Z|[+-]\d\d:\d\d)?)?(?P<doubt>[?~%])?"
)

Certainty = Literal["certain", "uncertain", "open", "undated"]

KEPT = 20_000  # values that an archive uses over and over are put in words once


@lru_cache(maxsize=KEPT)
def readable(edtf: str | None, words: Words) -> str:
    """An EDTF value in words: `2014-09/..` is “from September 2014 on”; what cannot be read is given as it is."""
    if not edtf:
        return words.gettext("date not known")
    if edtf[0] in "[{" and edtf[-1] in "]}":
        return _set(edtf, words)
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(edtf, words)
    return _interval(first, last, words)


@lru_cache(maxsize=KEPT)
def is_exact(edtf: str | None) -> bool:
    """True when HTML's `<time datetime>` can hold the value: a day, month, year or moment without any doubt."""
    match = POINT.fullmatch(edtf or "")
    if not match or match["doubt"] or "X" in match[0] or match["year"] <= "0000":
        return False
    if match["month"] and not 1 <= int(match["month"]) <= 12:
        return False
    return not match["time"] or bool(match["day"])


@lru_cache(maxsize=KEPT)
def certainty(edtf: str | None) -> Certainty:
    """How much an EDTF value leaves open: a missing end is open; `?`, `~`, `%`, `X` or a choice is uncertain."""
    if not edtf:
        return "undated"
    if ".." in edtf.strip("[]{}") or edtf.startswith(("..", "/")) or edtf.endswith("/"):
        return "open"
    return "uncertain" if re.search(r"[?~%X\[{]", edtf) else "certain"


@lru_cache(maxsize=KEPT)
def html(edtf: str | None, words: Words, text: str = "", class_: str = "") -> Markup:
    """A date on the page: `<time>` when exact, else a span with `data-edtf`, looking uncertain when it is or is open.

    `text` replaces the words; both are escaped here.
    """
    said, spoken = text or readable(edtf, words), "" if text else words.marked
    looks = {"certain": "", "uncertain": "uncertain", "open": "uncertain", "undated": "undated"}[certainty(edtf)]
    tag = "time" if is_exact(edtf) else "span"
    classes = escaped(" ".join(filter(None, ("date", class_, looks))))
    return Markup(f'<{tag} class="{classes}"{attributes(edtf)}{spoken}>{escaped(said)}</{tag}>')


@lru_cache(maxsize=KEPT)
def attributes(edtf: str | None) -> str:
    """The attribute that carries a date on any element, escaped: `datetime` when exact, `data-edtf` else, or none."""
    if not edtf:
        return ""
    name = "datetime" if is_exact(edtf) else "data-edtf"
    return f' {name}="{escaped(edtf)}"'


def year(edtf: str | None) -> str:
    """The year a date begins with, `X` where unspecified; empty when there is none."""
    match = re.match(r"[\[{]?\.{0,2}/?(-?[\dX]{4})", edtf or "")
    return match[1] if match else ""


def _interval(first: str, last: str, words: Words) -> str:
    begins, ends = _point(first, words), _point(last, words)
    if last == "..":
        return (
            words.gettext("from %(date)s on", date=begins) if first not in ("", "..") else words.gettext("at any time")
        )
    if first == "..":
        return words.gettext("until %(date)s", date=ends)
    if not last:
        return words.gettext("from %(date)s, end not known", date=begins) if first else readable(None, words)
    if not first:
        return words.gettext("until %(date)s, beginning not known", date=ends)
    return words.gettext("%(first)s to %(last)s", first=_shortened(first, last, words), last=ends)


def _shortened(first: str, last: str, words: Words) -> str:
    """Leaves out of the first date what the last one repeats: “2 to 3 March 2015”."""
    a, b = POINT.fullmatch(first), POINT.fullmatch(last)
    plain = a and b and not (a["doubt"] or b["doubt"] or a["time"] or b["time"] or "X" in first + last)
    if not (plain and a and b and a["year"] == b["year"] and _is_month(a["month"]) and _is_month(b["month"])):
        return _point(first, words)
    if a["day"] and b["day"] and a["month"] == b["month"]:
        return words.gettext("%(day)s", day=int(a["day"]))
    return _month(a["month"], a["day"], words)


def _set(edtf: str, words: Words) -> str:
    joiner = words.gettext(" or ") if edtf[0] == "[" else words.gettext(" and ")
    return joiner.join(_member(part, words) for part in _members(edtf))


def _member(part: str, words: Words) -> str:
    first, dots, last = part.partition("..")
    return _interval(first, last, words) if dots else _point(part, words)


def _members(edtf: str) -> list[str]:
    return [part.strip() for part in edtf[1:-1].split(",") if part.strip()]


def _point(value: str, words: Words) -> str:
    match = POINT.fullmatch(value)
    if not match:
        return value
    said = _day(match, words)
    if match["time"]:
        zone = {"Z": " UTC", None: ""}.get(match["zone"], f" (UTC{match['zone']})")
        said += f", {match['time']}{zone}"
    return _doubted(said, match["doubt"], words)


def _doubted(said: str, doubt: str | None, words: Words) -> str:
    if doubt == "?":
        return words.gettext("possibly %(date)s", date=said)
    if doubt == "~":
        return words.gettext("about %(date)s", date=said)
    return words.gettext("possibly about %(date)s", date=said) if doubt == "%" else said


def _day(match: re.Match[str], words: Words) -> str:
    year_, month, day = _year(match["year"], words), match["month"], match["day"]
    unknown = words.gettext("year not known")
    if month is None:
        return year_ or unknown
    if month == "XX":
        return words.gettext("%(year)s, month not known", year=year_ or unknown)
    if month in SEASONS:
        return words.gettext("%(season)s %(year)s", season=words.season(month), year=year_).strip()
    if not _is_month(month):
        return match[0]
    known = "" if day is None or "X" in day else day
    name = _month(month, known, words)
    if year_:
        name = words.gettext("%(month)s %(year)s", month=name, year=year_)
    if day is not None and not known:
        name = words.gettext("a day in %(month)s", month=name)
    return name if year_ else words.gettext("%(date)s, year not known", date=name)


def _month(month: str, day: str | None, words: Words) -> str:
    name = words.month(int(month))
    return words.gettext("%(day)s %(month)s", day=int(day), month=name) if day else name


def _is_month(month: str | None) -> bool:
    return bool(month and month.isdigit() and 1 <= int(month) <= 12)


def _year(value: str, words: Words) -> str:
    """A year in words; empty when nothing of it is known."""
    digits = value.lstrip("-")
    known = digits.rstrip("X")
    if not known or "X" in known:
        return ""
    if known == digits:
        number = int(digits)
        return words.gettext("%(year)s BC", year=number + 1) if value.startswith("-") else str(number)
    if len(known) == 3:
        return words.gettext("the %(decade)ss", decade=f"{known}0")
    first, last = known.ljust(4, "0"), known.ljust(4, "9")
    return words.gettext("the years %(first)s to %(last)s", first=first, last=last)
