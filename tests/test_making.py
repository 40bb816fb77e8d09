"""Articles of a large archive are joined in a process of their own: what comes of it is the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builder import making
from builder.problems import Problems
from tests.conftest import Trial

FIRST = "The mayor of Harrow, Ada Lune, opened the bridge on 3 May 2019. “It will hold,” Ada Lune said."
SECOND = "Ada Lune left office in 2021, the Harrow Post reported."


def build(trial: Trial) -> dict[str, bytes]:
    """Two articles, then another word in one, then a name in the other; each time what is published."""
    trial.article("one", FIRST)
    trial.article("two", SECOND)
    trial.build()
    trial.article("one", FIRST.replace("opened", "closed"))
    trial.build()
    trial.article("two", SECOND + " Bo Marr followed her.")
    trial.build()
    return trial.files()


def test_the_same_is_published(
    trial: Trial, make_trial: Callable[[str], Trial], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = build(trial)
    monkeypatch.setattr(making, "MANY", 0)
    apart = make_trial("apart")
    assert build(apart) == here
    trial.build()
    assert trial.files() == here


def test_an_archive_that_was_joined_apart_is_left_alone_where_nothing_changed(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MANY", 0)
    build(trial)
    monkeypatch.setattr(making, "_join", None)
    assert trial.build().published.written == 0


def test_what_is_wrong_in_joining_is_told_as_ever(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops the other process stops the build, and nothing is published."""
    monkeypatch.setattr(making, "MANY", 0)
    build(trial)
    before = trial.files()

    def refused(*_: object) -> None:
        raise Problems([])

    monkeypatch.setattr(making, "work_out", refused)
    trial.article("one", FIRST + " Cy Dorn came too.")
    with pytest.raises(Problems):
        trial.build()
    assert trial.files() == before
