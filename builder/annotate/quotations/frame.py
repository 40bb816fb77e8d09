"""What the rules hand one another: a reported content, its cue, and the phrase that names its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name somebody, [start, end) in the text, with their head in the parse."""

    start: int
    end: int
    head: Token
    paragraph: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One act of saying or thinking. `rule` names the construction; `contents` are its ranges, in order."""

    paragraph: int
    cue: Range
    lemma: str
    speaker: Phrase | None
    contents: tuple[Range, ...]
    rule: str
    recipient: Phrase | None = None


def place(paragraph: Paragraph, first: Token, last: Token) -> Range:
    """Gives the range of the text from one token's start to another's end."""
    return paragraph.start + first.idx, paragraph.start + last.idx + len(last.text)
