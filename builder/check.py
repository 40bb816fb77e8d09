"""Everything that is wrong or missing: in content/, and in the site as it is published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from builder import publish
from builder.cache import opened_or_borrowed
from builder.config import FILE, Config
from builder.config import load as load_config
from builder.model.annotation import TimeExpression
from builder.model.archive import Archive, ArticleSummary
from builder.pipeline import WORK, join
from builder.problems import Problem, Problems
from builder.reading import Reader, can_read
from builder.sitelinks import broken_links

SHOWN = 5  # headlines that a line names
WANTED = {
    "published": "Relative dates such as “Sunday” cannot be resolved without it.",
    "publisher": "Readers cannot see who stands behind the article.",
    "url": "Readers cannot find the article where it was published.",
}


def check(root: Path, output: Path | None = None) -> list[Problem]:
    """Gives every problem of content/ and of the published site, errors first; publishes nothing."""
    problems: list[Problem] = []
    base_url = ""
    try:
        config = load_config(root)
        base_url = config.base_url
        problems.extend(_content(root, config))
    except Problems as error:
        problems.extend(error.problems)
    if publish.interrupted(root / WORK):
        problems.append(Problem(WORK, "publishing was interrupted", "Run “glossator build” to finish it."))
    problems.extend(_site(output or root / publish.OUTPUT, base_url))
    return sorted(problems, key=lambda p: (p.severity != "error", p))


def _content(root: Path, config: Config) -> Iterator[Problem]:
    with opened_or_borrowed(root / WORK) as cache:
        archive = join(root, config, cache, Reader(config, cache), lambda stage, done, of: None)
        yield from _archive(archive, config)


def _archive(archive: Archive, config: Config) -> Iterator[Problem]:
    if not archive.articles:
        yield Problem(
            "content/articles", "there are no articles", "Bring one in with “glossator import FILE”.", "warning"
        )
    if not config.base_url:
        hint = "Without it the feed and the sitemap carry no full addresses."
        yield Problem(FILE, "“base_url” is not set", hint, "warning")
    undated = _undated(archive)
    for summary in archive.articles:
        linked = archive.open(summary.slug)
        yield from _metadata(summary, linked.article.path)
        if titles := undated.get(summary.slug):
            shown = ", ".join(f"“{title}”" for title in titles[:SHOWN])
            more = f" and {len(titles) - SHOWN} more" if len(titles) > SHOWN else ""
            hint = "If you know when, say so in content/chronology.yaml: “edtf”, and the sentence under “events”."
            yield Problem(linked.article.path, f"happenings without a date: {shown}{more}", hint, "warning")
        if not summary.published:
            kept = [r.annotation for r in linked.reviewed.annotations if isinstance(r.annotation, TimeExpression)]
            words = list(
                dict.fromkeys(f"“{a.exact}”" for a in kept if a.edtf is None and a.timex.type in ("DATE", "TIME"))
            )
            if words:
                hint = "Add “published: YYYY-MM-DD” to its front matter, if you know the day."
                what = f"no publication date to count from, so these stay as they are: {', '.join(words)}"
                yield Problem(linked.article.path, what, hint, "warning")


def _undated(archive: Archive) -> dict[str, list[str]]:
    """The headlines of rows that no editor has seen to and that have no date, by article."""
    found: dict[str, list[str]] = {}
    for record in archive.chronology:
        if record.edtf is None and record.review == "machine":
            for place in record.occurrences:
                found.setdefault(place.article, []).append(record.title)
    return found


def _metadata(summary: ArticleSummary, path: str) -> Iterator[Problem]:
    for key, why in WANTED.items():
        if not getattr(summary, key):
            yield Problem(path, f"“{key}” is not known", why, "warning")
    if not can_read(summary.language):
        what = f"no model here reads the language “{summary.language}”, so nothing was annotated"
        yield Problem(path, what, "Annotations can be added by hand in content/reviews/.", "warning")


def _site(output: Path, base_url: str) -> Iterator[Problem]:
    manifest = publish.listed(output)
    if not manifest:
        yield Problem(f"{output.name}/", "nothing is published yet", "Run “glossator build”.", "warning")
        return
    for path, digest in manifest.items():
        file = output / path
        if not file.is_file():
            yield Problem(f"{output.name}/{path}", "listed in the manifest, but not there", "Run “glossator build”.")
        elif _digest(file) != digest:
            what = "changed after it was published: its hash is not the manifest's"
            yield Problem(f"{output.name}/{path}", what, "Run “glossator build” to restore it.")
    yield from broken_links(output, [path for path in manifest if path.endswith(".html")], base_url)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
