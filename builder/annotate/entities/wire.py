"""What news agencies set around a report: the dateline before it, the names of those who made it after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder import authority
from builder.annotate.entities.lexicon import either
from builder.annotate.entities.names import Name, View

CAP = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
WORDS = rf"{CAP}(?: {CAP}){{0,3}}"
SHOUTED = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'-]+[A-ZÀ-ÖØ-Þ]"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
AGENCY = r"\((?P<agency>[A-Za-z][\w. /-]{1,40})\)"
# "LISBON, Portugal, Dec 5 (Agency) - "; in small letters only where the agency is named.
DATELINE = re.compile(
    rf"^(?P<place>{SHOUTED}|{WORDS}(?=[^\n(]{{0,40}}\([A-Za-z]))(?:/(?P<second>{WORDS}))?"
    rf"(?:, (?!{MONTH} \d)(?P<where>{WORDS}))?"
    rf"(?P<date>,? (?:{MONTH} \d\d?|\d\d? {MONTH})(?:,? \d{{4}})?)?(?: {AGENCY})?:? ?[–—-]+ ",
    re.M,
)
CREDIT = re.compile(rf"(?:\b(?:{either('makers')}) by|^(?P<line>By|BY)):? (?P<names>[A-Z][^\n;)]*)", re.M)
FULL = rf"{CAP}(?: (?:(?:{either('particles')}) )*{CAP}){{0,3}}"
CREDITED = re.compile(rf"(?P<before>^|, and |, | and | & | in )(?P<name>{FULL})")
PERSON = re.compile(r"\S+ .*[a-z]")


def find(view: View) -> Iterator[Name]:
    """Yields the places of datelines with the agency after them, and the people that a credit names."""
    for match in DATELINE.finditer(view.text):
        yield from _dateline(match)
    for match in CREDIT.finditer(view.text):
        yield from _credited(match)


def again(view: View, found: Sequence[Name]) -> Iterator[Name]:
    """Yields the places of datelines where the text names them again, in small letters."""
    shouted = {view.surface(n) for n in found if n.kind == "place" and view.surface(n).isupper()}
    for place in sorted(shouted):
        for match in re.finditer(rf"\b{re.escape(place.title())}\b", view.text):
            yield Name(*match.span(), "place", 0.85)


def _dateline(match: re.Match[str]) -> Iterator[Name]:
    if not (match["agency"] or match["date"] or match["where"] or _is_place(match["place"])):
        return
    if match["where"] and not (match["agency"] or match["date"] or _is_place(match["where"])):
        return
    for group in ("place", "second", "where"):
        if match[group] and _is_place(match[group], otherwise=True):
            yield Name(*match.span(group), "place", 0.9)
    if match["agency"]:
        yield Name(*match.span("agency"), "organization", 0.85)


def _is_place(words: str, otherwise: bool = False) -> bool:
    """Tells whether the authority file knows a place of this name; `otherwise` where it knows nothing."""
    record = authority.find(words) or authority.doubtful().get(words) or authority.doubtful().get(words.title())
    return record.kind == "place" if record else otherwise


def _credited(match: re.Match[str]) -> Iterator[Name]:
    base, listed = match.start("names"), match["names"]
    at, names = 0, []
    while found := CREDITED.match(listed, at):
        placed = found["before"] == " in "
        end = base + found.start("name") + len(found["name"].rstrip(".'"))
        if placed or PERSON.match(found["name"]):
            names.append(Name(base + found.start("name"), end, "place" if placed else "person", 0.85))
        at = found.end()
    if not match["line"] or not listed[at:].strip():  # else a sentence that begins with "By"
        yield from names
