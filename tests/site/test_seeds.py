"""The two real articles the project began with: six months apart, two threats, one sentence of Twitter's.

They are not part of the project; without them beside the checkout these tests are skipped.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.check import check
from builder.read.importing import import_files
from tests.conftest import Trial

pytestmark = pytest.mark.seeds
DATES = {"000": "2014-09-09", "004": "2015-03-02/2015-03-03"}
PUBLISHERS = {"000": "Silicon Beat", "004": "ABC News"}


def imported(trial: Trial, seeds: Path, dated: bool) -> Trial:
    for file in sorted(seeds.glob("*.txt")):
        number = file.name[:3]
        published = DATES[number] if dated else None
        metadata = {"slug": f"seed-{number}", "published": published, "publisher": PUBLISHERS[number]}
        import_files(trial.root, [file], metadata)
    trial.build()
    return trial


@pytest.fixture(scope="module")
def dated(make_trial: Callable[[str], Trial], seeds: Path) -> Trial:
    return imported(make_trial("dated"), seeds, dated=True)


@pytest.fixture(scope="module")
def undated(make_trial: Callable[[str], Trial], seeds: Path) -> Trial:
    return imported(make_trial("undated"), seeds, dated=False)


def dates(trial: Trial, article: str) -> dict[str, Any]:
    """The words of every time expression of an article, and what they mean."""
    return {
        a["exact"]: a["edtf"]
        for a in trial.lines("annotations.jsonl")
        if a["type"] == "time" and a["article"] == article
    }


def test_both_have_their_page_and_nothing_is_wrong_with_the_site(dated: Trial) -> None:
    assert all((dated.site / "articles" / slug / "index.html").is_file() for slug in ("seed-000", "seed-004"))
    assert [p for p in check(dated.root) if p.severity == "error"] == []


def test_the_debris_of_the_web_page_is_gone_and_recorded(dated: Trial) -> None:
    for article in dated.lines("articles.jsonl"):
        for debris in ("Share this Post", "— --", "))", "(Photo", "-–", "\u00a0"):
            assert debris not in article["text"]
        assert article["cleanups"]
        assert len(article["sha256"]) == 64


def test_the_sentence_they_share_is_one_quotation_with_two_occurrences(dated: Trial) -> None:
    shared = [r for r in dated.records("quotations.json") if "veracity of these threats" in r["text"]]
    assert len(shared) == 1
    assert sorted(o["article"] for o in shared[0]["occurrences"]) == ["seed-000", "seed-004"]


def test_no_event_of_one_is_merged_with_one_of_the_other(dated: Trial) -> None:
    records = dated.records("chronology.json")
    assert records
    assert all(len({o["article"] for o in r["occurrences"]}) == 1 for r in records)
    assert [r["disagrees"] for r in records if r["disagrees"] or r["evidence"]] == []


def test_the_dates_of_the_first_are_counted_from_its_day(dated: Trial) -> None:
    found = dates(dated, "seed-000")
    assert found["Sunday"] == "2014-09-07"
    assert "2014-09-06/2014-09-07" in found.values()


def test_the_dates_of_the_second_are_counted_from_its_two_possible_days(dated: Trial) -> None:
    found = dates(dated, "seed-004")
    assert found["Monday"] == "2015-03-02"
    assert found["next week"] == "2015-03-09/2015-03-15"
    assert {k: v for k, v in found.items() if "September" in k}.popitem()[1] == "2014-09/.."


def test_without_publication_dates_there_is_no_absolute_date_at_all(undated: Trial) -> None:
    annotations = undated.lines("annotations.jsonl")
    times = [a for a in annotations if a["type"] in ("time", "event")]
    assert times
    assert [a["exact"] for a in times if a["edtf"]] == []
    assert [r for r in undated.records("chronology.json") if r["edtf"]] == []
    told = "\n".join(str(p) for p in check(undated.root))
    assert "so these stay as they are:" in told
    assert "“Sunday”" in told


def test_isis_and_the_islamic_state_are_one_where_the_text_says_so(dated: Trial) -> None:
    names = [{r["name"], *(r.get("aliases") or [])} for r in dated.records("entities.json")]
    assert any({"ISIS", "Islamic State"} <= found for found in names)


def test_an_alias_of_the_editors_joins_them_across_articles(trial: Trial, seeds: Path) -> None:
    trial.write(
        "content/entities.yaml",
        "- name: Islamic State\n  kind: organization\n  aliases: [ISIS]\n  identifiers: {wikidata: Q2429253}\n",
    )
    imported(trial, seeds, dated=True)
    record = next(r for r in trial.records("entities.json") if r["id"] == "islamic-state")
    assert {o["article"] for o in record["occurrences"]} == {"seed-000", "seed-004"}
    assert record["identifiers"] == {"wikidata": "Q2429253"}


def test_berger_is_j_m_berger_by_himself(dated: Trial) -> None:
    berger = [r for r in dated.records("entities.json") if "Berger" in r["name"]]
    assert [r["name"] for r in berger] == ["J.M. Berger"]
    assert len(berger[0]["occurrences"]) == 3
