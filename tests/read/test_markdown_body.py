"""Markdown to blocks: each case file holds Markdown, a line `===`, and the blocks and marks it gives.

A block is written `kind level list number|text`, a mark `kind|its words|url` below its block; ⏎ is a line break.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.article import Block
from builder.read.blocks import Body, plain
from builder.read.markdown_body import markdown

CASES = sorted((Path(__file__).parent.parent / "cases" / "markdown").glob("*.txt"))
ODD = st.text(st.sampled_from("ab1 .*_`#>-+=~|!&;<()[]{}\\@/\n\t\"'"), max_size=60)


def shown(body: Body) -> str:
    return "\n".join(line for block in body.blocks for line in _lines(body, block)) + "\n"


def _lines(body: Body, block: Block) -> list[str]:
    facts = [block.kind, *(str(n) for n in (block.level, block.list, block.number))]
    while facts[-1] == "0":
        facts.pop()
    lines = [f"{' '.join(facts)}|{body.text[block.start : block.end]}".replace("\n", "⏎")]
    inside = (m for m in body.marks if block.start <= m.start < block.end)
    return [*lines, *(f"  {m.kind}|{body.text[m.start : m.end]}|{m.url}".replace("\n", "⏎") for m in inside)]


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_each_case_gives_its_blocks(path: Path) -> None:
    """The blocks and marks of each case are those written below it."""
    source, expected = path.read_text("utf-8").split("\n===\n")
    assert shown(markdown(source)) == expected


@settings(deadline=None)
@given(ODD)
def test_text_and_blocks_say_the_same(source: str) -> None:
    """Whatever is read, the blocks joined by blank lines are the text, and no block looks like two."""
    for body in (markdown(source), plain(source)):
        texts = [body.text[block.start : block.end] for block in body.blocks]
        assert "\n\n".join(texts) == body.text
        assert all(text.strip() and "\n\n" not in text and text == text.strip("\n") for text in texts)
        assert all(body.text[m.start : m.end].strip() == body.text[m.start : m.end] != "" for m in body.marks)


def test_an_image_is_its_words_and_is_recorded() -> None:
    """The archive shows text: an image leaves its description, and the record names its file."""
    body = markdown("See ![the quay](quay.jpg) and ![](bare.jpg) here.")
    assert body.text == "See the quay and here."
    assert [(c.kind, c.before, c.after, c.prefix) for c in body.cleanups] == [
        ("image", "quay.jpg", "the quay", "See "),
        ("image", "bare.jpg", "", "See the quay and "),
    ]
