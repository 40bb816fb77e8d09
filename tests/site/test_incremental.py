"""A build makes again what has changed and nothing else, and what it leaves standing is what a clean build makes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from builder import assembling, rendering
from builder.kept import same, spare
from builder.ledger import Entry, Standing
from builder.model.output import Piece
from builder.problems import Problems
from builder.render.exports import pieces
from builder.render.lookups import Lookups
from builder.render.template import Site
from tests.conftest import Trial, leaves_nobody

FIRE, LETTER = "content/articles/fire-in-the-harbour.md", "content/articles/a-letter.md"


def replaced(trial: Trial, path: str, old: str, new: str) -> None:
    text = (trial.root / path).read_text("utf-8")
    assert old in text
    trial.write(path, text.replace(old, new, 1))


def add_an_article(trial: Trial) -> None:
    trial.article("third", "Karin Brandt left Hamburg on Monday, Ruth Okafor said.", published="2019-06-05")


def change_its_words(trial: Trial) -> None:
    replaced(trial, "content/articles/third.md", "left Hamburg", "came back to Hamburg")


def name_somebody_else(trial: Trial) -> None:
    replaced(trial, LETTER, "Karin Brandt wrote", "Mayor Karin Brandt of Hamburg wrote")


def describe_a_name(trial: Trial) -> None:
    replaced(trial, "content/entities.yaml", "Mayor in two", "Mayor in three")


def give_an_alias(trial: Trial) -> None:
    replaced(trial, "content/entities.yaml", "- name: Hamburg\n", "- name: Hamburg\n  aliases: [The Free City]\n")


def fold_a_name(trial: Trial) -> None:
    replaced(trial, "content/entities.yaml", "- name: Hamburg\n", '- name: Hamburg\n  sensitive: "A place."\n')


def change_the_title(trial: Trial) -> None:
    replaced(trial, FIRE, "after", "before")


def date_the_letter(trial: Trial) -> None:
    replaced(trial, LETTER, "title: A letter", "title: A letter\npublished: 2019-06-20")


def correct_a_reading(trial: Trial) -> None:
    decision = '- reject: entity\n  exact: Karin Brandt\n  prefix: "Mayor "\n  by: T. Ester\n'
    trial.write("content/reviews/a-letter.yaml", decision)


def take_an_article_out(trial: Trial) -> None:
    (trial.root / FIRE).unlink()
    (trial.root / "content/reviews/fire-in-the-harbour.yaml").unlink()


CHANGES = (
    add_an_article,
    change_its_words,
    name_somebody_else,
    describe_a_name,
    give_an_alias,
    fold_a_name,
    change_the_title,
    date_the_letter,
    correct_a_reading,
    take_an_article_out,
)


def in_small_pieces(trial: Trial) -> None:
    """Builds with data files of a piece for each article, and for every other record or so, as a larger archive has.

    They are written over former editions as its files are.
    """
    with pytest.MonkeyPatch.context() as small:
        small.setattr(same, "WORTH_IT", 1)
        small.setattr(spare, "WORTH_IT", 1)
        small.setattr(pieces, "FEW", 1)
        small.setattr(pieces, "MANY", 2)
        trial.build()


def clean(trial: Trial, beside: Path) -> dict[str, bytes]:
    """The same content built where nothing is known but how its texts read."""
    other = Trial(beside)
    shutil.copytree(trial.root / "content", other.root / "content", dirs_exist_ok=True)
    (other.root / ".glossator").mkdir()
    for file in (trial.root / ".glossator").glob("cache.sqlite*"):
        shutil.copy(file, other.root / ".glossator")
    in_small_pieces(other)
    return other.files()


def test_after_every_kind_of_change_the_site_is_what_a_clean_build_makes(own_tiny: Trial, tmp_path: Path) -> None:
    """An article, its words, its title and its date; a name's description, alias and warning; a review; a removal."""
    in_small_pieces(own_tiny)
    for number, change in enumerate(CHANGES):
        change(own_tiny)
        in_small_pieces(own_tiny)
        assert own_tiny.files() == clean(own_tiny, tmp_path / f"clean-{number}"), change.__name__


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the units that are made, in one process."""
    names: list[str] = []
    make = rendering._make

    def watched(unit: rendering.Unit, job: rendering.Job) -> rendering.Made:
        names.append(unit.name)
        return make(unit, job)

    monkeypatch.setattr(rendering, "_make", watched)
    monkeypatch.setattr(rendering, "can_fork", lambda: False)
    return names


def test_nothing_is_made_where_nothing_changed(own_tiny: Trial, made: list[str]) -> None:
    own_tiny.build()
    assert "article a-letter" in made
    made.clear()
    own_tiny.build()
    assert made == []


def test_a_changed_article_leaves_the_pages_it_says_nothing_to(own_tiny: Trial, made: list[str]) -> None:
    """A name that the changed article shares with another does not make that one's page again."""
    own_tiny.article("third", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    own_tiny.article("fourth", "The moon was full over Lisbon.", published="2019-06-05")
    own_tiny.build()
    made.clear()
    replaced(own_tiny, "content/articles/third.md", "on Monday", "on Monday in the rain")
    own_tiny.build()
    assert "article third" in made and "entity karin-brandt" in made
    assert not {"article a-letter", "article fourth", "entity lisbon"} & set(made)


def test_of_data_files_only_pieces_that_changed_are_made(own_tiny: Trial, made: list[str]) -> None:
    """Another article's lines and rows are taken from the published file, also where they move and are renumbered."""
    own_tiny.article("third", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    in_small_pieces(own_tiny)
    names: list[str] = []
    make = assembling.Assembly.made

    def watched(self: assembling.Assembly, piece: Piece[Any]) -> Any:
        names.append(piece.name)
        return make(self, piece)

    replaced(own_tiny, "content/articles/third.md", "on Monday", "on Monday in the rain")
    with pytest.MonkeyPatch.context() as watching:
        watching.setattr(assembling.Assembly, "made", watched)
        in_small_pieces(own_tiny)
    of_articles = [name for name in names if name.startswith("annotations ")]
    assert {"builder.render.exports.tables", "builder.render.exports.sqlite"} <= set(made)
    assert len(of_articles) == 2  # in annotations.csv and archive.sqlite


@pytest.mark.parametrize("path", ["data/annotations.jsonl", "data/occurrences.csv", "data/archive.sqlite"])
def test_pieces_are_taken_from_no_file_that_somebody_touched(own_tiny: Trial, path: str) -> None:
    own_tiny.build()
    before = own_tiny.files()
    (own_tiny.site / path).write_bytes(before[path][::-1])
    own_tiny.build()
    assert own_tiny.files() == before


@pytest.mark.parametrize("change", [lambda file: file.write_bytes(b"by hand"), Path.unlink])
def test_a_published_file_that_somebody_touched_is_made_again(own_tiny: Trial, change: Callable[[Path], None]) -> None:
    own_tiny.build()
    page = own_tiny.site / "articles/a-letter/index.html"
    before = page.read_bytes()
    change(page)
    own_tiny.build()
    assert page.read_bytes() == before


def test_a_changed_template_makes_every_page_again(own_tiny: Trial) -> None:
    own_tiny.build()
    own_tiny.write("templates/404.html", "{% extends 'base.html' %}{% block content %}Gone.{% endblock %}")
    own_tiny.build()
    assert b"Gone." in (own_tiny.site / "404.html").read_bytes()


def test_a_changed_configuration_makes_every_page_again(own_tiny: Trial) -> None:
    own_tiny.build()
    replaced(own_tiny, "content/archive.toml", "title = ", 'publisher = "The Port Press"\ntitle = ')
    own_tiny.build()
    assert b"The Port Press" in (own_tiny.site / "entities/hamburg/index.html").read_bytes()


def test_one_process_makes_what_several_make(own_tiny: Trial, tiny: Trial, made: list[str]) -> None:
    own_tiny.build()
    assert made and own_tiny.files() == tiny.files()


def test_a_spoilt_ledger_costs_time_and_nothing_else(own_tiny: Trial) -> None:
    own_tiny.build()
    before = own_tiny.files()
    for file in (own_tiny.root / ".glossator").glob("ledger.sqlite-*"):
        file.unlink()
    (own_tiny.root / ".glossator/ledger.sqlite").write_bytes(b"no database" * 1000)
    assert own_tiny.build().published.written == 0
    assert own_tiny.files() == before


def test_a_ledger_that_tells_of_files_outside_the_site_is_not_believed(own_tiny: Trial) -> None:
    """Its paths count only where the manifest has them, and the manifest's lie within the folder."""
    own_tiny.build()
    outside = own_tiny.write("outside.txt", "mine")
    stat = outside.stat()
    entry = Entry({}, Lookups().digest({}), (
        Standing("../outside.txt", "0" * 64, stat.st_size, stat.st_mtime_ns),
    ))  # fmt: skip
    with sqlite3.connect(own_tiny.root / ".glossator/ledger.sqlite") as ledger:
        ledger.execute("UPDATE units SET entry = ?", (msgspec.msgpack.encode(entry),))
    assert own_tiny.build().published.removed == 0
    assert outside.read_text() == "mine"


def test_workers_fail_as_one_process_does(own_tiny: Trial) -> None:
    """A problem met in a worker reaches the editor as a problem, and the site stays as it was."""
    if not hasattr(os, "fork"):
        pytest.skip("processes cannot be forked here")
    own_tiny.build()
    before = own_tiny.files()
    (own_tiny.site / "articles/fifth/index.html").mkdir(parents=True)
    own_tiny.article("fifth", "The moon was full over Lisbon.")
    with pytest.raises(Problems):
        own_tiny.build()
    assert own_tiny.files() == before


def test_a_template_saved_during_a_build_counts_for_nothing(own_tiny: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that were made of it are not taken for pages of the one before, when that comes back."""
    own_tiny.write("templates/404.html", "Before.")
    prepare = Site.prepare

    def meanwhile(site: Site) -> None:
        own_tiny.write("templates/404.html", "Meanwhile.")
        prepare(site)

    with monkeypatch.context() as during:
        during.setattr(Site, "prepare", meanwhile)
        own_tiny.build()
    assert (own_tiny.site / "404.html").read_bytes() == b"Meanwhile."
    own_tiny.write("templates/404.html", "Before.")
    own_tiny.build()
    assert (own_tiny.site / "404.html").read_bytes() == b"Before."


SLOW = r"""
import os, sys, time
from pathlib import Path
from builder import pipeline, rendering

def slow(unit, job):
    os.write(1, b"making\n")  # at once: what several workers print is otherwise mixed where nothing is buffered
    time.sleep(600)

rendering._make, rendering.processors = slow, lambda: 2
pipeline.build(Path(sys.argv[1]))
"""


def test_no_worker_outlives_a_killed_build(own_tiny: Trial) -> None:
    """It would go on writing among the files of the next build. Its end is seen by the end of what it writes to."""
    if sys.platform in ("darwin", "win32"):
        pytest.skip("one process makes everything here")
    own_tiny.build()
    (own_tiny.root / ".glossator/ledger.sqlite").unlink()
    command = [sys.executable, "-c", SLOW, str(own_tiny.root)]
    assert leaves_nobody(command, b"making\n")


def test_a_worker_ended_from_outside_is_told_and_nothing_is_published(
    own_tiny: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system does where memory runs out."""
    if sys.platform in ("darwin", "win32"):
        pytest.skip("one process makes everything here")
    own_tiny.build()
    before = own_tiny.files()
    add_an_article(own_tiny)
    give_an_alias(own_tiny)
    (own_tiny.root / ".glossator/ledger.sqlite").unlink()
    with monkeypatch.context() as ended:
        ended.setattr(rendering, "processors", lambda: 2)
        ended.setattr(rendering, "_make", lambda unit, job: os.kill(os.getpid(), 9))
        with pytest.raises(Problems, match="ended from outside"):
            own_tiny.build()
    assert own_tiny.files() == before
