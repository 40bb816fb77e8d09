"""The ids of records say what sets them apart, and stay when an article is added."""

from __future__ import annotations

from tests.link.test_identity import linked


def ids(texts: dict[str, str], name: str) -> set[str]:
    return {record.id for record in linked(texts).entities.values() if record.name == name}


def test_lone_surnames_are_their_articles() -> None:
    """A further article before the others moves none of them."""
    texts = {"march": "Mr. Weaver said he was tired.", "may": "Mr. Weaver met the press in Paris."}
    before = ids(texts, "Weaver")
    assert before == {"weaver-in-march", "weaver-in-may"}
    assert ids({"april": "Mr. Weaver left for Oslo on Monday.", **texts}, "Weaver") == {*before, "weaver-in-april"}


def test_a_name_of_one_is_the_id() -> None:
    assert ids({"march": "Mr. Weaver said he was tired."}, "Weaver") == {"weaver"}


def test_a_second_person_of_a_name_is_told_by_the_first_article() -> None:
    """The one of whom most is told keeps the plain name."""
    texts = {
        "one": "Henrik Aldous, a plumber from Leeds, met Clara Fischer on Monday.",
        "two": "Senator Henrik Aldous spoke with Paul Weaver in Washington.",
    }
    found = ids(texts, "Henrik Aldous")
    assert found == {"henrik-aldous", "henrik-aldous-in-two"} or found == {"henrik-aldous", "henrik-aldous-in-one"}
