"""Finds what stands between quotation marks, paragraph by paragraph, whatever marks were used.

Curly, straight, doubled single ('' ``) and angle marks close one another where their own partner is missing;
single marks count outside double ones, told from apostrophes by what stands around them. A mark that nothing
closes costs at most its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.annotate.document import Document

OPENING, CLOSING, STRAIGHT = "“„‟«", "”»", '"＂'
MARK = re.compile(r"''|``|‘‘|’’|[“„‟«”»\"＂]")
SINGLE = re.compile(r"(?<![\w'’])['‘](?=[\w#@$…])(?!\d0s|em\b|til\b|cause\b|tis\b|twas\b|n['’]\b)")
SINGLE_END = re.compile(r"(?<=[\w.,!?…;:%)])['’](?![\w'’])")
AFTER = frozenset(" \t,.;:!?)]}—–-…'’”»\u00a0")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between marks: [start, end) with the marks, `inner` without; `paragraph` counts from 0.

    `closed` is false where the paragraph ends before the closing mark; `follows` is true when it goes on with an
    unclosed one of the paragraph before; `single` when its marks are single ones.
    """

    start: int
    end: int
    inner: tuple[int, int]
    paragraph: int
    closed: bool = True
    follows: bool = False
    single: bool = False


def scan(document: Document) -> list[Quoted]:
    """Gives all top-level quoted stretches of a document in text order."""
    found: list[Quoted] = []
    lines = document.paragraphs
    for index, line in enumerate(lines):
        after = document.text[lines[index + 1].start : lines[index + 1].end] if index + 1 < len(lines) else ""
        text = document.text[line.start : line.end]
        before = found[-1] if found and found[-1].paragraph == index - 1 else None
        for quoted in _top(list(_paragraph(text, index, _starts_quoted(after)))):
            lead = not text[: quoted.start].strip()
            found.append(
                Quoted(
                    line.start + quoted.start,
                    line.start + quoted.end,
                    (line.start + quoted.inner[0], line.start + quoted.inner[1]),
                    index,
                    quoted.closed,
                    lead and before is not None and not before.closed,
                    quoted.single,
                )
            )
    return found


def _starts_quoted(text: str) -> bool:
    match = MARK.search(text)
    return bool(match) and not text[: match.start()].strip() if match else False


def _top(quoted: Sequence[Quoted]) -> list[Quoted]:
    kept: list[Quoted] = []
    for one in sorted(quoted, key=lambda q: (q.start, -q.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _paragraph(text: str, index: int, goes_on: bool) -> Iterator[Quoted]:
    pairs, left = _double(text)
    for (a, b), (c, d) in pairs:
        yield Quoted(a, d, (b, c), index)
    for a, b in left:
        if _may_stay_open(text, a, goes_on) and not any(p[0][0] <= a < p[1][1] for p in pairs):
            end = len(text.rstrip())
            yield Quoted(a, end, (b, end), index, closed=False)
            break
    covered = [(p[0][0], p[1][1]) for p in pairs]
    yield from (Quoted(a, d, (a + 1, d - 1), index, single=True) for a, d in _singles(text, covered))


Pair = tuple[tuple[int, int], tuple[int, int]]


def _double(text: str) -> tuple[list[Pair], list[tuple[int, int]]]:
    """Pairs marks with a stack; gives the pairs and the marks left open."""
    stack: list[tuple[int, int]] = []
    pairs: list[Pair] = []
    for match in MARK.finditer(text):
        here = match.span()
        if _opens(text, here, bool(stack)):
            stack.append(here)
        elif stack:
            pairs.append((_partner(text, stack, match.group()), here))
    return pairs, stack


def _partner(text: str, stack: list[tuple[int, int]], mark: str) -> tuple[int, int]:
    """Takes the innermost open mark of the closing mark's own kind, else the innermost."""
    curly = mark in CLOSING or mark in OPENING
    for at in range(len(stack) - 1, -1, -1):
        if (text[stack[at][0]] in OPENING) == curly:
            partner = stack[at]
            del stack[at:]
            return partner
    return stack.pop()


def _opens(text: str, here: tuple[int, int], inside: bool) -> bool:
    start, end = here
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    mark = text[start:end]
    fits = (before.isspace() or before in "([—–-/'‘:,“\"") and not behind.isspace()
    shuts = not before.isspace() and behind in AFTER
    if mark in OPENING:
        return not (inside and shuts and not fits)
    if mark in CLOSING:
        return not inside and fits and not shuts
    if inside:
        return fits and not shuts and before.isspace()
    return not (before.isdigit() and not fits) and not (shuts and not fits)


def _may_stay_open(text: str, at: int, goes_on: bool) -> bool:
    """An unclosed mark counts at the paragraph's start, after a colon, or where the next paragraph goes on."""
    before = text[:at].rstrip()
    return not before or before[-1] in ":," or goes_on


def _singles(text: str, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    while match := SINGLE.search(text, at):
        start = at = match.start()
        at += 1
        if any(a <= start < b for a, b in covered):
            continue
        ends = [m.end() for m in SINGLE_END.finditer(text, start + 1)]
        following = SINGLE.search(text, start + 1)
        limit = min([a for a, _ in covered if a > start] + [following.start() if following else len(text)])
        ends = [e for e in ends if e <= limit]
        if not ends:
            continue
        end = _single_end(text, ends)
        yield start, end
        at = end


def _single_end(text: str, ends: Sequence[int]) -> int:
    """The first closing mark that cannot be a possessive (`workers' rights`), else the last."""
    for end in ends:
        if text[end - 2] in ".,!?…" or text[end - 2] != "s" or not text[end : end + 2].strip().isalpha():
            return end
    return ends[-1]
