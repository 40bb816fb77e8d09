"""`check` tells everything that is wrong, in content/ and in the site as it stands on disk."""

from __future__ import annotations

import pytest

from builder.check import check
from tests.conftest import Trial


@pytest.fixture
def built(trial: Trial) -> Trial:
    trial.article("one", "Karin Brandt spoke.", published="2019-06-05", publisher="P", url="https://example.org/one")
    trial.build()
    return trial


def told(trial: Trial) -> list[str]:
    return [f"{p.severity}: {p.where}: {p.what}" for p in check(trial.root)]


def test_an_archive_in_order_has_nothing_to_tell(built: Trial) -> None:
    assert told(built) == []


def test_a_file_that_was_taken_out_of_the_site_is_told(built: Trial) -> None:
    (built.site / "about/index.html").unlink()
    found = told(built)
    assert "error: site/about/index.html: listed in the manifest, but not there" in found
    assert any("leads to no file" in line for line in found)


def test_a_page_that_was_changed_after_publishing_is_told(built: Trial) -> None:
    page = built.site / "articles/one/index.html"
    page.write_bytes(page.read_bytes().replace(b"Karin", b"Karen"))
    assert told(built) == [
        "error: site/articles/one/index.html: changed after it was published: its hash is not the manifest's"
    ]


def test_a_template_that_points_to_the_wrong_place_is_told(built: Trial) -> None:
    built.write("templates/404.html", '<!doctype html><title>x</title><a href="nowhere/">x</a><a href="#gone">y</a>')
    built.build()
    found = told(built)
    assert "error: site/404.html: the link “nowhere/” leads to no file" in found
    assert "error: site/404.html: the link “#gone” leads to no place on its page" in found


def test_happenings_without_a_date_are_told_until_an_editor_gives_one(trial: Trial) -> None:
    trial.article("one", "The ferry sank off Lindholm on Monday.", publisher="P", url="https://example.org/one")
    trial.build()
    wanted = "warning: content/articles/one.md: happenings without a date: “The ferry sank off Lindholm on Monday”"
    assert wanted in told(trial)
    events = "[{article: one, exact: The ferry sank off Lindholm on Monday.}]"
    trial.write("content/chronology.yaml", f"- edtf: 2019-06-03\n  events: {events}\n")
    trial.build()
    assert wanted not in told(trial)
    assert [r["edtf"] for r in trial.records("chronology.json")] == ["2019-06-03"]


def test_orphaned_decisions_are_errors(built: Trial) -> None:
    built.write("content/reviews/one.yaml", "- confirm: entity\n  exact: Nobody Here\n")
    assert told(built) == ["error: content/reviews/one.yaml:1: “Nobody Here” no longer stands in the text"]


def test_an_article_in_a_language_nobody_reads_here_is_told_and_left_unread(built: Trial) -> None:
    built.article(
        "zwei",
        "Karin Brandt sprach am Montag.",
        language="de",
        published="2019",
        publisher="P",
        url="https://example.org",
    )
    built.build()
    assert told(built) == [
        "warning: content/articles/zwei.md: no model here reads the language “de”, so nothing was annotated"
    ]
    assert all(a["article"] != "zwei" for a in built.lines("annotations.jsonl"))


def test_a_page_that_was_emptied_is_told_not_stumbled_over(built: Trial) -> None:
    (built.site / "about/index.html").write_bytes(b"")
    told_ = told(built)
    assert "error: site/about/index.html: changed after it was published: its hash is not the manifest's" in told_


def test_a_link_that_is_no_address_or_leaves_the_site_is_told(built: Trial) -> None:
    built.write("secret.html", "")
    built.write(
        "templates/404.html", '<!doctype html><title>x</title><a href="http://[">x</a><a href="../secret.html">y</a>'
    )
    built.build()
    assert told(built) == ["error: site/404.html: the link “../secret.html” leads to no file"]


def test_publishing_that_was_interrupted_is_told(built: Trial) -> None:
    built.write(".glossator/change.json", '{"output": "site", "moves": [], "removals": []}')
    assert told(built) == ["error: .glossator: publishing was interrupted"]
    built.build()
    assert told(built) == []
