"""EDTF as English a reader understands, and as HTML that says no more than is known.

Source: https://www.loc.gov/standards/datetime/ (levels 0 and 1, and the parts of 2 that articles need).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
QUALIFIERS = {"?": "possibly ", "~": "about ", "%": "possibly about "}
POINT = re.compile(
    r"(?P<year>-?[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?"
    r"(?:T(?P<time>\d\d:\d\d)(?::\d\d)?(?P<zone>Z|[+-]\d\d:\d\d)?)?(?P<doubt>[?~%])?"
)
UNKNOWN = "date not known"


def readable(edtf: str | None) -> str:
    """An EDTF value in words: `2014-09/..` is “from September 2014 on”; what cannot be read is given as it is."""
    if not edtf:
        return UNKNOWN
    if edtf[0] in "[{" and edtf[-1] in "]}":
        return _set(edtf)
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(edtf)
    return _interval(first, last)


def is_exact(edtf: str | None) -> bool:
    """True when HTML's `<time datetime>` can hold the value: a day, month, year or moment without any doubt."""
    match = POINT.fullmatch(edtf or "")
    if not match or match["doubt"] or "X" in match[0] or match["year"] <= "0000":
        return False
    if match["month"] and not 1 <= int(match["month"]) <= 12:
        return False
    return not match["time"] or bool(match["day"])


def html(edtf: str | None, text: str = "", class_: str = "") -> Markup:
    """A date on the page: `<time>` when exact, else a span with `data-edtf`, looking uncertain when it is.

    `text` replaces the words; both are escaped here.
    """
    words = text or readable(edtf)
    classes = f"date {class_}".strip()
    if edtf and is_exact(edtf):
        return Markup('<time class="{}" datetime="{}">{}</time>').format(classes, edtf, words)
    if not edtf:
        return Markup('<span class="{} undated">{}</span>').format(classes, words)
    return Markup('<span class="{} uncertain" data-edtf="{}">{}</span>').format(classes, edtf, words)


def attributes(edtf: str | None) -> Markup:
    """The attribute that carries a date on any element: `datetime` when exact, `data-edtf` else, or nothing."""
    if not edtf:
        return Markup()
    name = "datetime" if is_exact(edtf) else "data-edtf"
    return Markup(' {}="{}"').format(Markup(name), escape(edtf))


def year(edtf: str | None) -> str:
    """The year a date begins with, `X` where unspecified; empty when there is none."""
    match = re.match(r"[\[{]?\.{0,2}/?(-?[\dX]{4})", edtf or "")
    return match[1] if match else ""


def _interval(first: str, last: str) -> str:
    if last == "..":
        return f"from {_point(first)} on" if first not in ("", "..") else "at any time"
    if first == "..":
        return f"until {_point(last)}"
    if not last:
        return f"from {_point(first)}, end not known" if first else UNKNOWN
    if not first:
        return f"until {_point(last)}, beginning not known"
    return f"{_shortened(first, last)} to {_point(last)}"


def _shortened(first: str, last: str) -> str:
    """Leaves out of the first date what the last one repeats: “2 to 3 March 2015”."""
    a, b = POINT.fullmatch(first), POINT.fullmatch(last)
    plain = a and b and not (a["doubt"] or b["doubt"] or a["time"] or b["time"] or "X" in first + last)
    if not (plain and a and b and a["year"] == b["year"] and _is_month(a["month"]) and _is_month(b["month"])):
        return _point(first)
    if a["day"] and b["day"] and a["month"] == b["month"]:
        return str(int(a["day"]))
    month = MONTHS[int(a["month"]) - 1]
    return f"{int(a['day'])} {month}" if a["day"] else month


def _set(edtf: str) -> str:
    joiner = " or " if edtf[0] == "[" else " and "
    return joiner.join(_interval(*part.split("..", 1)) if ".." in part else _point(part) for part in _members(edtf))


def _members(edtf: str) -> list[str]:
    return [part.strip() for part in edtf[1:-1].split(",") if part.strip()]


def _point(value: str) -> str:
    match = POINT.fullmatch(value)
    if not match:
        return value
    words = _day(match)
    if match["time"]:
        zone = {"Z": " UTC", None: ""}.get(match["zone"], f" (UTC{match['zone']})")
        words += f", {match['time']}{zone}"
    return QUALIFIERS.get(match["doubt"] or "", "") + words


def _day(match: re.Match[str]) -> str:
    year_, month, day = _year(match["year"]), match["month"], match["day"]
    if month is None:
        return year_ or "year not known"
    if month == "XX":
        return f"{year_ or 'year not known'}, month not known"
    if month in SEASONS:
        return f"{SEASONS[month]} {year_}".strip()
    if not _is_month(month):
        return match[0]
    name = MONTHS[int(month) - 1] + (f" {year_}" if year_ else "")
    if day is not None:
        name = f"a day in {name}" if "X" in day else f"{int(day)} {name}"
    return name if year_ else f"{name}, year not known"


def _is_month(month: str | None) -> bool:
    return bool(month and month.isdigit() and 1 <= int(month) <= 12)


def _year(value: str) -> str:
    """A year in words; empty when nothing of it is known."""
    digits = value.lstrip("-")
    known = digits.rstrip("X")
    if not known or "X" in known:
        return ""
    if known == digits:
        return f"{int(digits) + 1} BC" if value.startswith("-") else str(int(digits))
    if len(known) == 3:
        return f"the {known}0s"
    return f"the years {known.ljust(4, '0')} to {known.ljust(4, '9')}"
