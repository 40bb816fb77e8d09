"""What a web page left in the text of an article, known by general patterns; every change is recorded.

All edits of a text are found in it as it was, do not overlap, and are made in one pass from the start; so the record,
in its order, can be undone: each place is the first one, after the last, where `prefix` and `after` stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from msgspec import Struct

from builder.model.article import Cleanup

SHORTEST_PREFIX = 24
LONGEST_FURNITURE = 90
HABIT = 100  # so many no-break spaces are the text's own way of writing

CREDIT_WORDS = r"(?:photo(?:graph)?|image|picture|illustration|graphic|video|cover|file)s?"
NAME = r"(?:the )?(?-i:[A-Z@])"
GIVEN = rf"(?:\b(?:by|via|from|of|courtesy|credits?|copyright|handout|provided)\b|[:©/])\s*:?\s*{NAME}"
PHOTO_CREDITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # (Photo of the quay by A. Reed/Agency)), (File photo courtesy of the Port), [Image: Agency]
        rf"[(\[]\s*(?:{CREDIT_WORDS}|courtesy)\b(?=[^()\[\]]*{GIVEN})[^()\[\]]{{1,240}}[)\]]+\.?",
        # (Agency Photo/A. Reed)
        rf"\([^()]{{0,80}}\bphoto\s?/\s?{NAME}[^()]{{1,80}}\)+\.?",
        # (A. Reed/Agency)
        r"(?-i:\((?:[A-Z][\w.’'-]*\s?){1,5}/\s?(?:[A-Z][\w.’'-]*\s?){1,5}\)+)",
        # Photo: A. Reed/Agency; Photo by A. Reed; Image credit: Agency
        rf"{CREDIT_WORDS}(?:\s*:|(?:\s(?:credits?|courtesy|by|via|copyright|of))+\s*:?)\s*(?={NAME})(?:[^.:;]|\b[A-Z]\.){{2,80}}",
    )
)
DATELINE_DEBRIS = re.compile(r"(?:[—–]|--?)(?:[ \xa0]+(?:[—–]|--?))+[ \xa0]+")
AFTER_DATELINE = re.compile(r"(?<=[—–])[ \xa0]+--(?=[ \xa0])")
STRAY_HYPHEN = re.compile(r"(?<!-)-([–—])|([–—])-(?!-)")
NO_BREAK = re.compile("(?<![«‹])[\xa0\u202f](?![»›:;!?%])")  # French sets its marks off with them
INVISIBLE = re.compile("[\u200b\u00ad\ufeff\u2060\f]+")
DOUBLED = re.compile(r"(?<![:;=8-])\)\)|\(\((?!\w+\))")


class Edit(Struct, frozen=True):
    """text[start:end] becomes `after`."""

    start: int
    end: int
    kind: str
    after: str = ""


@cache
def _furniture() -> re.Pattern[str]:
    lines = files(__package__).joinpath("furniture.txt").read_text("utf-8").splitlines()
    phrases = [line for line in lines if line and not line.startswith("#")]
    patterns = (r"(?=[\s:]).*".join(map(re.escape, phrase.split(" …"))) for phrase in phrases)
    return re.compile(rf"[\W_]{{0,3}}(?:{'|'.join(patterns)})[\s.:!»›>→…|]*", re.IGNORECASE)


def left_by_page(line: str) -> str:
    """What kind of page debris a whole line is ("page furniture", "photo credit"), or empty: the author's words."""
    line = " ".join(line.split())
    if len(line) <= LONGEST_FURNITURE and _furniture().fullmatch(line):
        return "page furniture"
    return "photo credit" if any(pattern.fullmatch(line) for pattern in PHOTO_CREDITS) else ""


def edits_within(line: str) -> Iterator[Edit]:
    """The changes to the characters of a line that stays."""
    debris = DATELINE_DEBRIS.match(line)
    if debris:
        yield Edit(0, debris.end(), "dateline debris")
    start = debris.end() if debris else 0
    for pattern, kind, after in (
        (AFTER_DATELINE, "dateline debris", ""),
        (STRAY_HYPHEN, "stray hyphen", r"\1\2"),
        (NO_BREAK, "no-break space", " "),
        (INVISIBLE, "invisible character", ""),
    ):
        yield from (Edit(m.start(), m.end(), kind, m.expand(after)) for m in pattern.finditer(line, start))
    if line.count("(") != line.count(")"):
        yield from _doubled(line, start)


def _doubled(line: str, start: int) -> Iterator[Edit]:
    """Doubled brackets, as long as taking one out brings the line nearer to balance."""
    surplus = line.count(")") - line.count("(")
    for found in DOUBLED.finditer(line, start):
        step = 1 if found.group() == "))" else -1
        if surplus * step > 0:
            surplus -= step
            yield Edit(found.start(), found.end(), "doubled bracket", found.group()[0])


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, tuple[Cleanup, ...]]:
    """Makes the edits and records them; where two overlap, the one that begins first (or is longer) is made."""
    parts: list[str] = []
    made: list[tuple[Edit, int]] = []
    done = size = 0
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start < done:
            continue
        parts += text[done : edit.start], edit.after
        made.append((edit, size + edit.start - done))
        size += edit.start - done + len(edit.after)
        done = edit.end
    result = "".join([*parts, text[done:]])
    records, cursor = [], 0
    for edit, place in made:
        prefix = _prefix(result, place, edit.after, cursor)
        records.append(Cleanup(edit.kind, text[edit.start : edit.end], edit.after, prefix))
        cursor = place + len(edit.after)
    return result, tuple(records)


def _prefix(text: str, place: int, after: str, cursor: int) -> str:
    """The words before a place, as many as make it the first such place after the cursor."""
    length = SHORTEST_PREFIX
    while length < place:
        prefix = text[place - length : place]
        if text.find(prefix + after, max(0, cursor - length)) == place - length:
            return prefix
        length *= 2
    return text[:place]


def without_habits(edits: list[Edit]) -> list[Edit]:
    """Leaves no-break spaces alone where they are the text's own way of writing."""
    if sum(edit.kind == "no-break space" for edit in edits) <= HABIT:
        return edits
    return [edit for edit in edits if edit.kind != "no-break space"]
