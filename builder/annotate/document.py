"""What annotators read: a text, what is known about it, and its parsed paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from builder.listed import Listing
from builder.model.annotation import Annotation
from builder.model.article import Mark

if TYPE_CHECKING:  # spaCy is imported only when something new must be read
    from spacy.tokens import Doc

Profile = Literal["speech", "attribution"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text, parsed: `doc.text` has the length of text[start:end], code point for code point.

    The doc's own text may differ in single characters (straight for curly marks, masked handles);
    take words from `Document.text`.
    """

    start: int
    end: int
    doc: Doc


@dataclass(frozen=True, slots=True)
class Document:
    """One text to annotate. `published` is EDTF or None; offsets count in `text` exactly as given."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    published: str | None = None
    title: str = ""
    publisher: str = ""
    language: str = "en"
    profile: Profile = "speech"
    links: tuple[Mark, ...] = ()  # the article's own, where it has markup
    listed: tuple[Listing, ...] = ()  # names in this text that the archive's editors list
    model: str = ""  # name-version of the model that parsed the paragraphs

    def annotator(self, name: str, version: str) -> str:
        """Names an annotator that used the model: `name@version+model`."""
        return f"{name}@{version}+{self.model}" if self.model else f"{name}@{version}"


# An annotator reads the document and what earlier annotators found in it, and yields its own.
Annotator = Callable[[Document, Sequence[Annotation]], Iterator[Annotation]]
