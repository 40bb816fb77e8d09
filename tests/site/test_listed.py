"""What the editors list is read for, and only the articles it touches are read again."""

from __future__ import annotations

import pytest

from builder.reading import reader
from tests.conftest import Trial

ENTRY = "- name: Kestrel\n  kind: organization\n"


def test_a_new_alias_reads_anew_only_the_articles_that_hold_it(trial: Trial) -> None:
    trial.article("one", "She wrote to Sundial Nine.", published="2015-03-02")
    trial.article("two", "He wrote to Kestrel.", published="2015-03-02")
    trial.write("content/entities.yaml", ENTRY)
    assert trial.build().read == 2
    trial.write("content/entities.yaml", ENTRY + "  aliases: [Sundial Nine, Harrow]\n")
    assert trial.build().read == 1


def test_what_the_list_alone_finds_is_the_entry(trial: Trial) -> None:
    """Machine-made, and of the entry's record."""
    trial.article("one", "they relied on Kestrel for the tweets, and on nobody else.", published="2015-03-02")
    trial.write("content/entities.yaml", ENTRY)
    trial.build()
    (found,) = (a for a in trial.lines("annotations.jsonl") if a["type"] == "entity")
    assert (found["exact"], found["entity"], found["review"]) == ("Kestrel", "kestrel", "machine")


def test_no_article_is_opened_to_know_which_listed_names_it_holds(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.article("one", "She wrote to Sundial Nine.", published="2015-03-02")
    trial.article("two", "He wrote to Kestrel.", published="2015-03-02")
    trial.write("content/entities.yaml", ENTRY)
    trial.build()
    opened: list[str] = []
    open_ = reader.opened_article
    monkeypatch.setattr(reader, "opened_article", lambda found, *rest: opened.append(found.slug) or open_(found, *rest))
    trial.build()
    assert opened == []
    trial.article("two", "He wrote to Kestrel again.", published="2015-03-02")
    trial.build()
    assert set(opened) == {"two"}
