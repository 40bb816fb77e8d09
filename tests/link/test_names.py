"""Two names are written the same when only case, marks, dots and a leading article differ."""

from __future__ import annotations

import pytest

from builder.link.names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. M. Berger", "J.M. Berger"),
        ("The U.S.", "US"),
        ("Twitter’s", "Twitter"),
        ("São Paulo", "Sao Paulo"),
        ("AL-NUSRA", "Al Nusra"),
        ("O’Brien", "O'Brien"),
    ],
)
def test_these_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ABC News", "BBC News"), ("ISIS", "Islamic State"), ("@twitter", "Twitter"), ("Ann Lee", "Anna Lee"), ("?", "!")],
)
def test_these_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_initials_stay_apart_from_the_surname() -> None:
    assert fold("J.M. Berger").split() == fold("J. M. Berger").split() == ["jm", "berger"]
