"""Quotations: what is found in the case files, and what must hold of any text.

A case in tests/cases/quotations/*.txt is a heading (`## …`), the paragraphs of an article, and a line for each
quotation that a reader finds there, in order:

    = form | speaker | cue | via | content

Speaker and via are the words of the text; `words => name` where they mean somebody by another name, and `words => ?`
where the text does not say whom. `-` stands for none. Pieces of an interrupted content are joined by ` … `. A case
without such lines has no quotations. `profile: attribution` at the top of a file chooses the profile of its cases.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.annotate import entities, quotations
from builder.annotate.document import Document, Paragraph
from builder.annotate.engine import load, parse
from builder.annotate.quotations import classify, marks
from builder.model.annotation import Quotation, Speaker

CASES = Path(__file__).parent.parent / "cases" / "quotations"
SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def read(path: Path) -> list[tuple[str, str, str, list[str]]]:
    """Heading, profile, text and expected lines of each case in a file."""
    lead, *blocks = path.read_text(encoding="utf-8").split("## ")
    profile = "attribution" if "profile: attribution" in lead else "speech"
    cases = []
    for block in blocks:
        heading, *lines = block.strip().split("\n")
        text = "\n".join(line for line in lines if line and not line.startswith("= "))
        cases.append((heading, profile, text, [line for line in lines if line.startswith("= ")]))
    return cases


def annotated(text: str, profile: str = "speech") -> list[Quotation]:
    document = parse(load(), "case", text, profile=profile)  # type: ignore[arg-type]
    found = list(entities.annotate(document, ()))
    return [q for q in quotations.annotate(document, found) if isinstance(q, Quotation)]


def shown(speaker: Speaker | None) -> str:
    if speaker is None:
        return "-"
    if speaker.name == speaker.exact:
        return speaker.exact
    return f"{speaker.exact} => {speaker.name or '?'}"


def line(quotation: Quotation, text: str) -> str:
    content = " … ".join(text[a:b] for a, b in quotation.spans).replace("\n", " ")
    cue = quotation.cue.exact if quotation.cue else "-"
    return f"= {quotation.form} | {shown(quotation.speaker)} | {cue} | {shown(quotation.via)} | {content}"


ALL = [
    pytest.param(profile, text, expected, id=f"{path.stem}: {heading}")
    for path in sorted(CASES.glob("*.txt"))
    for heading, profile, text, expected in read(path)
]


@pytest.mark.parametrize(("profile", "text", "expected"), ALL)
def test_case(profile: str, text: str, expected: list[str]) -> None:
    """Every quotation an editor finds in the case is found, with its speaker, cue and carrier, and no other."""
    assert [line(q, text) for q in annotated(text, profile)] == expected


SAMPLE = '"We leave at noon," Marta Olsen said. "Nobody stays." She told the Bergen Herald that the dam was old.'


def test_offsets_count_in_the_text_as_given() -> None:
    """`exact` is text[start:end] for the quotation, its speaker, its cue and its carrier."""
    for quotation in annotated(SAMPLE):
        for part in (quotation, quotation.speaker, quotation.cue, quotation.via):
            if part is not None:
                assert part.exact == SAMPLE[part.start : part.end]
        assert (quotation.start, quotation.end) == (quotation.spans[0][0], quotation.spans[-1][1])


def test_ids_are_unique_and_stable() -> None:
    """The same text gives the same annotations twice over, each with an id of its own."""
    first, second = annotated(SAMPLE * 2), annotated(SAMPLE * 2)
    assert first == second
    assert len({q.id for q in first}) == len(first)


def test_the_account_in_so_many_words_is_the_account_by_its_handle() -> None:
    """`The @damwatch account` is the account of that handle: a register has it once."""
    spoken = annotated("The @damwatch account wrote that the gates were rusty. @damwatch said the dam was old.")
    assert [q.speaker.entity for q in spoken if q.speaker] == ["account:damwatch"] * 2


def test_a_title_is_exposed_as_one() -> None:
    """What stands between marks and is nobody's words can be told apart from quotations."""
    text = 'Marta Olsen is the author of "The Long Flood: A History."'
    document = parse(load(), "case", text)
    (quoted,) = marks.scan(document)
    assert classify.classify(document, quoted) == "title"


def test_confidence_is_a_share() -> None:
    """Confidence lies between 0 and 1, and plain attribution earns more than a guess."""
    after, floating = annotated('"We leave at noon," Marta Olsen said.'), annotated('"Nobody has looked at this dam."')
    assert 0 <= floating[0].confidence < 0.9 <= after[0].confidence <= 1


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab .,\n'\"“”‘’«»:", max_size=60))
def test_any_marks_are_scanned(text: str) -> None:
    """No combination of marks fails or overlaps, and none reaches past its paragraph."""
    found = marks.scan(_blank(text))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert "\n" not in text[one.start : one.end]
    assert all(a.end <= b.start for a, b in pairwise(found))


def _blank(text: str) -> Document:
    lines, at = [], 0
    for part in text.split("\n"):
        if part.strip():
            lines.append(Paragraph(at, at + len(part), None))  # type: ignore[arg-type]
        at += len(part) + 1
    return Document("x", text, tuple(lines))


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two seed articles are not beside the checkout")
def test_the_seeds_are_read_as_a_reader_reads_them() -> None:
    """Below its headline a reader finds 5 direct, 3 mixed and 14 indirect quotations, all with a speaker."""
    first, second = sorted(SEEDS.glob("*.txt"))
    body = first.read_text(encoding="utf-8").split("\n", 1)[1]
    found = [*annotated(body), *annotated(second.read_text(encoding="utf-8"))]
    assert Counter(q.form for q in found) == {"direct": 5, "mixed": 3, "indirect": 14}
    assert all(q.speaker for q in found)
