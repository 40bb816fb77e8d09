"""The benchmark measures what it says; on six articles, so that it takes seconds, and no figure is judged."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.benchmarks import corpus
from tests.benchmarks.__main__ import main
from tests.benchmarks.generators import Glossator, _has
from tests.benchmarks.measuring import Failed, run


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


@pytest.mark.slow
def test_a_run_measures_and_keeps_a_history(tmp_path: Path) -> None:
    """Every figure is there; builds were made, and the article in the middle has the words that were added."""
    history = tmp_path / "history.jsonl"
    options = ["--articles", "6", "--runs", "1", "--words", "0", "--alone", "--what", "cold", "one changed"]
    main([*options, "--work", str(tmp_path / "work"), "--history", str(history)])
    (line,) = history.read_text("utf-8").splitlines()
    figures = json.loads(line)["sites"]["Glossator"]
    assert set(figures) == {"cold", "one changed"}
    assert all(0 < cost["cpu"] < 300 and cost["memory"] > 10 for cost in figures.values())
    built = Glossator(tmp_path / "work/6")
    assert "added" in built.page("made-0000003").read_text("utf-8")
    assert len(list((built.site / "articles").glob("made-*/index.html"))) == 6
