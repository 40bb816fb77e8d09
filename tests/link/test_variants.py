"""Statements in other words are one where the cases say so, and two wherever anything speaks against it.

A case in tests/cases/variants/*.txt is a paragraph; each line is a quotation of an article of its own, unless the
day is followed by the article's name.
"""

from __future__ import annotations

import time
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from builder.link import variants
from builder.link.quotations import Said, group, said, saying
from builder.model.annotation import Quotation
from builder.model.archive import Occurrence

CASES = Path(__file__).parent.parent / "cases" / "variants"


def read(name: str) -> list[Any]:
    blocks = (CASES / name).read_text(encoding="utf-8").split("\n\n")[1:]
    cases = [block.strip().split("\n") for block in blocks]
    return [pytest.param([line.split(" | ") for line in lines], id=heading.lstrip("# ")) for heading, *lines in cases]


def made(number: int, who: str, when: str, form: Any, words: str) -> Said:
    day, _, article = when.partition(", ")
    quotation = Quotation(f"q-{number}", 0, len(words), words, ((0, len(words)),), form, None, None, None, "q@1", 0.9)
    known = None if day == "-" else date.fromisoformat(day).toordinal()
    article = article or f"article-{number}"
    return said(article, saying(quotation, Occurrence(article, quotation.id)), "" if who == "-" else who, known)


def joined(rows: list[list[str]]) -> list[list[Said]]:
    return variants.join(group([made(n, *row) for n, row in enumerate(rows)]))


@pytest.mark.parametrize("rows", read("joined.txt"))
def test_one_statement_in_other_words(rows: list[list[str]]) -> None:
    """All wordings of the case are one record, in whatever order the articles are read, the quoted one first."""
    for order in permutations(rows):
        (one,) = joined(list(order))
        assert len(one) == len(rows)
        assert one[0].form == "direct" or all(s.form == "indirect" for s in one)


@pytest.mark.parametrize("rows", read("apart.txt"))
def test_likeness_is_not_enough(rows: list[list[str]]) -> None:
    """Every wording of the case is a record of its own."""
    assert len(joined(rows)) == len(rows)


def test_nothing_is_lost_or_said_twice() -> None:
    """Joining all cases at once gives every quotation back once."""
    rows = [row for name in ("joined.txt", "apart.txt") for case in read(name) for row in case.values[0]]
    ids = sorted(s.id for g in joined(rows) for s in g)
    assert ids == sorted(f"q-{n}" for n in range(len(rows)))


def test_thousands_of_statements_are_compared_in_seconds() -> None:
    """Ten thousand statements of one speaker on one topic, and none is another's variant."""
    text = "The council of Olney will look at item w{0} and item x{1} and report on y{2} and z{3}"
    rows = [["Ada Poe", "2021-03-02", "direct", text.format(n % 97, n % 89, n % 83, n % 79)] for n in range(10_000)]
    groups = [[made(n, *row)] for n, row in enumerate(rows)]
    started = time.process_time()
    assert len(variants.join(groups)) > 9_000
    assert time.process_time() - started < 20
