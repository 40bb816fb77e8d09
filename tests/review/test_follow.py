"""What hangs on a decided annotation follows it: dates of events, speakers of quotations, what events point to."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from builder.anchor import identify
from builder.model.annotation import Annotation, Event, Mention, Quotation, Relation, Speaker, TimeExpression, Timex
from builder.model.archive import Reviewed
from builder.model.article import Article, Block
from builder.model.editorial import Decision
from builder.model.selector import TextQuoteSelector
from builder.review import review
from builder.review.follow import agree, follow

TEXT = "Ada Poe left on Sunday. “We met,” said Poe."


def place(words: str) -> tuple[int, int, str]:
    return TEXT.index(words), TEXT.index(words) + len(words), words


def mention(words: str) -> Mention:
    start, end, exact = place(words)
    id = identify(TEXT, "entity", start, end)
    return Mention(id, start, end, exact, "person", "person:ada-poe", "Ada Poe", "entities@1", 0.7)


def quotation(speaker: Speaker | None) -> Quotation:
    start, end, exact = place("“We met,”")
    return Quotation("q-1", start, end, exact, ((start, end),), "direct", speaker, None, None, "q@1", 0.8)


SUNDAY = TimeExpression("t-1", *place("Sunday"), Timex("DATE", "2014-09-07"), "2014-09-07", "times@1", 0.9)
LEFT = Event(
    "e-1", *place("Ada Poe left on Sunday."), "Poe left", "2014-09-07", "t-1", ("person:ada-poe",), ("q-1",), "e@1", 0.8
)
POE = Speaker(38, 41, "Poe", "Ada Poe", "person:ada-poe", "named")
MACHINE: tuple[Annotation, ...] = (mention("Ada Poe"), mention("Poe."), SUNDAY, LEFT, quotation(POE))
ARTICLE = Article("poe", "Poe", TEXT, (Block("paragraph", 0, len(TEXT)),))


def decide(action: Any, type_: str, exact: str, **values: Any) -> Decision:
    return Decision(action, type_, TextQuoteSelector(exact), "content/reviews/poe.yaml:1", values)


def kept(*decisions: Decision, machine: tuple[Annotation, ...] = MACHINE) -> dict[str, Reviewed]:
    return {type(r.annotation).__name__: r for r in review(ARTICLE, machine, decisions).annotations}


def event(*decisions: Decision) -> Event:
    found = kept(*decisions)["Event"].annotation
    assert isinstance(found, Event)
    return found


def speaker(*decisions: Decision, machine: tuple[Annotation, ...] = MACHINE) -> Speaker | None:
    found = kept(*decisions, machine=machine)["Quotation"].annotation
    assert isinstance(found, Quotation)
    return found.speaker


def test_without_decisions_nothing_changes() -> None:
    assert {r.annotation for r in review(ARTICLE, MACHINE, ()).annotations} == set(MACHINE)


def test_a_corrected_date_dates_the_event_anew() -> None:
    assert event(decide("correct", "time", "Sunday", edtf="2014-09-14")).edtf == "2014-09-14"
    assert event(decide("correct", "time", "Sunday", edtf=None)).edtf is None


def test_an_events_own_correction_goes_before_its_times() -> None:
    own = decide("correct", "event", "Ada Poe left on Sunday.", edtf="2014-09")
    assert event(own, decide("correct", "time", "Sunday", edtf="2014-09-14")).edtf == "2014-09"


def test_an_event_whose_date_is_rejected_is_no_event_unless_an_editor_keeps_it() -> None:
    rejected = decide("reject", "time", "Sunday")
    assert "Event" not in kept(rejected)
    assert event(rejected, decide("confirm", "event", "Ada Poe left on Sunday.")).time == ""


def test_an_event_points_to_no_quotation_that_was_rejected() -> None:
    assert event(decide("reject", "quotation", "“We met,”")).quotations == ()


def test_a_corrected_name_keeps_its_quotations_and_events() -> None:
    corrected = [
        decide("correct", "entity", "Ada Poe", label="organization"),
        decide("correct", "entity", "Poe.", label="organization"),
    ]
    who = speaker(*corrected)
    assert who is not None
    assert who.entity == "organization:ada-poe"
    assert event(*corrected).participants == ("organization:ada-poe",)


def test_one_corrected_mention_does_not_take_the_others_along() -> None:
    who = speaker(decide("correct", "entity", "Poe.", name="Edgar Poe"))
    assert who is not None
    assert who.entity == "person:ada-poe"


def test_a_speaker_an_editor_names_is_the_entity_of_that_name() -> None:
    unknown = (*MACHINE[:4], quotation(None))
    who = speaker(decide("correct", "quotation", "“We met,”", speaker="ada poe"), machine=unknown)
    assert who is not None
    assert who.entity == "person:ada-poe"
    anonymous = decide("correct", "quotation", "“We met,”", speaker="Ada Poe", speaker_kind="anonymous")
    who = speaker(anonymous, machine=unknown)
    assert who is not None
    assert who.entity is None


LED = Relation("r-1", *place("left"), "leader", "person:ada-poe", None, "", "r@1", 0.8)
ADRIFT: dict[str, Annotation] = {
    "a time that is not there": replace(LEFT, time="t-2"),
    "a quotation that is not there": replace(LEFT, quotations=("q-1", "q-2")),
    "somebody twice": replace(LEFT, participants=("person:ada-poe", "person:ada-poe")),
    "a relation of nobody": replace(LED, subject="person:nobody"),
    "a relation of somebody known by name": replace(LED, subject="Ada Poe"),
    "a relation to nobody": replace(LED, object="person:nobody"),
}


@pytest.mark.parametrize("odd", ["", *ADRIFT])
def test_without_decisions_it_is_as_if_all_had_been_gone_through(odd: str) -> None:
    """That is spared where annotations agree among themselves, as they do but for imported ones."""
    machine = (*MACHINE, replace(LED, id="r-0", object="person:ada-poe"), *([ADRIFT[odd]] if odd else [LED]))
    found = review(ARTICLE, tuple(reversed(machine)), ()).annotations
    assert agree(machine) is not bool(odd)
    in_order = sorted(map(Reviewed, machine), key=lambda r: (r.annotation.start, -r.annotation.end, r.annotation.id))
    assert found == tuple(follow(machine, in_order))
    assert (found == tuple(in_order)) is not bool(odd)
