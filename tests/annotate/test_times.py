"""The time-expression annotator, as its cases and its promises describe it.

A case file (tests/cases/times/*.txt) reads so: `published:` holds for what follows (empty: no day of publication is
known); then sentences with their time expressions in [brackets], and below each sentence one line an expression, in
order: TIMEX3 type, TIMEX3 value, EDTF (`-` where there is none). Nothing outside the brackets is a time expression.
The cases in tests/cases/times/parsed/ are read with the language model, as articles are: the grammar decides there.
Lines that begin with # say what the cases show.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.annotate.document import Document
from builder.annotate.engine import load, parse
from builder.annotate.times import annotate
from builder.model.annotation import TimeExpression

CASES = Path(__file__).parent.parent / "cases" / "times"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
JUMBLE = (
    "the last next first 3 31 1984 May March Monday week years ago later of in , - / 's BC . a few half noon at "
    "since until 12:30 p.m. second quarter fiscal 80s early mid- Christmas 999999999 0 century \n"
)
BRACKETS = re.compile(r"\[([^\]]*)\]")
WRITTEN = re.compile(r"\d{4}|\d0s")  # a year or decade the text itself names
Expected = tuple[str, str, str, str]


def read(text: str, published: str | None = None) -> list[TimeExpression]:
    return list(annotate(Document("t", text, (), published), ()))


def cases(file: Path) -> Iterator[tuple[str | None, str, list[Expected]]]:
    """Yields (published, sentence with its brackets, expected expressions)."""
    published: str | None = None
    sentence, results = "", list[str]()
    for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("    "):
            results.append(line)
            continue
        if sentence:
            words = BRACKETS.findall(sentence)
            yield published, sentence, [_expected(w, r) for w, r in zip(words, results, strict=True)]
        sentence, results = "", []
        if line.startswith("published:"):
            published = line.partition(":")[2].strip() or None
        elif line and not line.startswith("#"):
            sentence = line


def _expected(words: str, result: str) -> Expected:
    kind, value, edtf = result.split()
    return words, kind, value, edtf


PARSED = [(file.stem, *case) for file in sorted((CASES / "parsed").glob("*.txt")) for case in cases(file)]
ALL = [(file.stem, *case) for file in sorted(CASES.glob("*.txt")) for case in cases(file)]


@pytest.mark.parametrize(("file", "published", "sentence", "expected"), ALL)
def test_cases(file: str, published: str | None, sentence: str, expected: list[Expected]) -> None:
    """Every case file holds: these expressions, these values, and no others."""
    found = read(BRACKETS.sub(r"\1", sentence), published)
    assert [(t.exact, t.timex.type, t.timex.value, t.edtf or "-") for t in found] == expected


@pytest.mark.parametrize(("file", "published", "sentence", "expected"), PARSED)
def test_parsed_cases(file: str, published: str | None, sentence: str, expected: list[Expected]) -> None:
    """Where the words near a date mislead, the verb it hangs on tells which way it lies."""
    found = annotate(parse(load(), "t", BRACKETS.sub(r"\1", sentence), published), ())
    assert [(t.exact, t.timex.type, t.timex.value, t.edtf or "-") for t in found] == expected


@pytest.mark.parametrize(("file", "published", "sentence", "expected"), ALL)
def test_edtf_is_valid(file: str, published: str | None, sentence: str, expected: list[Expected]) -> None:
    """Whatever is written as EDTF, an EDTF parser reads."""
    for found in read(BRACKETS.sub(r"\1", sentence), published):
        if found.edtf:
            assert parse_edtf(found.edtf)


@pytest.mark.parametrize("sentence", [s for file, _, s, _ in ALL if file != "calendar" and not WRITTEN.search(s)])
def test_no_publication_date_no_guess(sentence: str) -> None:
    """Without a day of publication and with no year in the text, nothing is dated."""
    assert [t.edtf for t in read(BRACKETS.sub(r"\1", sentence)) if t.edtf] == []


def test_offsets_count_code_points() -> None:
    """`exact` is text[start:end], also behind marks outside the basic plane, and ids are unique."""
    text = "😀 “Now” — on 3 May 2011 and again on 3 May 2011, 🎉 yesterday."
    found = read(text, "2014-09-09")
    assert [text[t.start : t.end] for t in found] == [t.exact for t in found]
    assert [t.exact for t in found] == ["Now", "3 May 2011", "3 May 2011", "yesterday"]
    assert len({t.id for t in found}) == len(found)


def test_same_input_same_output() -> None:
    """Reading twice gives the same annotations, ids included."""
    text = "On Monday and since September, in the late 1980s, for months."
    assert read(text, "2015-03-02/2015-03-03") == read(text, "2015-03-02/2015-03-03")


@pytest.mark.parametrize(
    "published", ["../2015", "no date", "2015-13-40", "2015-03-05/..", "2015-03-05/", "2015-03/2014", ""]
)
def test_unreadable_publication_is_none(published: str) -> None:
    """A publication date that is open, impossible or no EDTF is no day to count from."""
    assert [t.edtf for t in read("It sank on Monday.", published)] == [None]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(JUMBLE.split(" ")),
        max_size=14,
    ),
    st.sampled_from([None, "2015-03-05", "0001-01-01", "9999-12-31", "2015-03-02/2015-03-03", "2014?"]),
)
def test_no_text_breaks_it(words: list[str], published: str | None) -> None:
    """Any jumble of the words of time gives annotations that lie in the text, apart and in order."""
    text = " ".join(words)
    found = read(text, published)
    assert all(text[t.start : t.end] == t.exact and t.exact.strip() == t.exact != "" for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(parse_edtf(t.edtf) for t in found if t.edtf)


@pytest.mark.slow
def test_speed() -> None:
    """It reads more than 50,000 characters of dense text in a CPU second."""
    text = "\n\n".join(BRACKETS.sub(r"\1", sentence) for _, _, sentence, _ in ALL)
    text = (text + "\n\nA paragraph about the harbour, its keeper and the weather, with no date in it at all.") * 8
    read(text, "2015-03-05")
    began = time.process_time()
    read(text, "2015-03-05")
    assert len(text) / (time.process_time() - began) > 50_000


def test_a_time_alone_on_its_line_is_of_the_day_of_publication() -> None:
    """Running reports stamp their entries so; the day that the entry before speaks of is another."""
    found = read("10:15 a.m.\nThe dam broke on Monday.\n2:45 p.m.\nThe mayor resigned.", "2015-03-05")
    assert [t.timex.value for t in found] == ["2015-03-05T10:15", "2015-03-02", "2015-03-05T14:45"]


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two seed articles are not beside the checkout")
@pytest.mark.parametrize(
    ("pattern", "published", "expected"),
    [
        ("000_*.txt", "2014-09-09", {"over the weekend": "2014-09-06/2014-09-07", "Sunday": "2014-09-07"}),
        ("000_*.txt", None, {"over the weekend": None, "Sunday": None}),
        (
            "004_*.txt",
            "2015-03-02/2015-03-03",
            {
                "Last Week": "2015-02-23/2015-03-01",
                "Monday": "2015-03-02",
                "next week": "2015-03-09/2015-03-15",
                "September": "2014-09/..",
                "months": None,
                "the last few days": None,
            },
        ),
    ],
)
def test_seeds(pattern: str, published: str | None, expected: dict[str, str | None]) -> None:
    """The two first articles' expressions are dated as they were meant, and not at all without a day to count from."""
    text = next(SEEDS.glob(pattern)).read_text(encoding="utf-8")
    found = {t.exact: t.edtf for t in read(text, published)}
    assert {words: found.get(words, "missing") for words in expected} == expected
