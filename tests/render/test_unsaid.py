"""What the margin leaves out because a reader has it before their eyes."""

from __future__ import annotations

import pytest

from builder.model.annotation import Review
from builder.model.archive import EntityRecord
from builder.render.notes import DateNote, NameNote, Notes
from builder.render.template import open_site
from builder.render.unsaid import FAR, unsaid
from tests.render import harbour_fixture as sample

WORDS = open_site(sample.CONFIG).words


def names(*beside: str, review: Review = "machine") -> Notes:
    records = (EntityRecord(name.lower(), name, "person", ()) for name in beside)
    return Notes((), (), (), tuple(NameNote(f"m-{r.id}", r, review) for r in records))


def left(*margins: Notes, linked: tuple[set[tuple[str, bool]], ...] = ()) -> list[Notes]:
    return list(unsaid(margins, linked or [set()] * len(margins), WORDS))


def told(*margins: Notes, linked: tuple[set[tuple[str, bool]], ...] = ()) -> list[list[str]]:
    return [[note.record.name for note in notes.names] for notes in left(*margins, linked=linked)]


def test_a_name_is_told_once_until_it_is_out_of_sight() -> None:
    """It stands beside its first passage, and again once that has gone by."""
    margins = [names("Ada", "Ben"), names("Ada"), *[names("Ada")] * (FAR - 1)]
    assert told(*margins) == [["Ada", "Ben"], *[[]] * (FAR - 1), ["Ada"]]


def test_a_name_that_the_words_lead_to_is_not_told() -> None:
    """Not beside them, nor soon after; an editor's reading is, where only the machine's is linked."""
    nothing: set[tuple[str, bool]] = set()
    assert told(names("Ada", "Ben"), names("Ada"), linked=({("ada", True)}, nothing)) == [["Ben"], []]
    assert told(names("Ada", review="confirmed"), linked=({("ada", True)},)) == [["Ada"]]


def test_an_editors_reading_is_told_beside_the_machines() -> None:
    """A reader may have hidden what the machine read."""
    assert told(names("Ada"), names("Ada", review="confirmed"), names("Ada")) == [["Ada"], ["Ada"], []]


@pytest.mark.parametrize(
    ("exact", "edtf", "said"),
    [
        ("2 August 2018", "2018-08-02", False),
        ("August 2, 2018", "2018-08-02", False),
        ("2018", "2018", False),
        ("Thursday", "2018-08-02", True),
        ("2 August", "2018-08-02", True),
        ("2018", "2018~", True),
        ("Sunday", None, True),
    ],
)
def test_a_date_in_the_words_of_the_text_is_not_said_again(exact: str, edtf: str | None, said: bool) -> None:
    """What is added, a year or a doubt, or that it is not known, is said."""
    notes = Notes((), (), (DateNote("t-1", exact, edtf, False, "machine"),), ())
    assert [bool(beside.dates) for beside in left(notes)] == [said]


def test_a_date_that_leads_to_the_chronology_stays() -> None:
    """Once, without the words that stand in the text."""
    notes = Notes((), (), (DateNote("t-1", "2 August 2018", "2018-08-02", False, "machine", "a-row"),), ())
    assert [(date.exact, date.row) for beside in left(notes) for date in beside.dates] == [("", "a-row")]
