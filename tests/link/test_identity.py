"""Who is the same across articles: by what is written and stated, two where the articles tell two.

Cases are text files in tests/cases/identity. A case is a comment that claims something and the articles under it, one
a line: a slug and a text in which every name stands as `[words|letter]`. The texts are annotated and linked; two names
are one record where their letters are the same, and only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.annotate import entities
from builder.annotate.engine import load, parse
from builder.link.similar import MOST
from builder.model.annotation import Mention
from builder.model.archive import Archive, LinkedArticle, Reviewed, ReviewedArticle
from builder.model.article import Article
from tests.link.shares_fixture import archive_of

CASES = Path(__file__).parent.parent / "cases" / "identity"
NAME = re.compile(r"\[([^\[\]|]+)\|([a-z])\]")


def linked(texts: dict[str, str]) -> Archive:
    """The archive of these texts, all published in 2015, with no annotations but names."""

    def reviewed(slug: str, text: str) -> ReviewedArticle:
        article = Article(slug, slug, text, (), published="2015-06-01")
        return ReviewedArticle(article, tuple(Reviewed(a) for a in entities.annotate(parse(load(), slug, text), ())))

    return archive_of(reviewed(s, t) for s, t in texts.items())


def mentions(article: LinkedArticle) -> Iterator[tuple[Mention, str]]:
    for one in article.reviewed.annotations:
        if isinstance(one.annotation, Mention):
            yield one.annotation, article.entities[one.annotation.id]


def cases() -> Iterator[tuple[str, list[str]]]:
    for file in sorted(CASES.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
            claim, *lines = block.splitlines()
            yield claim.removeprefix("# "), lines


@pytest.mark.parametrize(("claim", "lines"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_case(claim: str, lines: list[str]) -> None:
    """Names with one letter are one record; names with two are two."""
    marked = dict(line.split(": ", 1) for line in lines)
    archive = linked({slug: NAME.sub(r"\1", text) for slug, text in marked.items()})
    records: dict[str, set[str]] = {}
    for slug, text in marked.items():
        found = list(mentions(archive.open(slug)))
        names = [(m[1], m[2]) for m in NAME.finditer(text)]
        assert [m.exact for m, _ in found] == [words for words, _ in names], claim
        for (_, letter), (_, record) in zip(names, found, strict=True):
            records.setdefault(letter, set()).add(record)
    assert all(len(ids) == 1 for ids in records.values()), (claim, records)
    assert len({next(iter(ids)) for ids in records.values()}) == len(records), (claim, records)


def test_two_people_of_one_name_are_said_to_be_alike() -> None:
    """The reader of either sees that the other may be the same."""
    archive = linked(
        {
            "one": "Henrik Aldous, a plumber from Leeds, met Clara Fischer on Monday.",
            "two": "Senator Henrik Aldous spoke with Paul Weaver in Washington.",
        }
    )
    one, two = (r for r in archive.entities.values() if r.name == "Henrik Aldous")
    assert one.similar == (two.id,)
    assert two.similar == (one.id,)


def test_an_acronym_that_means_several_is_said_to_be_like_each() -> None:
    """Whoever reads of the acronym sees whose it may be."""
    archive = linked(
        {
            "one": "The Tolmer Rowing Association (TRA) met in June.",
            "two": "The Tolmer Railway Authority (TRA) met in July.",
            "three": "The report says that TRA will meet in August.",
        }
    )
    assert archive.entities["tra"].similar == ("tolmer-railway-authority", "tolmer-rowing-association")


def test_a_surname_of_very_many_is_like_nobody() -> None:
    """A list of more than a dozen would help no reader, and would grow with the square of the archive."""
    given = ["Anna", "Bert", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Irene", "James", "Karen", "Laura",
             "Maria", "Nora"]  # fmt: skip
    texts = {f"a{n}": f"{name} Weaver met the press in Paris." for n, name in enumerate(given)}
    archive = linked({**texts, "lone": "Mr. Weaver said he was tired."})
    lone = next(r for r in archive.entities.values() if r.name == "Weaver")
    assert len(given) > MOST
    assert lone.similar == ()
