"""EDTF is told in words, and given to machines only where HTML can hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.render import dates
from builder.render.words import Words

ENGLISH = Words("en")
CASES = Path(__file__).resolve().parent.parent / "cases" / "render" / "dates.txt"


def cases() -> list[tuple[str, str, bool]]:
    found = []
    for line in CASES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            edtf, words = (part.strip() for part in line.split(" = "))
            found.append((edtf, words.removesuffix(" *"), words.endswith(" *")))
    return found


@pytest.mark.parametrize(("edtf", "words", "exact"), cases())
def test_a_date_in_words(edtf: str, words: str, exact: bool) -> None:
    """Each line of cases/render/dates.txt holds."""
    assert dates.readable(edtf, ENGLISH) == words
    assert dates.is_exact(edtf) is exact


def test_an_exact_date_is_a_time_element() -> None:
    """Machines get the date in `datetime`."""
    assert dates.html("2014-09", ENGLISH) == '<time class="date" datetime="2014-09">September 2014</time>'


def test_any_other_date_keeps_its_edtf_and_looks_uncertain() -> None:
    """What HTML's <time> cannot hold stands in `data-edtf`."""
    assert dates.html("2014~", ENGLISH) == '<span class="date uncertain" data-edtf="2014~">about 2014</span>'


@pytest.mark.parametrize("edtf", ["2014-09-06/2014-09-07", "-0311", "2014-09/2015"])
def test_a_date_that_is_known_never_looks_uncertain(edtf: str) -> None:
    """Neither days with a known beginning and end nor years before our era, though <time> holds neither."""
    shown = dates.html(edtf, ENGLISH)
    assert shown.startswith(f'<span class="date" data-edtf="{edtf}">')


def test_an_open_date_looks_uncertain() -> None:
    """Its end is not known."""
    assert 'class="date uncertain"' in dates.html("2014-09/..", ENGLISH)


def test_a_missing_date_is_said_to_be_unknown() -> None:
    """No date is ever made up."""
    assert dates.html(None, ENGLISH) == '<span class="date undated">date not known</span>'


def test_words_and_values_are_escaped() -> None:
    """Not even an EDTF value is trusted."""
    assert "<b>" not in dates.html("<b>", ENGLISH) + dates.html("2014", ENGLISH, "<b>") + dates.attributes('"><b>')
