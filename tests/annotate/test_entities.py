"""The entity annotator finds the right names, of the right kind, each one once.

Cases are text files in tests/cases/entities. A case is a comment that claims something and the lines under it, up to
an empty line: a text in which every name stands as `[words|kind=entity]`. The text without the brackets is annotated;
the annotations, written the same way, must give the case again. Two names with the same `kind=entity` are the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import authority
from builder.annotate import entities
from builder.annotate.document import Document
from builder.annotate.engine import load, parse, prepare
from builder.model.annotation import Mention

CASES = Path(__file__).parent.parent / "cases" / "entities"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MARKED = re.compile(r"\[([^\[\]|]+)\|[a-z]+=[^\]]+\]")


def cases() -> Iterator[tuple[str, str]]:
    for file in sorted(CASES.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
            claim, _, text = block.partition("\n")
            yield f"{file.stem}: {claim.removeprefix('# ')}", text


def mentions(text: str) -> list[Mention]:
    found = entities.annotate(parse(load(), "case", text), ())
    return [m for m in found if isinstance(m, Mention)]


def marked(text: str, found: list[Mention]) -> str:
    for mention in reversed(found):
        slug = mention.entity.partition(":")[2]
        text = f"{text[: mention.start]}[{mention.exact}|{mention.label}={slug}]{text[mention.end :]}"
    return text


@pytest.mark.parametrize(("claim", "text"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_case(claim: str, text: str) -> None:
    """Every name of the case is found where it stands, of its kind, as the one it is, and no other."""
    plain = MARKED.sub(r"\1", text)
    assert marked(plain, mentions(plain)) == text, claim


def test_mentions_carry_their_words_and_do_not_overlap() -> None:
    """`exact` is the text between `start` and `end`, ids differ, and no mention reaches into the next."""
    text = "Anna Reyes of the Harbour Trust met Reyes’s lawyer in Paris. Anna Reyes left."
    found = mentions(text)
    assert all(text[m.start : m.end] == m.exact for m in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert len({m.id for m in found}) == len(found)


def test_name_is_the_fullest_form() -> None:
    """Every mention of an entity carries its fullest form in the document."""
    found = mentions("The minister met Ingrid Solberg. Solberg said the talks went well.")
    assert {m.name for m in found} == {"Ingrid Solberg"}


def test_same_text_same_annotations() -> None:
    """Annotating twice gives the same annotations in the same order."""
    text = "Paul Marchetti, known as the Ferryman, told Reuters that the UN and the EU had met in Geneva."
    assert mentions(text) == mentions(text)


@given(st.text(alphabet="Ab@#' \"’“”s_/.(\n1é", max_size=60))
def test_prepared_text_keeps_every_offset(text: str) -> None:
    """What the model reads has the length of the text, and its line breaks where they were."""
    ready = prepare(text)
    assert len(ready) == len(text)
    assert [i for i, c in enumerate(ready) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_annotated(text: str) -> None:
    """No text stops the annotator, and every mention is a stretch of it."""
    assert all(text[m.start : m.end] == m.exact for m in mentions(text))


def test_empty_document_has_no_mentions() -> None:
    """A document without paragraphs yields nothing."""
    assert list(entities.annotate(Document("d", "", ()), ())) == []


def test_authority_names_are_told_once() -> None:
    """No two records of the authority file claim the same sure name."""
    names = [name for record in authority.records() for name in record.sure]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def test_authority_identifiers_are_identifiers() -> None:
    """A Wikidata id is a Q and a number, and no two records share one."""
    ids = [record.wikidata for record in authority.records() if record.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", i) for i in ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two seed articles are not beside the checkout")
def test_seeds_give_no_platform_as_a_person() -> None:
    """In both seed articles the platform they are about is one organization, and no person carries its name."""
    for file in sorted(SEEDS.glob("*.txt")):
        found = mentions(file.read_text(encoding="utf-8"))
        assert {m.entity for m in found if "Twitter" in m.exact} == {"organization:twitter"}
