"""Words in drawings: as long as they are told to be, broken before they are cut."""

from __future__ import annotations

import pytest

from builder.render.lettering import lines, width


def test_words_are_broken_at_spaces_and_stay_whole() -> None:
    """What fits on the lines stands there complete."""
    words = "A person with knowledge of the matter"
    assert " ".join(lines(words, 120, 14, 3)) == words
    assert len(lines(words, 1000, 14)) == 1


@pytest.mark.parametrize(
    "words", ["one two three four five six", "Donaudampfschifffahrtsgesellschaft", "港湾管理局の報道官"]
)
def test_what_does_not_fit_is_cut_and_says_so(words: str) -> None:
    """Also a single word, in any writing; no line is longer than its room."""
    found = lines(words, 60, 14, 1)
    assert found[0].endswith("…") and width(found[0], 14) <= 60


def test_letters_are_not_all_as_wide() -> None:
    """Capitals and East Asian signs take more room than an i, marks above letters none."""
    assert width("iii", 10) < width("nnn", 10) < width("NNN", 10) < width("港港港", 10)
    assert width("e\u0301", 10) == width("e", 10)
