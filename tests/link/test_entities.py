"""Across articles an entity is one by equal name and kind, or because an editor says so; never on a guess."""

from __future__ import annotations

import tracemalloc

import pytest

from builder.link.collect import Named as Listed
from builder.link.entity_records import MOST_SEEN_WITH, Named, seen_with
from builder.link.parts import NamedParts
from builder.problems import Problems
from tests.conftest import Trial


def by_name(trial: Trial) -> dict[str, list[str]]:
    """Entity name -> the articles that mention it."""
    return {r["name"]: sorted({o["article"] for o in r["occurrences"]}) for r in trial.records("entities.json")}


def test_an_alias_in_the_editors_file_joins_two_names(trial: Trial) -> None:
    trial.article("one", "The Ford Foundation gave money to Kenya. Officials from Brazil came.")
    trial.article("two", "Money from the Ford Fund reached Kenya, said Maria Lopez of Brazil.")
    trial.write("content/entities.yaml", "- name: Ford Foundation\n  kind: organization\n  aliases: [Ford Fund]\n")
    trial.build()
    assert by_name(trial)["Ford Foundation"] == ["one", "two"]
    assert by_name(trial)["Kenya"] == ["one", "two"]


def test_a_lone_surname_joins_nobody_of_another_article(trial: Trial) -> None:
    trial.article("one", "Angela Merkel spoke in Berlin. Merkel left Berlin later.")
    trial.article("two", "Merkel said she was tired of Berlin.")
    trial.build()
    people = [r for r in trial.records("entities.json") if "Merkel" in r["name"] and r["kind"] == "person"]
    assert sorted(sorted({o["article"] for o in p["occurrences"]}) for p in people) == [["one"], ["two"]]
    full = next(p for p in people if p["name"] == "Angela Merkel")
    assert full["similar"], "the reader is told that they may be the same"


def test_two_of_one_name_are_parted_by_their_articles(trial: Trial) -> None:
    trial.article("one", "John Smith sailed from London.")
    trial.article("two", "John Smith sang in London.")
    trial.write(
        "content/entities.yaml",
        "- {id: john-smith-sailor, name: John Smith, kind: person, articles: [one]}\n"
        "- {id: john-smith-singer, name: John Smith, kind: person, articles: [two]}\n",
    )
    trial.build()
    found = {r["id"]: {o["article"] for o in r["occurrences"]} for r in trial.records("entities.json")}
    assert found["john-smith-sailor"] == {"one"}
    assert found["john-smith-singer"] == {"two"}


def test_a_rejected_entity_is_gone_everywhere(trial: Trial) -> None:
    trial.article("one", "Angela Merkel spoke in Berlin.")
    trial.write("content/entities.yaml", "- {name: Berlin, kind: place, reject: true}\n")
    trial.build()
    assert "Berlin" not in by_name(trial)
    assert all(a["exact"] != "Berlin" for a in trial.lines("annotations.jsonl") if a["type"] == "entity")


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("- {name: A}\n", "content/entities.yaml:1: “kind” is missing"),
        ("- {name: A, kind: persn}\n", "content/entities.yaml:1: kind “persn” is not known"),
        ("- {name: A, kind: person, alias: [B]}\n", "content/entities.yaml:1: unknown key “alias”"),
        ("- {name: A, kind: person}\n- {name: B, kind: person, aliases: [a]}\n", "“a” already names “A”"),
        ("- {name: A, kind: person, articles: [nowhere]}\n", "there is no article “nowhere”"),
        ("- {name: A, kind: place, coordinates: [91, 0]}\n", "“coordinates” lie outside the globe"),
        ("name: A\n", "content/entities.yaml:1: not a list"),
        ("- {id: ../../etc, name: A, kind: person}\n", "id “../../etc” cannot name a page"),
    ],
)
def test_what_is_wrong_in_the_editors_file_is_told_with_its_line(trial: Trial, yaml: str, message: str) -> None:
    trial.article("one", "Angela Merkel spoke in Berlin.")
    trial.write("content/entities.yaml", yaml)
    with pytest.raises(Problems) as caught:
        trial.build()
    assert message in str(caught.value)
    assert not trial.site.exists()


def test_a_long_list_of_names_does_not_fill_the_memory() -> None:
    """Who is named beside whom is counted one name at a time: all pairs of 2,000 would take some 400 MB."""
    parts = NamedParts()
    parts.add((Listed(f"n{n}", "person", (f"N {n}",), {}, {}, (), 1, bytes(16)) for n in range(2000)), range(2000))
    named = Named(parts, ["list"], lambda parts: ())
    tracemalloc.start()
    together = [seen_with(entity, named) for entity in range(2000)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
    assert together[0][:2] == [(1, 1), (2, 1)]
    assert all(len(found) == MOST_SEEN_WITH for found in together)


def test_a_rejected_publisher_is_no_name_of_the_register(trial: Trial) -> None:
    trial.article("one", "“We saw two fires in the harbour,” Karin Brandt said.", publisher="The Quay")
    trial.write("content/entities.yaml", "- {name: The Quay, kind: organization, reject: true}\n")
    trial.build()
    names = {r["id"] for r in trial.records("entities.json")}
    assert all(r["entity"] in {None, *names} for r in trial.records("sources.json"))
