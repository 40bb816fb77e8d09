"""What days an EDTF value can mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model import interval


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2014-09-07", "2014-09-07", "2014-09-07"),
        ("2014-09-06/2014-09-07", "2014-09-06", "2014-09-07"),
        ("2014-09/..", "2014-09-01", ""),
        ("../2014", "", "2014-12-31"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("2014-21", "2014-03-01", "2014-05-31"),
        ("2015-02-23/2015-03-01~", "2015-02-23", "2015-03-01"),
        ("-0043", "-0043-01-01", "-0043-12-31"),
        ("2019-05-2X", "2019-05-20", "2019-05-29"),
        ("2019-05-3X", "2019-05-30", "2019-05-31"),
        ("2019-1X", "2019-10-01", "2019-12-31"),
        ("2019-XX-XX", "2019-01-01", "2019-12-31"),
        ("19XX-02-29", "1904-02-29", "1996-02-29"),
        ("2014-24", "2014-12-01", "2015-02-28"),
        ("2015-24", "2015-12-01", "2016-02-29"),
        ("2014-33", "2014-01-01", "2014-03-31"),
        ("2014?/2015-03~", "2014-01-01", "2015-03-31"),
        ("[2014-09-07,2014-07-09]", "2014-07-09", "2014-09-07"),
    ],
)
def test_the_days_a_value_can_mean(edtf: str, earliest: str, latest: str) -> None:
    found = interval.bounds(edtf)
    assert found is not None
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "2014-13",
        "2014-02-30",
        "2015-W10",
        "1980s",
        "14-09-07",
        "２０１４",
        "2015/2014",
        "2014-02-3X",
        "2014-2X",
        "/",
    ],
)
def test_other_words_are_no_date(words: str) -> None:
    assert not interval.valid(words)


@settings(max_examples=60)
@given(st.dates().map(str), st.sampled_from([4, 7, 10]))
def test_the_short_way_gives_what_the_library_gives(day: str, length: int) -> None:
    value = day[:length]
    assert interval.bounds(value) == interval.bounds(f"[{value},{value}]")  # a set goes through the library


def test_an_end_nobody_knows_is_no_day() -> None:
    """The library would put it ten years off."""
    assert interval.bounds("2014-09/") == interval.Bounds((2014, 9, 1), None)
    assert interval.bounds("/2014-09") == interval.Bounds(None, (2014, 9, 30))


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The library prints what it cannot read, and standard output is for annotations."""
    assert not interval.valid("2014-1X-5X~9")
    assert not interval.valid("{2014-1X}")
    assert capsys.readouterr().out == ""


def test_undated_sorts_last_and_the_narrower_value_first() -> None:
    values = [None, "2014", "2014-01-01", "2014-01", "-0043", "2013-12/.."]
    assert sorted(values, key=interval.order) == ["-0043", "2013-12/..", "2014-01-01", "2014-01", "2014", None]
