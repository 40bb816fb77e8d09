"""Where only words of an article change, nothing is joined: the registers stand, and what shows the words is made."""

from __future__ import annotations

import shutil
import sqlite3
import time
from typing import Any

import pytest

from builder import pipeline, refilling, rendering
from builder.deriving import Derived
from builder.link import linking
from builder.work.machine import can_fork
from tests.conftest import Trial

TEXT = """The wind was cold. {plain} Few were about in the streets.

{around} Hamburg was quiet.

Nobody had seen anything like it for as long as anyone could remember.
Karin Brandt left Hamburg on Monday, the mayor told Reuters.

“{quoted} the bridge is closed until the river falls,” said Karin Brandt, and nobody asked her anything else. {after}
"""
QUOTED = "“Everybody knows that the bridge is closed until the river falls,”"
WORDS = {
    "plain": "It rained.",
    "around": "Cold and wet,",
    "quoted": "Everybody knows that",
    "after": "The train was late.",
}


def text(**words: str) -> str:
    return TEXT.format(**{**WORDS, **words})


@pytest.fixture
def archive(trial: Trial) -> Trial:
    trial.article("one", text(), published="2019-06-05")
    trial.article("two", "Karin Brandt came to Lisbon, officials said.", published="2019-06-07")
    trial.article("three", "Nobody else was there.", published="2019-06-08")
    trial.build()
    return trial


@pytest.fixture
def joins(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for every time that registers are joined, or worked out from others."""
    seen: list[str] = []
    link, keep = linking.link, Derived.keep

    def joining(*given: object) -> object:
        seen.append("joined")
        return link(*given)  # type: ignore[arg-type]

    def keeping(self: Derived, name: str, *given: Any) -> object:
        seen.append(name)
        return keep(self, name, *given)

    monkeypatch.setattr(linking, "link", joining)
    monkeypatch.setattr(Derived, "keep", keeping)
    return seen


def clean(archive: Trial) -> dict[str, bytes]:
    """The site as it is when everything is made anew."""
    root = archive.root.with_name("clean")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(archive.root / "content", root / "content")
    made = Trial.__new__(Trial)
    made.root, made.site = root, root / "site"
    made.build()
    return made.files()


@pytest.mark.parametrize(
    "words",
    [
        {"plain": "It snowed."},
        {"plain": "It rained all morning, and all afternoon too."},  # counted in the article's lists
        {"around": "Cold and wet and dark,"},
        {"after": "The train was full."},
    ],
)
def test_words_that_change_no_record_have_nothing_joined(
    archive: Trial, joins: list[str], words: dict[str, str]
) -> None:
    archive.article("one", text(**words), published="2019-06-05")
    built = archive.build()
    assert joins == []
    assert built.published.written > 0
    assert archive.files() == clean(archive)


def test_words_around_a_name_change_where_the_name_is_shown_in_them(archive: Trial, joins: list[str]) -> None:
    page = archive.site / "entities/hamburg/index.html"
    assert "Cold and wet" in page.read_text("utf-8")
    archive.article("one", text(around="Dark and dry,"), published="2019-06-05")
    archive.build()
    assert joins == []
    assert "Dark and dry" in page.read_text("utf-8")


def test_words_around_a_name_leave_lists_of_names_alone(archive: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """They show how often and in how many articles somebody is named: all names are read for them."""
    found: list[set[str]] = []
    touched = rendering._touched

    def noting(*given: Any) -> set[str]:
        found.append(touched(*given))
        return found[-1]

    monkeypatch.setattr(rendering, "_touched", noting)
    archive.article("one", text(around="Dark and dry,"), published="2019-06-05")
    archive.build()
    assert "entity hamburg" in found[0]
    assert not found[0] & {"register of names", "builder.render.pages.search", "builder.render.exports.sitemap"}
    assert archive.files() == clean(archive)


def test_further_words_leave_lists_alone(archive: Trial, joins: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """They do not say how long an article is, nor what stands beside the words of those whom it quotes."""
    found: list[set[str]] = []
    touched = rendering._touched
    monkeypatch.setattr(rendering, "_touched", lambda *given: found.append(touched(*given)) or found[-1])
    archive.article("one", text(after="The train was very late."), published="2019-06-05")
    archive.build()
    assert joins == []
    assert "entity karin-brandt" in found[0]
    lists = ("home", "articles", "search", "about")
    assert "register of sources" not in found[0]
    assert not found[0] & {f"builder.render.pages.{name}" for name in lists}
    assert archive.files() == clean(archive)


@pytest.mark.parametrize(
    "words",
    [
        {"plain": "Ada Poe was not seen."},  # a name
        {"quoted": "Nobody knows whether"},  # another wording
        {"after": "She left on Friday."},  # a happening
    ],
)
def test_words_that_change_a_record_have_all_joined(archive: Trial, joins: list[str], words: dict[str, str]) -> None:
    archive.article("one", text(**words), published="2019-06-05")
    archive.build()
    assert "joined" in joins
    assert archive.files() == clean(archive)


def test_several_changes_one_after_another_come_to_the_same_site(archive: Trial) -> None:
    for words in (
        {"plain": "It snowed."},
        {"quoted": "We think"},
        {"after": "The train was full."},
        {"around": "Dark and wet,"},
        {},
    ):
        archive.article("one", text(**words), published="2019-06-05")
        archive.build()
    assert archive.files() == clean(archive)


def test_an_article_that_stands_elsewhere_has_all_joined(archive: Trial, joins: list[str]) -> None:
    """Records list articles in the order of their files."""
    folder = archive.root / "content/articles/zoo"
    folder.mkdir()
    (folder.parent / "one.md").rename(folder / "one.md")
    archive.build()
    assert "joined" in joins
    assert archive.files() == clean(archive)


def test_an_editors_decision_has_all_joined(archive: Trial, joins: list[str]) -> None:
    archive.write("content/reviews/one.yaml", f"- reject: quotation\n  exact: {QUOTED}\n  by: an editor\n")
    archive.build()
    assert "joined" in joins
    assert "the bridge is closed" not in (archive.site / "quotations/index.html").read_text("utf-8")


def test_an_error_in_an_editors_file_is_told_though_no_article_changed(archive: Trial) -> None:
    archive.write(
        "content/reviews/nowhere.yaml",
        "- reject: entity\n  exact: Hamburg\n  by: an editor\n",
    )
    with pytest.raises(Exception, match="there is no article “nowhere”"):
        archive.build()


def test_a_page_that_somebody_touched_is_mended_and_nothing_is_joined(archive: Trial, joins: list[str]) -> None:
    page = archive.site / "entities/hamburg/index.html"
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"Hamburg", b"Bremen"))
    (archive.site / "about/index.html").unlink()
    assert archive.build().published.written == 2
    assert joins == []
    assert page.read_bytes() == whole


def test_it_is_mended_beside_what_an_edit_changes(archive: Trial) -> None:
    """Making begins before all files were looked at, and begins anew where one is not as it was."""
    page = archive.site / "entities/hamburg/index.html"
    page.write_bytes(page.read_bytes().replace(b"Hamburg", b"Bremen"))
    (archive.site / "about/index.html").unlink()
    archive.article("one", text(plain="It snowed."), published="2019-06-05")
    told: list[bool] = []
    pipeline.build(archive.root, ahead=lambda files: told.append(bool(files)))
    assert told == [True, False, True]  # what was made first is taken back
    assert archive.files() == clean(archive)


@pytest.mark.skipif(not can_fork(), reason="it is filled before anything else where processes cannot be forked")
def test_a_folder_that_is_being_filled_is_waited_for(archive: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where an article is new, so that all is joined: what is to be left as it is must be there."""
    fill = refilling.fill
    monkeypatch.setattr(refilling, "fill", lambda *given: (time.sleep(0.5), fill(*given))[1])
    shutil.rmtree(archive.site)
    archive.article("four", "It was quiet in Lisbon.", published="2019-06-09")
    made: set[int] = set()
    pipeline.build(archive.root, progress=lambda stage, done, of: made.add(of) if stage == "rendering" else None)
    assert archive.files() == clean(archive)
    assert max(made) < len(archive.files()) / 2


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM records",
        "UPDATE records SET value = x'c1'",
        "UPDATE registers SET digests = x'c1'",
        "DELETE FROM registers WHERE name = 'texts'",
        "UPDATE batches SET of = x'c1'",
        "DELETE FROM batches",
        "UPDATE joined SET scope = x'c1'",
        "UPDATE published SET state = x'00'",
        "UPDATE published SET files = 'many'",
        "DROP TABLE reads",
    ],
)
def test_a_spoilt_memory_costs_time_and_nothing_else(archive: Trial, damage: str) -> None:
    with sqlite3.connect(archive.root / ".glossator/ledger.sqlite") as db:
        db.execute(damage)
    db.close()
    archive.article("one", text(around="Dark and dry,"), published="2019-06-05")
    archive.build()
    assert archive.files() == clean(archive)


def test_a_pruned_share_has_all_joined(archive: Trial, joins: list[str]) -> None:
    with sqlite3.connect(archive.root / ".glossator/cache.sqlite") as db:
        db.execute("DELETE FROM shares")
    db.close()
    archive.article("one", text(plain="It snowed."), published="2019-06-05")
    archive.build()
    assert "joined" in joins
    assert archive.files() == clean(archive)
