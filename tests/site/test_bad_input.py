"""Bad input is told with its place and the way to mend it, and the site published before stays whole."""

from __future__ import annotations

import pytest

from builder.problems import Problems
from tests.conftest import Trial

GOOD = "---\ntitle: Good\n---\n"


def refused(trial: Trial) -> str:
    """What the build says; the site must be as it was."""
    trial.article("before", "Karin Brandt spoke in Hamburg.")
    before = trial.files() if trial.site.exists() else None
    with pytest.raises(Problems) as caught:
        trial.build()
    assert (trial.files() if trial.site.exists() else None) == before
    return str(caught.value)


@pytest.fixture
def published(trial: Trial) -> Trial:
    trial.article("before", "Karin Brandt spoke in Hamburg.")
    trial.build()
    return trial


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("bad.md", "---\ntitle: [\n---\nText.\n", "content/articles/bad.md:"),
        ("bad.md", "---\ntitle: a: b\n---\nText.\n", "content/articles/bad.md:2: YAML:"),
        ("bad.md", "---\ntitel: A\n---\nText.\n", "content/articles/bad.md:2: unknown key “titel”"),
        ("bad.md", "---\ntitle: A\npublished: last spring\n---\nText.\n", "content/articles/bad.md:3:"),
        ("bad.md", b"---\ntitle: A\n---\nCaf\xe9.\n", "content/articles/bad.md:4"),
        ("bad.md", "", "content/articles/bad.md: the file is empty"),
        ("bad.md", GOOD, "content/articles/bad.md"),
        ("bad.md", "no front matter\n", "content/articles/bad.md"),
        ("bad.md", GOOD + "x" * 200_000 + "\n", "content/articles/bad.md:4"),
        ("bad.md", "---\ntitle: A\nslug: ../../etc/x\n---\nText.\n", "content/articles/bad.md:3"),
        ("sub/before.md", GOOD + "Text.\n", "the slug “before” is taken by content/articles/before.md"),
        ("bad.md", GOOD + "a\x00b\n", "content/articles/bad.md:4"),
        ("bad.md", "---\ntitle: A\noriginal: ../../etc/passwd\n---\nText.\n", "content/articles/bad.md:3"),
        ("bad.md", "---\ntitle: A\nurl: javascript:alert(1)\n---\nText.\n", "content/articles/bad.md:3"),
    ],
)
def test_a_bad_article_is_told_and_nothing_is_published(
    published: Trial, path: str, content: str | bytes, message: str
) -> None:
    published.write(f"content/articles/{path}", content)
    assert message in refused(published)


def test_a_line_of_fifty_megabytes_fails_fast(published: Trial) -> None:
    published.write("content/articles/bad.md", GOOD + "word " * 10_000_000)
    assert "content/articles/bad.md" in refused(published)


def test_a_decision_that_fits_nothing_stops_the_build(published: Trial) -> None:
    published.write("content/reviews/before.yaml", "- confirm: entity\n  exact: Nobody Known\n")
    assert "content/reviews/before.yaml:1: “Nobody Known” no longer stands in the text" in refused(published)


def test_a_review_of_no_article_stops_the_build(published: Trial) -> None:
    published.write("content/reviews/gone.yaml", "- reject: entity\n  exact: Hamburg\n")
    assert "content/reviews/gone.yaml:1: there is no article “gone”" in refused(published)


def test_all_files_problems_are_told_together(published: Trial) -> None:
    published.write("content/articles/one.md", "")
    published.write("content/articles/two.md", "---\ntitel: A\n---\nText.\n")
    published.write("content/entities.yaml", "- {name: A}\n")
    told = refused(published)
    assert all(name in told for name in ("one.md", "two.md", "entities.yaml"))


def test_what_an_article_contains_is_never_markup(trial: Trial) -> None:
    nasty = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} </p><img src=x onerror=alert(1)> &lt;b&gt; \u202e"
    trial.article("nasty", nasty, title=nasty, byline=nasty, publisher=nasty, dek=nasty, format="text")
    trial.article("marked", nasty + "\n\n[x](javascript:alert(1)) ![y](data:text/html,z)", title='"><script>')
    trial.build()
    for path, content in trial.files().items():
        if path.endswith(".html"):
            assert b"<script>alert" not in content, path
            assert b"onerror=alert(1)>" not in content.replace(b"&gt;", b""), path
            assert b'href="javascript' not in content, path
    texts = {a["slug"]: a["text"] for a in trial.lines("articles.jsonl")}
    assert "{{ 7 * 7 }}" in texts["nasty"]
    assert "<script>alert(1)</script>" in texts["nasty"]
