"""Brackets that never close make Markdown readers take time with the square of a paragraph's length."""

from __future__ import annotations

import re

from builder.problems import Problem, Problems, at

BUDGET = 10_000_000  # characters to look through for closing brackets: some two seconds; prose needs thousands
BRACKET = re.compile(r"\\.|\[|\]\(|\]|\)")
BLANK = re.compile(r"\n[ \t]*\n")


def refuse_unclosed(text: str, where: str, first_line: int = 1) -> None:
    """Raises Problems at the first paragraph whose open brackets would keep Markdown busy for minutes."""
    if text.count("[") < 2:
        return
    total, start = 0, 0
    for paragraph in BLANK.split(text):
        total += _distance(paragraph)
        if total > BUDGET:
            line = first_line + text.count("\n", 0, text.index(paragraph, start))
            hint = "Close them, put “\\” before each, or set “format: text” if nothing in the article is markup."
            raise Problems([Problem(at(where, line), "square brackets that never close", hint)])
        start += len(paragraph)


def _distance(paragraph: str) -> int:
    """The way from each opening bracket to the one that closes it, or to the paragraph's end, summed."""
    total = 0
    open_: list[int] = []
    targets: list[int] = []
    for found in BRACKET.finditer(paragraph):
        mark, place = found.group(), found.start()
        if mark == "[":
            open_.append(place)
        elif mark == ")":
            total += sum(place - target for target in targets)
            targets = []
        elif mark[0] == "]":
            total += place - open_.pop() if open_ else 0
            if mark == "](":
                targets.append(place)
    return total + sum(len(paragraph) - place for place in open_ + targets)
