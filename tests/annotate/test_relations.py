"""A relation is what words of the text state; company, allegation and denial are none.

Cases are text files in tests/cases/relations. A case is a comment that claims something, a text, and under it, one a
line, every relation the text states: subject, kind, the words that state it, object.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.annotate import entities, relations
from builder.annotate.engine import load, parse
from builder.model.annotation import Mention, Relation
from tests.conftest import Trial

CASES = Path(__file__).parent.parent / "cases" / "relations"


def cases() -> Iterator[tuple[str, str, list[str]]]:
    for file in sorted(CASES.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
            claim, text, *stated = block.splitlines()
            yield claim.removeprefix("# "), text, [line.removeprefix("- ") for line in stated]


def stated(text: str) -> list[str]:
    document = parse(load(), "case", text)
    mentions = [m for m in entities.annotate(document, ()) if isinstance(m, Mention)]
    names = {m.entity: m.name for m in mentions}
    found = [r for r in relations.annotate(document, mentions) if isinstance(r, Relation)]
    assert all(text[r.start : r.end] == r.exact for r in found)
    assert len({r.id for r in found}) == len(found)
    objects = [names[r.object] if r.object else r.object_exact for r in found]
    return [f"{names[r.subject]} | {r.relation} | {r.exact} | {o}" for r, o in zip(found, objects, strict=True)]


@pytest.mark.parametrize(("claim", "text", "expected"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_case(claim: str, text: str, expected: list[str]) -> None:
    """The text states these relations and no other."""
    assert stated(text) == expected, claim


@pytest.fixture
def told(trial: Trial) -> Trial:
    trial.article("one", "Ann Reyes, a former spokeswoman for Harbour Trust, met the press in Leeds.")
    trial.article("two", "Harbour Trust spokeswoman Ann Reyes declined to comment.")
    return trial


def test_both_pages_show_what_is_stated_with_a_link_to_the_words(told: Trial) -> None:
    """The same relation in two articles is told once, with the words of each."""
    told.build()
    lines = [a for a in told.lines("annotations.jsonl") if a["type"] == "relation"]
    assert [(a["article"], a["subject"], a["object"]) for a in lines] == [
        ("one", "ann-reyes", "harbour-trust"),
        ("two", "ann-reyes", "harbour-trust"),
    ]
    for name in ("ann-reyes", "harbour-trust"):
        page = (told.site / "entities" / name / "index.html").read_text("utf-8")
        for line in lines:
            assert f'articles/{line["article"]}/index.html#{line["id"]}"' in page
        assert "“former spokeswoman for”" in page
    record = next(r for r in told.records("entities.json") if r["id"] == "ann-reyes")
    assert [(r["relation"], r["object"], len(r["occurrences"])) for r in record["relations"]] == [
        ("spokesperson", "harbour-trust", 2)
    ]


def test_an_editor_rejects_a_relation(told: Trial) -> None:
    """A rejected relation is gone from the pages and the data."""
    told.write("content/reviews/one.yaml", "- reject: relation\n  exact: former spokeswoman for\n")
    told.build()
    assert [a["article"] for a in told.lines("annotations.jsonl") if a["type"] == "relation"] == ["two"]


def test_an_editor_adds_a_relation_by_name(told: Trial) -> None:
    """Subject and object are given as names that stand in the article."""
    told.article("three", "Paul Weaver and Harbour Trust parted after ten years in which he had run it.")
    told.write(
        "content/reviews/three.yaml",
        "- add: relation\n  exact: had run it\n  relation: leader\n  subject: Paul Weaver\n  object: Harbour Trust\n",
    )
    told.build()
    (line,) = [a for a in told.lines("annotations.jsonl") if a["type"] == "relation" and a["article"] == "three"]
    assert (line["subject"], line["object"], line["review"]) == ("paul-weaver", "harbour-trust", "added")


def test_nothing_is_told_of_a_name_that_an_editor_rejected(told: Trial) -> None:
    """The relation goes with either of its names."""
    told.write("content/entities.yaml", "- {name: Harbour Trust, kind: organization, reject: true}\n")
    told.build()
    record = next(r for r in told.records("entities.json") if r["id"] == "ann-reyes")
    assert record["relations"] == []
