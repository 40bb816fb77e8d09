"""The benchmark measures what it says; on six articles, so that it takes seconds, and no figure is judged."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from builder.cache import opened
from builder.model.annotation import Mention, Quotation, kind_of
from builder.read.gather import gather, opened_article
from tests.benchmarks import __main__ as program
from tests.benchmarks import corpus, madeup, stages
from tests.benchmarks.__main__ import NAMED, main
from tests.benchmarks.generators import Glossator, _has
from tests.benchmarks.measuring import Cost, Failed, run
from tests.conftest import Trial


def test_the_same_seed_makes_the_same_articles() -> None:
    """About as long as those that Hugo's figures come from, with ten links each."""
    articles = list(corpus.made(40, seed=3))
    assert articles == list(corpus.made(40, seed=3))
    assert articles != list(corpus.made(40, seed=4))
    lengths = [len(a.body.split()) for a in articles]
    assert 430 < sum(lengths) / len(lengths) < 520
    assert {sum(map(len, a.links.values())) for a in articles} == {10}
    shared = {name for a in articles[:20] for name in a.links["people"]} & set(articles[-1].links["people"])
    assert shared


def test_someone_elses_articles_can_be_measured(tmp_path: Path) -> None:
    """Markdown with YAML front matter; names stand in its lists."""
    front = '---\ntitle: "A: b"\ndate: 2001-02-03\npeople:\n  - "X Y"\n---\n'
    (tmp_path / "one.md").write_text(front + "\nText --- more.\n", "utf-8")
    (article,) = corpus.outside(tmp_path)
    assert article == corpus.Made("one", "A: b", "2001-02-03", {"people": ["X Y"]}, "Text --- more.\n")


def test_a_program_is_measured_with_those_it_starts() -> None:
    """The memory of a child counts, at the time it is there."""
    child = "x = bytearray(200_000_000); import time; time.sleep(0.5)"
    started = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = run([sys.executable, "-c", started], Path.cwd())
    assert cost.wall > 0.5 and cost.cpu > 0
    assert 180 < cost.memory < 400


def test_a_program_that_fails_is_no_measurement() -> None:
    """Nor is a page without the words that were added."""
    with pytest.raises(Failed, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], Path.cwd())
    with pytest.raises(Failed, match="new word"):
        _has(Path(__file__), "not" + "there")


def test_made_up_annotations_stand_in_their_texts(trial: Trial) -> None:
    """Names, quotations with their speakers, dated events and links, as a corpus says; and filled in once."""
    articles = list(corpus.made(8, seed=5))
    glossator = Glossator(trial.root.parent)
    glossator.prepare(articles)
    assert glossator.names
    assert madeup.fill(glossator.root, glossator.names) == 0
    with opened(glossator.root / ".glossator") as cache:
        found = {one.slug: one for one in gather(glossator.root, "en", cache)}
        for made in articles:
            article = opened_article(found[made.slug], glossator.root, "en", cache)
            known = madeup.names(made)
            annotations = madeup.annotations(article, known)
            assert {a.name for a in annotations if isinstance(a, Mention)} == {n for n in known if n in article.text}
            assert all(article.text[a.start : a.end] == a.exact for a in annotations)
            quotations = [a for a in annotations if isinstance(a, Quotation)]
            assert len(quotations) == article.text.count("” said ") > 0
            assert all(quotation.speaker for quotation in quotations)
            kinds = {kind_of(a) for a in annotations}
            assert {"time", "event"} <= kinds or "On " not in article.text


def test_a_part_of_a_build_is_not_charged_for_what_runs_in_it() -> None:
    """So that the lines of the table add up; a generator is charged as it is gone through."""
    watch = stages.Stopwatch()
    inner = watch.watched(lambda: sum(range(2_000_000)), "inner")
    outer = watch.watched(lambda: (inner() for _ in range(2)), "outer")
    assert len(list(outer())) == 2
    assert watch.times == {"outer": 1, "inner": 2}
    assert watch.total()["outer"] < watch.seconds["inner"]


def test_every_function_that_the_table_charges_is_there() -> None:
    with stages.patched(stages.Stopwatch()) as missing:
        assert missing == []


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("article a-slug", "pages: article"),
        ("builder.render.pages.home", "pages: home"),
        ("builder.render.exports.tables", "data files: tables"),
        ("web annotations a-slug", "data files: web annotations"),
        ("search 0123abcd", "search"),
    ],
)
def test_a_unit_is_charged_by_what_it_makes(unit: str, kind: str) -> None:
    assert stages.kind_of(unit) == kind


class Growing:
    """Stands for Glossator: twice the articles take twice the time, and one and a half times the memory."""

    def __init__(self, folder: Path, read: bool) -> None:
        self._size = int(folder.name)

    def prepare(self, articles: list[corpus.Made]) -> None:
        assert len(articles) == self._size

    def cold(self) -> Cost:
        return Cost(self._size, 2 * self._size, 10 + self._size / 3)

    again = cold

    def changed(self, slug: str, words: str) -> list[Cost]:
        return [Cost(1, 1, 1)]


def test_growth_tells_how_much_more_more_articles_take(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(program, "Glossator", Growing)
    done = main(["--growth", "30", "60", "--runs", "2", "--alone", "--what", "--words", "0", "--work", str(tmp_path)])
    assert done["growth"]["ratio"]["cold"] == {"wall": 2, "cpu": 2, "memory": 1.5}
    assert done["growth"]["ratio"]["one changed"] == {"wall": 1, "cpu": 1, "memory": 1}


@pytest.mark.slow
def test_a_run_measures_and_keeps_a_history(tmp_path: Path) -> None:
    """Every figure asked for is there; builds were made, and the last of them has the name that was added."""
    history = tmp_path / "history.jsonl"
    options = ["--articles", "6", "--runs", "1", "--words", "0", "--alone", "--profile", "--what", "cold", NAMED]
    main([*options, "--work", str(tmp_path / "work"), "--history", str(history)])
    (line,) = history.read_text("utf-8").splitlines()
    measured = json.loads(line)
    figures = measured["sites"]["Glossator"]
    assert set(figures) == {"cold", NAMED}
    assert all(0 < cost["cpu"] < 300 and cost["memory"] > 10 for cost in figures.values())
    assert {"joining", "search", "pages: article"} <= set(measured["profile"]["cold"])
    built = Glossator(tmp_path / "work/6")
    assert "Nova Profile" in (built.site / "entities/nova-profile/index.html").read_text("utf-8")
    assert len(list((built.site / "articles").glob("made-*/index.html"))) == 6
