"""An editor's decision wins over the machine, and one that no longer fits is an error, never dropped."""

from __future__ import annotations

from typing import Any

import pytest

from builder.anchor import identify
from builder.model.annotation import Annotation, Mention, Quotation, Speaker
from builder.model.article import Article, Block
from builder.model.editorial import Decision
from builder.model.selector import TextQuoteSelector
from builder.problems import Problems
from builder.review import review

TEXT = "Ada Poe met Bo. “We met,” said Poe. Later Ada Poe left."


def mention(start: int, end: int, label: Any = "person") -> Mention:
    id = identify(TEXT, "entity", start, end)
    exact = TEXT[start:end]
    return Mention(id, start, end, exact, label, f"{label}:x", exact, "entities@1", 0.7)


def quotation() -> Quotation:
    start, end = 16, 25
    speaker = Speaker(31, 34, "Poe", "Ada Poe", "person:x", "named")
    id = identify(TEXT, "quotation", start, end)
    return Quotation(id, start, end, TEXT[start:end], ((start, end),), "direct", speaker, None, None, "q@1", 0.8)


ARTICLE = Article("meeting", "Meeting", TEXT, (Block("paragraph", 0, len(TEXT)),), path="content/articles/meeting.md")
MACHINE: tuple[Annotation, ...] = (mention(0, 7), mention(12, 14, "place"), quotation(), mention(42, 49))


def decide(action: Any, type_: str, exact: str, prefix: str = "", suffix: str = "", **values: Any) -> Decision:
    quote = TextQuoteSelector(exact, prefix, suffix)
    return Decision(action, type_, quote, "content/reviews/meeting.yaml:4", values, by="E. Ditor")


def states(*decisions: Decision) -> dict[tuple[str, int], str]:
    return {
        (type(r.annotation).__name__, r.annotation.start): r.review
        for r in review(ARTICLE, MACHINE, decisions).annotations
    }


def error(*decisions: Decision) -> str:
    with pytest.raises(Problems) as caught:
        review(ARTICLE, MACHINE, decisions)
    return str(caught.value)


def test_without_decisions_everything_is_the_machines() -> None:
    assert set(states().values()) == {"machine"}


def test_a_confirmation_marks_just_its_place() -> None:
    found = states(decide("confirm", "entity", "Ada Poe", suffix=" met"))
    assert found["Mention", 0] == "confirmed"
    assert found["Mention", 42] == "machine"


def test_a_rejection_takes_the_annotation_out_and_counts_it() -> None:
    reviewed = review(ARTICLE, MACHINE, [decide("reject", "entity", "Bo")])
    assert reviewed.rejected == 1
    assert all(r.annotation.exact != "Bo" for r in reviewed.annotations)


def test_a_correction_changes_what_it_says_and_is_the_editors_from_then_on() -> None:
    reviewed = review(ARTICLE, MACHINE, [decide("correct", "entity", "Bo", label="person", name="Bo Diddle")])
    bo = next(r for r in reviewed.annotations if r.annotation.exact == "Bo")
    assert isinstance(bo.annotation, Mention)
    assert (bo.review, bo.by, bo.annotation.label, bo.annotation.name) == (
        "corrected",
        "E. Ditor",
        "person",
        "Bo Diddle",
    )
    assert (bo.annotation.annotator, bo.annotation.confidence) == ("editor@1", 1.0)


def test_a_corrected_speaker_is_anchored_at_the_nearest_words_of_that_name() -> None:
    reviewed = review(ARTICLE, MACHINE, [decide("correct", "quotation", "“We met,”", speaker="Bo")])
    said = next(r.annotation for r in reviewed.annotations if isinstance(r.annotation, Quotation))
    assert said.speaker == Speaker(12, 14, "Bo", "Bo", "place:x", "named")


def test_a_speaker_can_be_taken_back_to_unknown() -> None:
    reviewed = review(ARTICLE, MACHINE, [decide("correct", "quotation", "“We met,”", speaker=None)])
    assert next(r.annotation for r in reviewed.annotations if isinstance(r.annotation, Quotation)).speaker is None


def test_an_addition_makes_an_annotation_of_the_editors() -> None:
    assert states(decide("add", "entity", "Poe", prefix="said ", label="person"))["Mention", 31] == "added"


def test_a_confirmation_with_its_values_outlives_the_machines_memory() -> None:
    reviewed = review(ARTICLE, (), [decide("confirm", "entity", "Bo", label="person")])
    assert [(r.annotation.exact, r.review) for r in reviewed.annotations] == [("Bo", "confirmed")]


@pytest.mark.parametrize("action", ["confirm", "reject", "correct", "add"])
def test_words_that_no_longer_stand_in_the_text_are_an_error_that_names_the_decision(action: str) -> None:
    assert error(decide(action, "entity", "Cy", label="person")) == (
        "content/reviews/meeting.yaml:4: “Cy” no longer stands in the text\n"
        "    Quote the words as they now stand in content/articles/meeting.md, or take the decision out."
    )


def test_words_that_stand_twice_need_their_surroundings() -> None:
    assert error(decide("confirm", "entity", "Ada Poe")) == (
        "content/reviews/meeting.yaml:4: “Ada Poe” stands in the text 2 times\n"
        "    Add “prefix:” or “suffix:” with the words right before or after."
    )


def test_a_decision_on_what_the_machine_no_longer_finds_is_an_error() -> None:
    assert "no entity is annotated on these words any more" in error(decide("confirm", "entity", "met Bo"))
    assert "no entity is annotated on these words any more" in error(decide("reject", "entity", "met Bo"))


def test_two_decisions_on_one_place_contradict_each_other() -> None:
    assert "already decided on these words" in error(
        decide("confirm", "entity", "Bo"), decide("reject", "entity", "Bo")
    )


def test_every_decision_that_fails_is_told() -> None:
    assert error(decide("reject", "entity", "Cy"), decide("reject", "entity", "Dee")).count("no longer stands") == 2


def test_an_addition_without_a_kind_is_told_what_it_lacks() -> None:
    assert "an added entity needs “label”" in error(decide("add", "entity", "Poe", prefix="said "))
